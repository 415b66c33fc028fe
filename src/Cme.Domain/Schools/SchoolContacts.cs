using System.Collections.Immutable;

namespace Cme.Domain.Schools;

/// <summary>
/// Whom a school names for others to turn to, and when the name must be confirmed again: a procedure's own names and date go out of date
/// unnoticed. Source: MID-17, SUF-33 (ADR 0312).
/// </summary>
public static class SchoolContacts
{
    /// <summary>A name holds for so many months, and never past 30 September of the next school year: staff change in the summer.</summary>
    public const int MonthsConfirmed = 6;

    /// <summary>Roles that every school names.</summary>
    public static readonly ImmutableArray<string> Named = ["attendance-officer", "dsl"];

    /// <summary>Every role that a school may name: the deputy takes over in the DSL's absence.</summary>
    public static readonly ImmutableArray<string> Roles = [.. Named, "deputy-dsl"];

    /// <summary>The day from which the school is asked whether the name is still right.</summary>
    public static DateOnly DueOn(DateOnly confirmedOn)
    {
        var summerEnds = new DateOnly(confirmedOn.Month >= 9 ? confirmedOn.Year + 1 : confirmedOn.Year, 9, 30);
        return confirmedOn.AddMonths(MonthsConfirmed) is var months && months < summerEnds ? months : summerEnds;
    }

    /// <summary>How the contact of a role stands.</summary>
    /// <param name="confirmedOn">Null where nobody is named.</param>
    public static ContactStanding Of(string role, DateOnly? confirmedOn, DateOnly today) =>
        confirmedOn is not { } day ? Named.Contains(role) ? ContactStanding.Missing : ContactStanding.NotNeeded
        : today >= DueOn(day) ? ContactStanding.ToConfirm
        : ContactStanding.Confirmed;
}

/// <summary>How a contact stands.</summary>
public enum ContactStanding
{
    /// <summary>Named, and confirmed lately.</summary>
    Confirmed,

    /// <summary>Named, and nobody has said for long that it is still so.</summary>
    ToConfirm,

    /// <summary>Nobody is named, and somebody must be.</summary>
    Missing,

    /// <summary>Nobody is named, and nobody has to be.</summary>
    NotNeeded,
}
