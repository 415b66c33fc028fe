using Cme.Domain.Children;

namespace Cme.Domain.Referrals;

/// <summary>The reference of a referral, made like an episode's: <c>referral-7k3q92mxh4-t</c>.</summary>
public static class ReferralReference
{
    /// <param name="random">7 bytes or more, from a cryptographic source.</param>
    public static string Create(ReadOnlySpan<byte> random) => Crockford.Reference("referral-", random);
}
