using System.Collections.Immutable;
using Cme.Domain.Procedures;

namespace Cme.Domain.Episodes;

/// <summary>
/// Which acts reach a child's family, or somebody through whom it would hear that questions are asked: relatives, friends' parents and the
/// community among whom a forced marriage is planned (ADR 0287). Source: FACTS A7.13, D4.
/// </summary>
public static class FamilyContact
{
    /// <summary>Acts that are contact with the family whoever is reached. (A reply comes from the family by itself.)</summary>
    public static ImmutableArray<string> Acts { get; } = [ActionNames.Call, "message", "letter", "visit", "advise-parent"];

    /// <summary>Those whom an enquiry asks, and who are of the family or would tell it.</summary>
    public static ImmutableArray<string> Told { get; } =
        ["friends-and-parents", "siblings-same-school", "known-relatives", "all-numbers", "neighbours", "other-addresses"];

    /// <summary>Whether the act, about that party, reaches the family.</summary>
    public static bool Reaches(string action, string? whom) => Acts.Contains(action) || (CanBe(action) && whom is not null && Told.Contains(whom));

    /// <summary>Whether doing it so can reach the family.</summary>
    public static bool CanBe(ActionMatch match) => Acts.Contains(match.Action) || (CanBe(match.Action) && match.Whom.Any(whom => Told.Contains(whom)));

    /// <summary>Whether acts of this name can reach the family at all.</summary>
    public static bool CanBe(string action) => action == "enquiry" || Acts.Contains(action);
}
