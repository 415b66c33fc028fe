using System.Collections.Immutable;
using Cme.Storage.Episodes;
using Cme.Web.Api.Episodes;

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

    /// <summary>The history for a viewer, the newest first.</summary>
    /// <param name="layers">The highest layer that the viewer reads.</param>
    public static ImmutableArray<Happening> Of(ImmutableArray<EventRow> history, int layers) =>
        [.. history.Reverse().Select(row => Timeline.Entry(row, layers)).Select(Of)];

    private static Happening Of(TimelineEntry entry) => new()
    {
        At = entry.At,
        KnownLater = entry.KnownAt - entry.At >= TimeSpan.FromMinutes(1) ? entry.KnownAt : null,
        What = entry.Text,
        Note = entry.Note,
    };
}
