using Cme.Domain.Children;

namespace Cme.Domain.Concerns;

/// <summary>The reference of a concern, made like an episode's: <c>concern-7k3q92mxh4-t</c>. Whoever reported it is told it, and nothing else.</summary>
public static class ConcernReference
{
    /// <param name="random">7 bytes or more, from a cryptographic source.</param>
    public static string Create(ReadOnlySpan<byte> random) => Crockford.Reference("concern-", random);
}
