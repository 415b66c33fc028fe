using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.Schools;

namespace Cme.Web.Security;

/// <summary>
/// What one viewer may read: of one episode, of one child, or of the lines of a list. The layers, and whether the school still has the live
/// view of it (FACTS D3). Pages and endpoints show flags, notes and histories through this and nothing else.
/// </summary>
/// <param name="Layers">The highest layer: 4 for people who are named for the record or opened it with a reason.</param>
/// <param name="EvidenceOf">
/// The viewer's school, where the child has since moved on to another one and the case is no longer this school's: it keeps what it recorded
/// itself, and what was known by then. Null for everybody else.
/// </param>
/// <param name="MovedOn">The first day at the other school.</param>
public sealed record Access(int Layers, string? EvidenceOf, DateOnly? MovedOn)
{
    public static Access Of(Viewer viewer, EpisodeRow episode) => new(
        episode.Fourth ? 4 : viewer.Layers,
        IsEvidence(viewer, episode) ? viewer.School : null,
        episode.MovedOn);

    /// <param name="places">The child's times at schools that the viewer may read of, at least one.</param>
    /// <param name="episodes">The child's episodes that the viewer may read.</param>
    public static Access Of(Viewer viewer, ImmutableArray<ChildPupil> places, ImmutableArray<EpisodeRow> episodes) => new(
        places.Any(place => place.Fourth) ? 4 : viewer.Layers,
        viewer.School is { } school && places.All(place => place.MovedOn is not null) && !episodes.Any(episode => IsOwnCase(school, episode)) ? school : null,
        places.Max(place => place.MovedOn));

    /// <summary>Of the lines of a list: they show layer 4 to nobody, and whoever may read it opens the record (ADR 0212).</summary>
    public static Access OfList(Viewer viewer) => new(viewer.Layers, null, null);

    /// <summary>True if layer 4 is shown.</summary>
    public bool Fourth => Layers >= 4;

    /// <summary>The flags in force, which are part of the live view.</summary>
    public ImmutableArray<string> Flags(ImmutableArray<string> flags) => EvidenceOf is null ? Masks.Flags(flags, Layers) : [];

    /// <summary>True if one of the flags is not shown.</summary>
    public bool Hides(ImmutableArray<string> flags) => Flags(flags).Length < flags.Length;

    /// <summary>A note of a layer, or null where it is not shown.</summary>
    public string? Note(string? note, int layer) => Masks.Note(note, layer, Layers);

    /// <summary>The part of a history that may be read.</summary>
    public ImmutableArray<EventRow> History(ImmutableArray<EventRow> events) => EvidenceOf is null ? events : [.. events.Where(IsOwnEvidence)];

    // While the case is open and the school's own to see to, it must see it: somebody is always responsible.
    private static bool IsEvidence(Viewer viewer, EpisodeRow episode) =>
        viewer.School is { } school && episode.Urn == school && episode.MovedOn is not null && !IsOwnCase(school, episode);

    private static bool IsOwnCase(string school, EpisodeRow episode) => episode.Status == "open" && episode.Owner == school;

    private bool IsOwnEvidence(EventRow row) =>
        London.DateOf(row.KnownAt) < MovedOn
        || EventCodec.Read(row.Type, row.HappenedAt, row.KnownAt, row.Data) is EpisodeEvent.ActionRecorded { Deed.By.Org: { } org } && org == EvidenceOf;
}
