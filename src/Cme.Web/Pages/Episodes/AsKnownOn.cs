using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.History;

namespace Cme.Web.Pages.Episodes;

/// <summary>An episode as it was known at an instant: folded from the part of its history that was known by then, and from nothing else.</summary>
public static class AsKnownOn
{
    /// <summary>The part of a history that was known at an instant.</summary>
    public static ImmutableArray<EventRow> Until(ImmutableArray<EventRow> history, DateTimeOffset at) => [.. history.TakeWhile(row => row.KnownAt <= at)];

    public static Episode Fold(ImmutableArray<EventRow> history) =>
        history.Select(row => EventCodec.Read(row.Type, row.HappenedAt, row.KnownAt, row.Data)).Aggregate(Episode.Initial, Decider.Evolve);

    /// <summary>The head of the episode as the history makes it. Names and the school's name are as they are now.</summary>
    /// <param name="row">As it is now.</param>
    /// <param name="begun">The episode as it was.</param>
    /// <param name="owed">What was owed then.</param>
    public static EpisodeRow Row(EpisodeRow row, Episode episode, Episode.Underway begun, ImmutableArray<ObligationView> owed)
    {
        var open = owed.Where(one => one.State is "pending" or "due" or "overdue").ToImmutableArray();
        var closed = episode as Episode.Closed;
        return row with
        {
            Status = closed is null ? "open" : "closed",
            Stage = episode.Stage,
            FirstDayMissing = begun.Absence.First.Date,
            LastCode = begun.Absence.LastCode,
            ClosedAt = closed?.At,
            Closure = closed?.Reason,
            Flags = begun.Subject.Flags,
            Flagged = begun.Subject.IsFlagged,
            Owner = begun.Owner,
            ClaimedBy = begun.Known.Holder?.Officer,
            Level = open.Select(one => one.Level).DefaultIfEmpty(0).Max(),
            OverdueCount = open.Count(one => one.State == "overdue"),
        };
    }
}
