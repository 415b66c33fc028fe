using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Grains.Rules;
using Cme.Storage.Episodes;
using Cme.Storage.History;

namespace Cme.Web.Procedures;

/// <summary>What a changed procedure makes of what was recorded.</summary>
/// <param name="Episodes">How many episodes ran under the procedure in that time.</param>
/// <param name="Deadlines">How many deadlines of theirs fell into it, under either.</param>
/// <param name="Lines">The deadlines that move, by when they were due.</param>
public sealed record TrialReport(int Episodes, int Deadlines, ImmutableArray<TrialLine> Lines)
{
    public int Count(TrialOutcome outcome) => Lines.Count(line => line.Outcome == outcome);
}

/// <summary>Replays the recorded history of an authority under a changed procedure (<see cref="PackTrial"/>). It changes nothing.</summary>
public sealed class ProcedureTrials(IEpisodes episodes, IRulebook rulebook, PackCatalogue catalogue)
{
    /// <summary>Histories are read and let go by so many, so that a year of a large authority fits into memory.</summary>
    private const int AtOnce = 200;

    /// <summary>The procedure of that file, with the steps of the installed packs beneath it.</summary>
    /// <exception cref="PackInvalidException">The file cannot be used; its message names every place.</exception>
    public ProcedurePack Read(string name, string json) => catalogue.Above(PackReader.Read(name, json));

    /// <param name="changed">Replayed are the episodes that ran under any version of the pack of the same id.</param>
    /// <param name="from">The first day whose deadlines are compared, in London.</param>
    /// <param name="to">The last one.</param>
    public async Task<TrialReport> RunAsync(CallerScope scope, ProcedurePack changed, DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var (start, end) = (London.At(from, TimeOnly.MinValue), London.At(to.AddDays(1), TimeOnly.MinValue));
        var (replayed, deadlines, lines, cursor) = (0, 0, new List<TrialLine>(), (string?)null);
        do
        {
            var page = await episodes.ListAsync(new EpisodeFilter { Scope = scope, Status = "all" }, AtOnce, cursor, cancel);
            string[] concerned = [.. page.Rows.Where(row => row.Pack == changed.Id && row.OpenedAt < end && !(row.ClosedAt < start)).Select(row => row.Reference)];
            foreach (var history in (await episodes.EventsAsync(scope, concerned, cancel)).GroupBy(row => row.Episode, StringComparer.Ordinal))
            {
                if (await ReplayAsync(history, changed, start, end) is not { } trial) { continue; }
                (replayed, deadlines) = (replayed + 1, deadlines + trial.Deadlines);
                lines.AddRange(trial.Lines);
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return new(replayed, deadlines, [.. lines.OrderBy(line => line.Was ?? line.Would).ThenBy(line => line.Episode, StringComparer.Ordinal)]);
    }

    private async Task<EpisodeTrial?> ReplayAsync(IEnumerable<EventRow> history, ProcedurePack changed, DateTimeOffset start, DateTimeOffset end)
    {
        var episode = history.Select(row => EventCodec.Read(row.Type, row.HappenedAt, row.KnownAt, row.Data))
            .TakeWhile(happened => happened.KnownAt < end).Aggregate(Episode.Initial, Decider.Evolve);
        if (episode.Begun is not { Subject: var subject } begun) { return null; }
        var rules = await rulebook.For(subject.Authority, subject.Urn, begun.Absence.CalendarVersion, subject.YearGroup, begun.Pack);
        return PackTrial.Of(episode, rules, changed, start, end);
    }
}
