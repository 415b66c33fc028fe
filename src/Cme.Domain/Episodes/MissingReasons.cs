using System.Collections.Immutable;

namespace Cme.Domain.Episodes;

/// <summary>Why a child is missing education. Source: MID-04 and the reference data; the government’s own list can be had from its guide alone.</summary>
public static class MissingReasons
{
    public static readonly ImmutableArray<MissingReason> All =
    [
        new("application-awaiting-outcome", "School application awaiting outcome"),
        new("place-offered-not-started", "Offered a place, not yet started"),
        new("never-started", "Never started at a school"),
        new("failed-transition", "Did not complete a move between schools"),
        new("illegal-exclusion-or-withdrawal", "Stopped after an unlawful exclusion or withdrawal by the parent"),
        new("exclusion-awaiting-provision", "Excluded, awaiting provision"),
        new("specialist-placement", "Awaiting a specialist placement"),
        new("unsuitable-home-education", "Home education found not suitable"),
        new("whereabouts-unknown", "Whereabouts not known"),
        new("moved-area", "Believed to have moved to another area"),
        new("moved-abroad", "Believed to have left the country"),
        new("refugee-or-asylum", "Refugee or asylum-seeking family"),
        new("highly-mobile", "Highly mobile family"),
        new("forced-marriage-risk", "Risk of forced marriage"),
        new("neglect-or-abuse", "Neglect or abuse"),
        new("youth-justice", "Supervised by youth justice"),
        new("other", "Another reason"),
        new("not-known", "Not known"),
    ];

    /// <summary>The reason in words; the id itself where the product has none.</summary>
    public static string Text(string id) => All.FirstOrDefault(reason => reason.Id == id)?.Text ?? id;
}

/// <param name="Id">As published.</param>
/// <param name="Text">As people read it.</param>
public sealed record MissingReason(string Id, string Text);
