namespace Cme.Web.Security;

/// <summary>What an API key may be allowed to do. Each is also the name of the authorisation policy that demands it.</summary>
public static class Scopes
{
    public const string SchoolWrite = "school.write";
    public const string RegisterRead = "register.read";
    public const string RegisterWrite = "register.write";
    public const string CaseRead = "case.read";
    public const string CaseWrite = "case.write";
    public const string ChildWrite = "child.write";
    public const string ReferralWrite = "referral.write";

    /// <summary>What a school's key has: its own pupils, registers and episodes.</summary>
    public static IReadOnlyList<string> OfSchoolKey { get; } =
        [SchoolWrite, RegisterRead, RegisterWrite, CaseRead, CaseWrite, ReferralWrite];

    /// <summary>What an authority's key has, over its authority. Registers are the schools' own.</summary>
    public static IReadOnlyList<string> OfAuthorityKey { get; } = [CaseRead, CaseWrite, ChildWrite, SchoolWrite];

    /// <summary>Every scope that there is.</summary>
    public static IReadOnlyList<string> All { get; } =
        [SchoolWrite, RegisterRead, RegisterWrite, CaseRead, CaseWrite, ChildWrite, ReferralWrite];
}
