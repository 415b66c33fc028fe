using System.Collections.Immutable;
using Cme.Storage.Episodes;
using Cme.Web.Api.Episodes;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes;

/// <summary>One thing that happened, as the page's timeline tells it: the sentence that the API's timeline gives too.</summary>
public sealed record Happening
{
    public required DateTimeOffset At { get; init; }
    /// <summary>When it was known here, if that was a minute or more later.</summary>
    public required DateTimeOffset? KnownLater { get; init; }
    public required string What { get; init; }
    /// <summary>Null too for a note of a layer that the viewer does not read.</summary>
    public required string? Note { get; init; }
    /// <summary>What shows it, and where that is kept.</summary>
    public required ImmutableArray<string> Evidence { get; init; }
    /// <summary>True if it was corrected later and counts no longer.</summary>
    public required bool TakenBack { get; init; }

    /// <summary>The history for a viewer, the newest first.</summary>
    /// <param name="layers">The highest layer that the viewer reads.</param>
    public static ImmutableArray<Happening> Of(ImmutableArray<EventRow> history, int layers) =>
        [.. Timeline.Of(history, layers).Reverse().Select(Of)];

    private static Happening Of(TimelineEntry entry) => new()
    {
        At = entry.At,
        KnownLater = entry.KnownAt - entry.At >= TimeSpan.FromMinutes(1) ? entry.KnownAt : null,
        What = entry.Text,
        Note = entry.Note,
        Evidence = [.. entry.Evidence?.Select(one => $"{Labels.Words(one.Kind)}: {one.Ref}") ?? []],
        TakenBack = entry.CorrectedBy is not null,
    };
}
