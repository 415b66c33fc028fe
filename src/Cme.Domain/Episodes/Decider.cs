using System.Collections.Immutable;
using System.Diagnostics;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using static Cme.Domain.Episodes.Decision;
using static Cme.Domain.Episodes.Episode;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.Domain.Episodes.EpisodeEvent;

namespace Cme.Domain.Episodes;

/// <summary>
/// All branching of an episode's life. Pure: the same history and command give the same events, whenever it is asked.
/// </summary>
public static class Decider
{
    /// <summary>What the command does to the episode: events to append (none: fine, nothing new), or the domain's no.</summary>
    /// <remarks>
    /// Whatever fell due before the command was known is noticed first, from the history as it was then. That is why what is
    /// due never depends on when, or how often, anyone looked (DESIGN 9.3).
    /// </remarks>
    public static Decision Decide(EpisodeCommand command, Episode episode, Ruleset rules) => Decide(command, episode, rules, Quiet.Never);

    /// <inheritdoc cref="Decide(EpisodeCommand, Episode, Ruleset)"/>
    /// <param name="quiet">When there is known to be nothing to notice, so that nobody need look.</param>
    public static Decision Decide(EpisodeCommand command, Episode episode, Ruleset rules, Quiet quiet)
    {
        var noticed = episode is Underway before && !quiet.Covers(command.KnownAt) ? Noticing.Of(before, rules, command.KnownAt) : [];
        var current = noticed.Aggregate(episode, (now, happened) => Evolve(now, happened));
        return DecideNow(command, current, rules) switch
        {
            Accepted accepted => accepted with
            {
                Events = [.. noticed, .. accepted.Events, .. RemovalStanding.ClosedAgain(current, accepted.Events, rules, command.KnownAt)],
            },
            var refused => refused,
        };
    }

