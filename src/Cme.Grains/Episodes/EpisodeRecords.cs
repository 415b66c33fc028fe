using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Storage.History;

namespace Cme.Grains.Episodes;

/// <summary>From an episode to what is stored and shown of it.</summary>
internal static class EpisodeRecords
{
    // What a step of a pack says is the same for every episode, and is shown with every command.
    private static readonly ConditionalWeakTable<Step, StrongBox<ImmutableArray<SatisfierView>>> SatisfiersOf = [];

    private static readonly FrozenDictionary<DeadlineUnit, string> UnitNames = Enum.GetValues<DeadlineUnit>().ToFrozenDictionary(unit => unit, UnitName);

    /// <summary>The one durable write of a command: head, new events and every obligation that now stands.</summary>
    public static EpisodeWrite Write(
        Episode after, ImmutableArray<EpisodeEvent> events, ImmutableArray<Obligation> owed, DateTimeOffset? next, long version, int foldVersion,
        DateTimeOffset now) => new()
        {
            Snapshot = JsonSerializer.Serialize(after, EventCodec.Options),
            Version = version + events.Length,
            FoldVersion = foldVersion,
            Pending = [.. events.Select((happened, index) => EventCodec.Write(happened, version + index + 1))],
            Obligations = [.. owed.Select(obligation => Record(obligation, after.Begun!))],
            Head = Head(after, owed, next, now),
        };

    /// <summary>What events would come to, had they happened at <paramref name="now"/>.</summary>
    public static ActionPreview Preview(Episode before, ImmutableArray<EpisodeEvent> events, Ruleset rules, DateTimeOffset now, long version)
    {
        var after = events.Aggregate(before, Decider.Evolve);
        return new ActionPreview
        {
            Outcome = Cme.Contracts.Outcome.Done(version, [.. events.Select(happened => happened.Name)]),
            Closure = (after as Episode.Closed)?.Reason,
            Before = Open(before),
            After = Open(after),
        };

        ImmutableArray<ObligationView> Open(Episode episode) =>
            [.. Obligations.Of(episode, rules, now).Where(owed => owed.IsOpen).Select(owed => View(owed, episode.Begun!))];
    }

    /// <summary>An obligation as boards, pages and the API show it.</summary>
    public static ObligationView View(Obligation owed, Episode.Underway episode) => new()
    {
        Id = owed.Id,
        Step = owed.Step.Id,
        Clause = owed.Step.Clause,
        Pack = episode.Pack.Id,
        PackVersion = episode.Pack.Version,
        What = owed.What,
        Role = owed.Step.Who,
        Org = OrgOf(owed.Step.Who, episode),
        Anchor = owed.Anchor,
        Readings = [.. owed.Due.Readings.Select(reading => new ReadingView(UnitNames[reading.Deadline.Unit], reading.Deadline.Number, reading.At))],
        DueAt = owed.Due.DueAt,
        AlertAt = owed.Due.AlertAt,
        ActBy = owed.Due.ActBy,
        State = StateName(owed.State),
        OpensAt = owed.Due.BeyondCalendar is null ? owed.OpensAt : null,
        SatisfiedAt = owed.SatisfiedAt,
        IsNeedless = owed.IsNeedless,
        Level = owed.Level,
        SatisfiedBy = SatisfiersOf.GetValue(owed.Step, static step => new(
            [.. step.DoneBy.Concat(step.NoNeedAfter).GroupBy(match => match.Action).Select(OneOf)])).Value,
        Why = owed.Due.BeyondCalendar is { } beyond ? $"{owed.Step.Why} {beyond}" : owed.Step.Why,
    };

    /// <summary>What an act may come to, where several matches name it; no outcomes in one of them means any.</summary>
    private static SatisfierView OneOf(IGrouping<string, ActionMatch> same) => new(
        same.Key, same.Any(match => match.Outcomes.IsEmpty)
            ? ActionCatalogue.OutcomesOf(same.Key)
            : [.. same.SelectMany(match => match.Outcomes).Distinct()])
    {
        Whom = same.Any(match => match.Whom.IsEmpty) ? [] : [.. same.SelectMany(match => match.Whom).Distinct()],
    };

    private static ObligationRecord Record(Obligation owed, Episode.Underway episode) => new()
    {
        Id = owed.Id,
        Step = owed.Step.Id,
        Clause = owed.Step.Clause,
        Role = owed.Step.Who,
        Org = OrgOf(owed.Step.Who, episode),
        DueAt = owed.Due.DueAt,
        AlertAt = owed.Due.AlertAt,
        ActBy = owed.Due.ActBy,
        OverdueAt = owed.OverdueAt,
        Level = owed.Level,
        State = owed.IsOpen ? "open" : StateName(owed.State),
        NextAt = owed.IsOpen ? owed.NextAt : null,
        PackVersion = episode.Pack.Version,
        CalendarVersion = episode.Absence.CalendarVersion,
        EngineVersion = Ruleset.EngineVersion,
    };

    private static EpisodeHead Head(Episode episode, ImmutableArray<Obligation> owed, DateTimeOffset? nextInstant, DateTimeOffset now)
    {
        var begun = episode.Begun!;
        var open = owed.Where(obligation => obligation.IsOpen).ToImmutableArray();
        var next = open.MinBy(obligation => obligation.Due.ActBy);
        var closed = episode as Episode.Closed;
        return new EpisodeHead
        {
            Authority = begun.Subject.Authority,
            Urn = begun.Subject.Urn,
            ChildId = begun.Subject.Child,
            Kind = begun.Subject.Kind,
            Status = closed is null ? "open" : "closed",
            Stage = episode.Stage,
            FirstDayMissing = begun.Absence.First.Date,
            OpenedAt = begun.OpenedAt,
            ClosedAt = closed?.At,
            Closure = closed?.Reason,
            Level = open.Select(obligation => obligation.Level).DefaultIfEmpty(Levels.Owner).Max(),
            OverdueCount = open.Count(obligation => obligation.State == ObligationState.Overdue),
            Flags = begun.Subject.Flags,
            Flagged = begun.Subject.IsFlagged,
            Owner = begun.Owner,
            ClaimedBy = begun.Known.Holder?.Officer,
            Pack = begun.Pack.Id,
            PackVersion = begun.Pack.Version,
            LastCode = begun.Absence.LastCode,
            NextAt = nextInstant,
            NextObligation = next is null ? null : JsonSerializer.SerializeToElement(View(next, begun), StateJson.Options),
            UpdatedAt = now,
        };
    }

    private static string OrgOf(string role, Episode.Underway episode) =>
        Roles.IsAuthority(role) ? episode.Subject.Authority : episode.Subject.Urn;

    private static string StateName(ObligationState state) => state switch
    {
        ObligationState.Pending => "pending",
        ObligationState.Due => "due",
        ObligationState.Overdue => "overdue",
        ObligationState.Satisfied => "satisfied",
        ObligationState.Suppressed => "suppressed",
        _ => "superseded",
    };

    /// <summary>The published name of a unit: an absence's day n is n school days, or n calendar days, of it.</summary>
    private static string UnitName(DeadlineUnit unit) => unit switch
    {
        DeadlineUnit.AbsenceDay => UnitName(DeadlineUnit.SchoolDays),
        DeadlineUnit.AbsenceCalendarDay => UnitName(DeadlineUnit.CalendarDays),
        _ => JsonNamingPolicy.KebabCaseLower.ConvertName(unit.ToString()),
    };
}