    /// <summary>The episode after one more event of its history.</summary>
    /// <exception cref="UnreachableException">The event cannot follow: the stored history is damaged.</exception>
    public static Episode Evolve(Episode episode, EpisodeEvent happened) => (episode, happened) switch
    {
        (NotStarted, EpisodeOpened e) => new Underway(
            e.Subject, e.Pack, e.KnownAt, e.Absence, new Run(1, e.Absence.First), Facts.None with { Recorded = 1 }, e.Absence.Last, e.Sequence),
        (Underway now, EpisodeClosed e) => new Closed(
            e.Reason, e.HappenedAt, e.KnownAt, e.ByCode, Count(Heard(now, e.Mark?.Session, e.Sequence))),
        (Closed was, FlagsChanged e) => was with { Before = Count(Flagged(was.Before, e)) },
        (Closed was, EpisodeReopened e) => Count(Heard(Resumed(was, e), e.Absence.Last, e.Sequence)),
        (Underway now, AbsenceStands e) => Count(Heard(
            (e.Held ? now : Unasked(now)) with { Absence = e.Absence, Run = RunOf(e.Absence, now) }, e.Absence.Last, e.Sequence)),
        (Underway now, ConfirmationAsked e) => Count(Heard(
            now with { Known = now.Known with { Asked = now.Known.Asked.Add(ToConfirm(e, now)) } }, e.Session, e.Sequence)),
        (Underway now, SeenElsewhere e) => Count(now with
        {
            Known = now.Known with { Elsewhere = now.Known.Elsewhere.Add(new SeenAt(now.Known.Recorded + 1, e.Urn, e.Session, e.KnownAt)) },
        }),
        (Underway now, PlaceAsked e) => Count(now with { Known = SeenToday.With(now.Known, e) }),
        (Underway now, PlaceAnswered e) => Count(now with { Known = SeenToday.With(now.Known, e) }),
        (Underway now, PlacedOnRoll e) => Count(now with
        {
            Known = now.Known with { Placed = now.Known.Placed.Add(new PlacedAt(now.Known.Recorded + 1, e.Urn, e.From, e.KnownAt)) },
        }),
        (Underway now, RecordLinked e) => Count(now with { Known = now.Known with { Linked = now.Known.Linked.Add(e.Other) } }),
        (Underway now, LinkedRecordClosed e) => Count(now with
        {
            Known = now.Known with
            {
                Linked = [.. now.Known.Linked.Select(one => one.Reference == e.Reference ? one with { OverAt = e.Reopened ? null : e.KnownAt } : one)],
            },
        }),
        (Underway now, WentOffRoll e) => Count(Heard(now with { Known = now.Known with { OffRoll = now.Known.OffRoll.Add(GoneFrom(e, now)) } }, null, e.Sequence)),
        (Underway now, PlaceSettled e) => Count(Heard(now with { Known = now.Known with { OffRoll = Settled(e, now) } }, null, e.Sequence)),
        (Underway now, ActionRecorded e) => Count(Done(now, e)),
        (Underway now, Claimed e) => Count(now with { Known = now.Known with { Holder = e.Holder } }),
        (Underway now, Released) => Count(now with { Known = now.Known with { Holder = null } }),
        (Underway now, Assigned e) => Count(now with
        {
            Known = now.Known with { Owner = e.Org, Holder = e.Officer is null ? null : new Holder(e.Officer, e.Org) { Id = e.OfficerId } },
        }),
        (Underway now, GivenTo e) => Count(now with { Known = now.Known with { Holder = e.Holder } }),
        (Underway now, Acknowledged e) => Count(now with { Known = now.Known with { Acknowledged = e.HappenedAt } }),
        (Underway now, FlagsChanged e) => Count(Flagged(now, e)),
        (Underway now, RepeatNoted e) => Count(now with
        {
            Subject = now.Subject with { Flags = WithRepeat(now.Subject.Flags) }, Known = now.Known with { Repeat = e.Number },
        }),
        (Underway now, ReferralJoined e) => Count(now with { Known = now.Known with { Referrals = now.Known.Referrals.Add(e.Referral) } }),
        (Underway now, BecameOverdue e) => Count(Stamped(now, new Stamp(e.ObligationId, e.Level, e.HappenedAt))),
        (Underway now, Escalated e) => Count(Stamped(now, new Stamp(e.ObligationId, e.Level, e.HappenedAt))),
        (Underway now, AlertRaised e) => Count(
            now with { Known = now.Known with { Alerts = now.Known.Alerts.Add(new Alert(e.ObligationId, e.HappenedAt)) } }),
        (Underway now, DeadlinesMoved e) => Count(OwedAgain(OnCalendar(now, e.CalendarVersion, e.KnownAt), e)),
        (Underway now, CalendarTaken e) => Count(OnCalendar(now, e.CalendarVersion, e.KnownAt)),
        (Underway now, RemovedFromRoll e) => Count(now with
        {
            Known = now.Known with { Removals = now.Known.Removals.Add(new Removal(now.Known.Recorded + 1, e.On, e.Ground, e.Unmet, e.KnownAt)) },
        }),
        (Underway now, PutBackOnRoll e) => Count(now with
        {
            Known = now.Known with { Removals = [.. now.Known.Removals.Select(was => was.PutBackAt is null ? was with { PutBackAt = e.KnownAt } : was)] },
        }),
        (Underway now, RemovalGateClosed) => Count(now),
        (Underway now, HandedOver e) => Count(now with { Care = new Care(true, e.HappenedAt) }),
        (Underway now, HandedBack e) => Count(now with { Care = new Care(false, e.HappenedAt) }),
        _ => throw new UnreachableException($"{happened.Name} cannot follow {episode.GetType().Name}: the stored history is damaged."),
    };

    private static Decision DecideNow(EpisodeCommand command, Episode episode, Ruleset rules) => (command, episode) switch
    {
        (Open open, NotStarted) => Accept(Opened(open)),
        (Open, _) => Accept(),                                       // Sent again after a fault: that is no error.
        (Stands s, _) when s.Sequence <= episode.Standing.Heard => Accept(),       // Delivered again, or overtaken.
        (Explained e, _) when e.Sequence <= episode.Standing.Heard => Accept(),
        (NotePlace n, not NotStarted) when n.Sequence <= episode.Standing.Heard => Accept(),
        (NotePlace n, Underway now) when n.Owes != now.Known.OwesPlace => Accept(Placed(n)),
        (NotePlace, not NotStarted) => Accept(),
        (Stands stands, Underway now) => Accept(StillMissing(stands, now)),
        (Stands stands, Closed { ByCode: true } was) => Accept(Reopened(stands, was)),
        (Stands, Closed) => Accept(),                                // A person closed it; the child opens a linked episode.
        (Explained { Mark: { } mark }, Underway now) when IsAccountedFor(now, mark) => Accept(),
        (Explained explained, Underway now) => Accept(NoLongerUnexplained(explained, now, rules)),
        (Explained, Closed) => Accept(),
        (NoteSeenElsewhere seen, Underway now) when IsKnownElsewhere(seen, now) => Accept(),
        (NoteSeenElsewhere seen, Underway) => Accept(new SeenElsewhere(seen.Urn, seen.Session, seen.Code, seen.KnownAt, seen.KnownAt)),
        (NoteSeenElsewhere, Closed) => Accept(),
        (AskPlaces ask, Underway now) => Accept(SeenToday.Asked(ask, now)),
        (AskPlaces, Closed) => Accept(),
        (AnswerPlace answer, Underway now) => SeenToday.Answered(answer, now),
        (AnswerPlace, Closed) => new Refused(Refusal.NoLongerAsked),
        (NotePlaced placed, Underway now) when now.Known.Placed.Any(was => (was.Urn, was.From) == (placed.Urn, placed.From)) => Accept(),
        (NotePlaced placed, Underway) => Accept(new PlacedOnRoll(placed.Urn, placed.From, placed.KnownAt, placed.KnownAt)),
        (NotePlaced, Closed) => Accept(),
        (Link link, Underway now) when link.Other.Reference == now.Subject.LinkedTo || now.Known.Linked.Any(one => one.Reference == link.Other.Reference) => Accept(),
        (Link link, Underway) => Accept(new RecordLinked(link.Other, link.By, link.KnownAt, link.KnownAt)),
        (Link, Closed) => Accept(),                                  // The other one names this one: what is over needs no more.
        (NoteLinked note, Underway now) when now.Known.Linked.Any(one => one.Reference == note.Reference && one.OverAt is null == note.IsOver)
            => Accept(new LinkedRecordClosed(note.Reference, !note.IsOver, note.KnownAt, note.KnownAt)),
        (NoteLinked, Underway or Closed) => Accept(),                // Known already, or no part of this story.
        (Record { Deed.Sending: { } sending }, not NotStarted) when episode.Begun!.Known.HasHeard(sending) => Accept(),
        (Record { Deed.Action: ActionNames.Reopen } record, Closed was) => ReopenedBy(record, was),
        (Record { Deed.Corrects: { } number } record, Closed was) when was.ByAct?.Number == number => TakenBack(record, was, rules),
        (Record { Deed.Action: ActionNames.Reopen }, Underway) => new Refused(Refusal.NotClosed),
        (Record record, Underway now) => Recorded(record, now, rules),
        (Record, Closed closed) => new Refused(Refusal.AlreadyClosed(ClosureReasons.Text(closed.Reason))),
        (Claim { Holder: var holder }, Underway { Known.Holder: { } has }) => holder.Is(has) ? Accept() : new Refused(Refusal.Claimed(has)),
        (Claim claim, Underway) => Accept(new Claimed(claim.Holder, claim.By, claim.KnownAt, claim.KnownAt)),
        (Release release, Underway { Known.Holder: { } has } now) => GivenUp(release, has, now),
        (Release, Underway or Closed) => Accept(),                   // Nobody has it: that is what was asked for.
        (Assign assign, Underway now) when assign.Org == now.Known.Owner && IsHeldAs(assign.Holder, now) => Accept(),
        (Assign assign, Underway) => Accept(new Assigned(assign.Officer, assign.Org, assign.By, assign.KnownAt, assign.KnownAt) { OfficerId = assign.OfficerId }),
        (GiveTo give, Underway { Known.Holder: { } has } now) when !give.Holder.Is(has) && !MayGive(give, has, now) => new Refused(Refusal.Claimed(has)),
        (GiveTo give, Underway now) when now.Known.Holder is { } has && give.Holder.Is(has) => Accept(),
        (GiveTo give, Underway) => Accept(new GivenTo(give.Holder, give.By, give.KnownAt, give.KnownAt)),
        (Acknowledge acknowledge, Underway { Known.AwaitsLead: true }) => Accept(
            new Acknowledged(acknowledge.Officer, acknowledge.By, acknowledge.KnownAt, acknowledge.KnownAt)),
        (Acknowledge, Underway or Closed) => Accept(),               // Somebody was quicker, or it is over: nothing waits for the lead.
        (Claim or Assign or GiveTo, Closed closed) => new Refused(Refusal.AlreadyClosed(ClosureReasons.Text(closed.Reason))),
        (ChangeFlags change, Underway now) => Accept(Reflagged(change, now)),
        (ChangeFlags change, Closed { ByCode: true } was) => Accept(Reflagged(change, was.Before)),   // A correction may open it again.
        (ChangeFlags, Closed) => Accept(),                           // Told again should a person open it again.
        (Join join, Underway now) when now.Known.Referrals.Contains(join.Referral) => Accept(),
        (Join join, Underway) => Accept(new ReferralJoined(join.Referral, join.Kind, join.By, join.KnownAt, join.KnownAt)),
        (Join, Closed closed) => new Refused(Refusal.AlreadyClosed(ClosureReasons.Text(closed.Reason))),
        (TakeCalendar take, Underway now) when take.Version > now.Absence.CalendarVersion => Accept(Moved(take, now, rules)),
        (TakeCalendar, _) => Accept(),                               // Known already, or nothing is owed any more.
        (NoteRemoval removal, Underway now) when now.Known.Removals.Any(was => was.PutBackAt is null && (was.On, was.Ground) == (removal.On, removal.Ground))
            => Accept(),
        (NoteRemoval removal, Underway) => Accept(new RemovedFromRoll(removal.On, removal.Ground, removal.Unmet, removal.KnownAt, removal.KnownAt)),
        (NotePutBack back, Underway { Known.Removals: [.., { PutBackAt: null }] }) => Accept(new PutBackOnRoll(back.KnownAt, back.KnownAt)),
        (NoteRemoval or NotePutBack, Underway or Closed) => Accept(),   // Known already, or it is over: the removal's own record says so.
        (Look, _) => Accept(),                                       // What fell due has been noticed above.
        (_, NotStarted) => new Refused(Refusal.NotOpen),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name} on {episode.GetType().Name}."),
    };

    private static ImmutableArray<EpisodeEvent> Opened(Open open)
    {
        var opened = new EpisodeOpened(
            open.Subject, open.Pack, open.Absence, open.Sequence, Earlier(open.Absence.Closes, open.KnownAt), open.KnownAt) { By = open.By };
        return
        [
            opened,
            .. open.Says is { } says ? [new ActionRecorded(says, says.At, open.KnownAt)] : ImmutableArray<EpisodeEvent>.Empty,
            .. open.Owes ? [new WentOffRoll(open.LeavingDate, open.Sequence, open.KnownAt, open.KnownAt)] : ImmutableArray<EpisodeEvent>.Empty,
            .. open.HeldBy is { } mark ? [Question(mark, WhyHeld(mark), open.Sequence, open.KnownAt)] : ImmutableArray<EpisodeEvent>.Empty,
            .. RepeatEpisodes.Of(open.Absence.First.Date, open.Earlier, open.Subject.Flags) is { } number
                ? [new RepeatNoted(number, opened.HappenedAt, open.KnownAt)] : ImmutableArray<EpisodeEvent>.Empty,
        ];
    }

    /// <summary>The child's flags as they now are. That a repeat was noted is of this episode, and no roll takes it away.</summary>
    private static ImmutableArray<EpisodeEvent> Reflagged(ChangeFlags change, Underway now)
    {
        var flags = now.Known.Repeat is null ? change.Flags : WithRepeat(change.Flags);
        return now.Subject.Flags.ToHashSet().SetEquals(flags) ? [] : [new FlagsChanged(flags, change.KnownAt, change.KnownAt)];
    }

    private static ImmutableArray<string> WithRepeat(ImmutableArray<string> flags) =>
        [.. flags.Append(RepeatEpisodes.Flag).Distinct().Order(StringComparer.Ordinal)];

    private static ImmutableArray<EpisodeEvent> StillMissing(Stands stands, Underway now)
    {
        var news = AsKnown(stands, now);
        var asked = stands.HeldBy is { } mark ? AskToConfirm(now, mark, WhyHeld(mark), stands.Sequence, stands.KnownAt) : [];
        var changed = news != now.Absence || (stands.HeldBy is null && now.Known.Asked is not []);
        return changed ? [new AbsenceStands(news, stands.HeldBy is not null, stands.Sequence, stands.KnownAt, stands.KnownAt), .. asked] : asked;
    }

    private static ImmutableArray<EpisodeEvent> Reopened(Stands stands, Closed was) =>
    [
        new EpisodeReopened(AsKnown(stands, was.Before), stands.Sequence, stands.KnownAt, stands.KnownAt),
        .. stands.HeldBy is { } mark ? AskToConfirm(Unasked(was.Before), mark, WhyHeld(mark), stands.Sequence, stands.KnownAt) : [],
    ];

    /// <summary>What the new calendar makes of what is owed now.</summary>
    private static EpisodeEvent Moved(TakeCalendar take, Underway now, Ruleset rules)
    {
        var before = Obligations.Of(now, rules, take.KnownAt).Where(owed => owed.IsOpen || owed.SatisfiedKnownAt is not null).ToDictionary(owed => owed.Id);
        var moved = from owed in Obligations.Of(now, take.Rules, take.KnownAt)
                    where owed.IsOpen
                    let was = before.GetValueOrDefault(owed.Id)
                    where was is not null && (was.SatisfiedKnownAt is not null || was.Due.DueAt != owed.Due.DueAt || was.Due.BeyondCalendar is null != owed.Due.BeyondCalendar is null)
                    select new MovedDeadline(owed.Id, owed.Step.Id, owed.Step.Clause, was.Due.DueAt, owed.Due.DueAt) { DoneBefore = was.SatisfiedKnownAt };
        return moved.ToImmutableArray() is { IsEmpty: false } all
            ? new DeadlinesMoved(take.Version, all, take.KnownAt, take.KnownAt)
            : new CalendarTaken(take.Version, take.KnownAt, take.KnownAt);
    }

    /// <summary>Who is responsible is asked again: the new calendar may have made a holiday of today, or a school day.</summary>
    private static Underway OnCalendar(Underway now, int version, DateTimeOffset knownAt) => now with
    {
        Absence = now.Absence with { CalendarVersion = version },
        Care = now.Care with { Since = knownAt },
    };

    /// <summary>What had passed for done, and is not by the new calendar, nobody could know to be owed until that came.</summary>
    private static Underway OwedAgain(Underway now, DeadlinesMoved e) => now with
    {
        Known = now.Known with
        {
            OwedAgain = [.. now.Known.OwedAgain, .. e.Moved.Where(moved => moved.DoneBefore is not null)
                .Select(moved => new OwedAgain(moved.ObligationId, new Interruption(moved.DoneBefore!.Value, e.KnownAt)))],
        },
    };

    /// <summary>
    /// The run as it stands; an anchor that was there before has been known since then, and so has a count that was reached on
    /// the same day, though a code of it was replaced since (N becomes O within five days).
    /// </summary>
    private static Absence AsKnown(Stands stands, Underway before) => stands.Absence with
    {
        // A signal that was long on its way must not bring an older calendar back.
        CalendarVersion = Math.Max(before.Absence.CalendarVersion, stands.Absence.CalendarVersion),
        KnownAt = before.Absence.First == stands.Absence.First ? before.Absence.KnownAt : stands.KnownAt,
        Reached = [.. stands.Absence.Reached.Select(reached => AsKnown(reached, before.Absence.Reached))],
    };

    private static CountReached AsKnown(CountReached reached, ImmutableArray<CountReached> before) =>
        before.Where(was => (was.Count, was.Days, was.On) == (reached.Count, reached.Days, reached.On)).Append(reached).First();

    private static EpisodeEvent Placed(NotePlace news) => news.Owes
        ? new WentOffRoll(news.LeavingDate, news.Sequence, news.KnownAt, news.KnownAt)
        : new PlaceSettled(!news.IsOffRoll, news.Sequence, news.KnownAt, news.KnownAt);

    private static OffRoll GoneFrom(WentOffRoll e, Underway now)
    {
        var leaves = e.LeavingDate is { } last ? London.At(last.AddDays(1), TimeOnly.MinValue) : e.KnownAt;
        return new OffRoll(now.Known.Recorded + 1, leaves > e.KnownAt ? leaves : e.KnownAt, e.KnownAt);
    }

    private static ImmutableArray<OffRoll> Settled(PlaceSettled e, Underway now) =>
        now.Known.OffRoll is [.. var before, var last] ? [.. before, last with { SettledAt = e.KnownAt, Withdrawn = e.BackOnRoll }] : [];

    /// <summary>Whether a code closes by itself (DESIGN 5, "Closing by a code"), or somebody is to confirm.</summary>
    private static ImmutableArray<EpisodeEvent> NoLongerUnexplained(Explained explained, Underway now, Ruleset rules)
    {
        if (explained.Mark is not { } mark)
        {
            // Nobody has seen the child because the school's list lost it: the case stays, with the ground and the destination owed.
            if (explained.IsOffRoll)
            {
                return [];
            }
            return now.Subject.IsFlagged
                ? AskToConfirm(now, new ExplainingMark(now.Absence.First, "", null), "the marks of a flagged child were taken away",
                    explained.Sequence, explained.KnownAt)
                : [new EpisodeClosed(ClosureReasons.RegisterCorrected, true, null, explained.Sequence, explained.KnownAt, explained.KnownAt)];
        }
        var whyNot = WhyCodeDoesNotClose(mark, now, rules, explained.KnownAt);
        return whyNot is not null
            ? AskToConfirm(now, mark, whyNot, explained.Sequence, explained.KnownAt)
            : [new EpisodeClosed(ReasonOf(mark), true, mark, explained.Sequence, explained.KnownAt, explained.KnownAt)];
    }

    /// <summary>
    /// Whether a mark before this one accounts for the run, and is asked about: that the child was seen again later is no news. A
    /// school that has woken anew tells of it all the same, and must not make a later disappearance part of this one.
    /// </summary>
    private static bool IsAccountedFor(Underway now, ExplainingMark mark) =>
        now.Known.Asked is [.., var asked] && asked.Session < mark.Session
        && AttendanceCode.TryParse(asked.Code, out var code) && code.Reading(ReporterNames.Parse(asked.ReportedBy)) == MarkReading.Explains;

    /// <summary>Seen there before the child went missing here, or asked about already in this disappearance.</summary>
    private static bool IsKnownElsewhere(NoteSeenElsewhere seen, Underway now) =>
        seen.Session < now.Absence.First || now.Known.Elsewhere.Any(was => was.Urn == seen.Urn && was.Number > now.Run.Number);

    private static string? WhyCodeDoesNotClose(ExplainingMark mark, Underway now, Ruleset rules, DateTimeOffset knownAt) =>
        Holds(mark) ? WhyHeld(mark)
        : now.Subject.IsFlagged ? "no code closes the episode of a flagged child"
        : now.Known.IsReferred ? "the child has been referred"
        : rules.LadderDay(now.Absence.First.Date, knownAt) > 5 ? "more than five school days have passed"
        : null;

    /// <summary>Why a mark holds a run instead of ending it (DESIGN 5, the five counts; API small print, "Closing").</summary>
    private static string WhyHeld(ExplainingMark mark) => mark.ReportedBy switch
    {
        "other-contact" => "the reason came from somebody who is not a known contact",
        "unknown" => "it is not known who gave the reason",
        _ => "the code says that the child is somewhere else, and nobody there has confirmed it",
    };

    private static bool Holds(ExplainingMark mark) =>
        AttendanceCode.TryParse(mark.Code, out var code) && code.Reading(ReporterNames.Parse(mark.ReportedBy)) == MarkReading.Holds;

    private static ImmutableArray<EpisodeEvent> AskToConfirm(
        Underway now, ExplainingMark mark, string why, long sequence, DateTimeOffset knownAt) =>
        now.Known.Asked is [.., var asked] && asked.Session == mark.Session && asked.Code == mark.Code
            ? [] : [Question(mark, why, sequence, knownAt)];

    private static ConfirmationAsked Question(ExplainingMark mark, string why, long sequence, DateTimeOffset knownAt) =>
        new(mark.Session, mark.Code, mark.ReportedBy, why, sequence, knownAt, knownAt);

    /// <summary>A school gives up what its officers have; the authority, whatever stands in its way.</summary>
    private static Decision GivenUp(Release release, Holder has, Underway now) =>
        (has.Org == release.Org || release.Org == now.Subject.Authority) && (release.Officer is not { } officer || has.Is(new Holder(officer, has.Org) { Id = release.OfficerId }))
            ? Accept(new Released(has, release.By, release.KnownAt, release.KnownAt) { Left = release.Left })
            : new Refused(Refusal.Claimed(has));

    /// <summary>Whether who has it is who is named, nobody included. An officer may have it in another organisation's name.</summary>
    private static bool IsHeldAs(Holder? named, Underway now) =>
        now.Known.Holder is { } has ? named is not null && has.Is(named with { Org = has.Org }) : named is null;

    /// <summary>As its giver last saw it, and by the organisation that has it or by the authority.</summary>
    private static bool MayGive(GiveTo give, Holder has, Underway now) =>
        has.Officer == give.Had && (has.Org == give.Holder.Org || give.Holder.Org == now.Subject.Authority);

    private static Decision ReopenedBy(Record record, Closed was) => WhyNot(record, was.Before) is { } why
        ? new Refused(why)
        : Accept(
            new EpisodeReopened(was.Before.Absence, was.Before.Heard, record.KnownAt, record.KnownAt) { ByPerson = true },
            new ActionRecorded(record.Deed, record.Deed.At, record.KnownAt));

    /// <summary>
    /// The act that closed the episode is corrected: what it closed is open again, with what was owed, and whatever takes its
    /// place is decided as ever.
    /// </summary>
    private static Decision TakenBack(Record record, Closed was, Ruleset rules)
    {
        var reopened = new EpisodeReopened(was.Before.Absence, was.Before.Heard, record.KnownAt, record.KnownAt)
        {
            ByPerson = true, TakesBack = record.Deed.Corrects, AtOnce = record.Deed.Undo,
        };
        return Recorded(record, (Underway)Evolve(was, reopened), rules) switch
        {
            Accepted accepted => accepted with { Events = [reopened, .. accepted.Events] },
            var refused => refused,
        };
    }

    /// <summary>What is wrong with an act whatever the episode owes.</summary>
    private static Refusal? WhyNot(Record record, Underway now)
    {
        var deed = record.Deed;
        return !ActionCatalogue.Allows(deed.Action, deed.Outcome, now.Subject.Kind)
                ? Refusal.OutcomeNotAllowed(deed.Action, deed.Outcome, ActionCatalogue.AllowedInstead(deed.Action, now.Subject.Kind))
            : deed.Whom is { } whom && !Parties.Of(deed.Action).Any(party => party.Id == whom)
                ? Refusal.WhomNotAllowed(deed.Action, whom, [.. Parties.Of(deed.Action).Select(party => party.Id)])
            : deed.At > record.KnownAt ? Refusal.AtInFuture(record.KnownAt)
            : London.DateOf(deed.At) < now.Absence.First.Date ? Refusal.AtBeforeFirstDay(now.Absence.First.Date)
            : deed.Corrects is { } number && now.Known.Acts.All(act => act.Number != number) ? Refusal.UnknownAction(number)
            : deed is { Action: ActionNames.Correct, Corrects: null } ? Refusal.NothingToCorrect
            : deed.Undo && !now.Known.IsLatest(deed.Corrects) ? Refusal.TooLateToUndo
            : null;
    }

    private static Refusal? NotAsked(Deed deed, ProcedurePack pack) =>
        deed.Answers is [_, ..] && pack.QuestionsOf(deed.Action) is var asked
        && deed.Answers.FirstOrDefault(one => asked.All(question => question.Id != one.Question)) is { } unasked
            ? Refusal.QuestionNotAsked(deed.Action, unasked.Question, [.. asked.Select(question => question.Id)])
            : null;

    private static Decision Recorded(Record record, Underway now, Ruleset rules)
    {
        var deed = record.Deed;
        if (WhyNot(record, now) is { } why)
        {
            return new Refused(why);
        }
        if (NotAsked(deed, rules.Pack) is { } unasked)
        {
            return new Refused(unasked);
        }
        if (deed.ObligationId is { } id && !Obligations.Of(now, rules, record.KnownAt).Any(obligation => obligation.Id == id))
        {
            return new Refused(Refusal.UnknownObligation(id));
        }
        if (deed.Action == ActionNames.Close && deed.Outcome != ClosureReasons.Duplicate
            && Obligations.Of(now, rules, record.KnownAt).Where(owed => owed.IsOpen && owed.Step.BeforeClosing).Select(owed => owed.What).ToList() is { Count: > 0 } untold)
        {
            return new Refused(Refusal.StillToTell(untold));
        }
        var recorded = new ActionRecorded(deed, deed.At, record.KnownAt);
        return ClosureBy(deed, now.Subject.Kind) is { } reason
            ? Accept(recorded, new EpisodeClosed(reason, false, null, 0, deed.At, record.KnownAt))
            : Accept(recorded);
    }

    /// <summary>NOR-07: a parent who has the child safe with them closes; so does a person's own decision. Nothing else does.</summary>
    private static string? ClosureBy(Deed deed, string kind) => deed switch
    {
        { Action: ActionNames.Call, Outcome: ActionCatalogue.ParentChildSafe } when kind == EpisodeKinds.Whereabouts => ClosureReasons.ExplainedAbsence,
        { Action: ActionNames.Close, Outcome: { } reason } => reason,
        _ => null,
    };

    private static string ReasonOf(ExplainingMark mark) =>
        AttendanceCode.TryParse(mark.Code, out var code) && code.IsSeen ? ClosureReasons.Returned : ClosureReasons.ExplainedAbsence;

    private static Confirmation ToConfirm(ConfirmationAsked e, Underway now) =>
        new(now.Known.Recorded + 1, e.Session, e.Code, e.ReportedBy, e.KnownAt);

    /// <summary>A run whose first session nobody has spoken of before is another disappearance; any other was corrected, or goes on.</summary>
    private static Run RunOf(Absence absence, Underway now) =>
        absence.First > now.Through ? new Run(now.Known.Recorded + 1, absence.First) : now.Run;

    private static Underway Unasked(Underway now) => now with { Known = now.Known with { Asked = [] } };

    private static Underway Resumed(Closed was, EpisodeReopened e) => was.Before with
    {
        Absence = e.Absence,
        Care = was.Before.Care with { Since = e.KnownAt },
        Known = was.Before.Known with
        {
            Asked = e.TakesBack is null ? [] : was.Before.Known.Asked,
            Interruptions = e.AtOnce ? was.Before.Known.Interruptions : was.Before.Known.Interruptions.Add(new Interruption(was.KnownAt, e.KnownAt)),
        },
    };

    private static Underway Heard(Underway now, SessionOf? session, long sequence) => now with
    {
        Through = session > now.Through ? session.Value : now.Through,
        Heard = Math.Max(now.Heard, sequence),
    };

    /// <summary>
    /// An act counts from now on, and one that it corrects does no longer. What is undone is as if it had never been: an act that
    /// it had corrected counts again.
    /// </summary>
    private static Underway Done(Underway now, ActionRecorded e)
    {
        var act = new Act(now.Known.Recorded + 1, e.Deed.Action, e.Deed.Outcome, e.HappenedAt, e.KnownAt, e.Deed.ObligationId, e.Deed.Sending)
        {
            Languages = e.Deed.Languages,
            Whom = e.Deed.Whom,
            By = e.Deed.By,
            HasWords = !string.IsNullOrWhiteSpace(e.Deed.Note),
        };
        var corrected = now.Known.Acts.FirstOrDefault(earlier => earlier.Number == e.Deed.Corrects);
        if (corrected is null)
        {
            return now with { Known = now.Known with { Acts = now.Known.Acts.Add(act) } };
        }
        var again = now.Known.Withdrawn.Where(withdrawn => e.Deed.Undo && withdrawn.By == corrected.Number).ToImmutableArray();
        return now with
        {
            Known = now.Known with
            {
                Acts = [.. now.Known.Acts.Remove(corrected).Concat(again.Select(withdrawn => withdrawn.Act)).OrderBy(earlier => earlier.Number), act],
                Withdrawn = now.Known.Withdrawn.RemoveRange(again)
                    .Add(new Withdrawal(corrected, e.KnownAt) { By = act.Number, AtOnce = e.Deed.Undo }),
            },
        };
    }

    private static Underway Flagged(Underway now, FlagsChanged e)
    {
        var added = now.Known.FlagsAdded.Where(flag => e.Flags.Contains(flag.Flag))
            .Concat(e.Flags.Except(now.Subject.Flags).Select(flag => new FlagAdded(flag, e.KnownAt, now.Known.Recorded + 1)));
        var after = now with { Subject = now.Subject with { Flags = e.Flags }, Known = now.Known with { FlagsAdded = [.. added] } };
        return now.Subject.DoNotContactFamily && !after.Subject.DoNotContactFamily
            ? after with { Known = after.Known with { NoContact = after.Known.NoContact.Add(new Interruption(NoContactSince(now), e.KnownAt)) } }
            : after;
    }

    private static DateTimeOffset NoContactSince(Underway now) =>
        now.Known.FlagsAdded.FirstOrDefault(added => added.Flag == Children.Flags.DoNotContactFamily)?.KnownAt ?? now.OpenedAt;

    private static Underway Stamped(Underway now, Stamp stamp) =>
        now with
        {
            Known = now.Known with
            {
                Stamps = now.Known.Stamps.Add(stamp),
                Acknowledged = stamp.Level >= Levels.CmeLead ? null : now.Known.Acknowledged,
            },
        };

    private static Underway Count(Underway now) => now with { Known = now.Known with { Recorded = now.Known.Recorded + 1 } };

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static Accepted Accept(params ImmutableArray<EpisodeEvent> events) => new(events);
}
