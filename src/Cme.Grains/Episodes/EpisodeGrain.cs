using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Derived = Cme.Domain.Procedures.Obligations;
using Cme.Grains.Measures;
using Cme.Grains.Rules;
using Cme.Grains.Schools;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using static Cme.Domain.Episodes.Decision;
using static Cme.Domain.Episodes.Decider;
using static Cme.Domain.Episodes.EpisodeCommand;

namespace Cme.Grains.Episodes;

/// <summary>A thin shell: decide, store, remember. All branching is in <see cref="Decider"/>.</summary>
internal sealed partial class EpisodeGrain(
    [PersistentState("episode")] IPersistentState<EpisodeWrite> store,
    IRulebook rulebook, IEpisodes history, [FromKeyedServices(Clock.Business)] TimeProvider clock, ILogger<EpisodeGrain> logger)
    : Grain, IEpisodeGrain, IRemindable
{
    private const string NextLook = "next-look";

    /// <summary>Grows whenever the snapshot's form or the fold changes; an older snapshot is then refolded from the rows.</summary>
    private const int FoldVersion = 13;

    /// <summary>The shortest that Orleans allows. The tick comes again each minute until a look has moved the reminder on.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private Episode _episode = Episode.Initial;
    private DateTimeOffset? _remindedAt;
    private Quiet _quiet = Quiet.Never;

    private string Reference => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!store.RecordExists)
        {
            return;
        }
        _episode = store.State.FoldVersion == FoldVersion
            ? JsonSerializer.Deserialize<Episode>(store.State.Snapshot, EventCodec.Options)!
            : await Refold(DateTimeOffset.MaxValue);
    }

    public Task<Outcome> Open(OpenWhereabouts command) =>
        Carry(new Open(command.ToSubject(Reference), new(command.Signal.Pack, PackCatalogue.Shipped[command.Signal.Pack].Version),
            command.Signal.ToAbsence(), command.Signal.Sequence)
        {
            Owes = command.Signal.Place.Owes, LeavingDate = command.Signal.Place.LeavingDate, HeldBy = command.Signal.Explained?.ToDomain(),
            Earlier = command.Earlier,
        });

    public async Task<Outcome> OpenRecord(OpenRecord command) => await Carry(new Open(
        command.ToSubject(Reference), rulebook.PackOfKind(command.Kind),
        Absence.OfRecord(command.Since, clock.GetUtcNow(), await rulebook.OfficesVersion(command.Authority)), 0)
    {
        By = command.RecordedBy, Says = command.Says?.ToDeed(),
    });

    public Task<Outcome> Link(string reference, string kind, string recordedBy) =>
        Carry(new Link(new LinkedRecord(reference, kind), recordedBy, clock.GetUtcNow()));

    public Task<Outcome> NoteLinked(string reference, bool isOver) => Carry(new NoteLinked(reference, isOver, clock.GetUtcNow()));

    public Task<Outcome> NotePlaced(string urn, DateOnly from) => Carry(new NotePlaced(urn, from, clock.GetUtcNow()));

    public Task<Outcome> AskPlaces(ImmutableArray<AskPlace> places, DateTimeOffset knownAt) =>
        Carry(new AskPlaces([.. places.Select(place => new PlaceToAsk(place.Urn, place.On, place.AnswerBy))], knownAt));

    public Task<Outcome> AnswerPlace(PlaceAnswer answer) => Carry(answer.ToCommand(clock.GetUtcNow()));

    public async Task<Outcome> Observe(AbsenceSignal signal)
    {
        if (signal is { OfSightingOnly: true, Explained: { } seen })
        {
            // The sequence and the calendar are the other school's: neither means anything here.
            return await Carry(new NoteSeenElsewhere(signal.Urn, EpisodeWire.Session(seen.Date, seen.Session), seen.Code, signal.KnownAt));
        }
        await TakeCalendar(signal.CalendarVersion);                  // What it moves is said, and not slipped in with the signal.
        return await Carry(signal switch
        {
            { OfPlaceOnly: true, Place: var place } => new NotePlace(place.Owes, place.IsOffRoll, place.LeavingDate, signal.Sequence, signal.KnownAt),
            { Run.IsEmpty: true } => new Explained(signal.Explained?.ToDomain(), signal.Sequence, signal.KnownAt) { IsOffRoll = signal.Place.IsOffRoll },
            _ => new Stands(signal.ToAbsence(), signal.Explained?.ToDomain(), signal.Sequence, signal.KnownAt),
        });
    }

    public async Task<ImmutableArray<Cme.Contracts.Episodes.MovedDeadline>> TakeCalendar(int version)
    {
        if (_episode is not Episode.Underway now || version <= now.Absence.CalendarVersion)
        {
            return [];
        }
        var rules = await rulebook.For(now.Subject.Authority, now.Subject.Urn, version, now.Subject.YearGroup, now.Pack);
        return Decide(new TakeCalendar(version, rules, clock.GetUtcNow()), _episode, await RulesOf(now), _quiet) is Accepted { Events: [_, ..] events }
            ? Moved([.. (await Append(events)).Events])
            : [];
    }

    public async Task<ImmutableArray<Cme.Contracts.Episodes.MovedDeadline>> WouldMove(SchoolYearCalendar calendar)
    {
        if (_episode is not Episode.Underway now)
        {
            return [];
        }
        var rules = await rulebook.Proposed(now.Subject.Authority, now.Subject.Urn, now.Subject.YearGroup, now.Pack, calendar.ToDomain());
        return Decide(new TakeCalendar(int.MaxValue, rules, clock.GetUtcNow()), _episode, await RulesOf(now)) is Accepted { Events: var events } ? Moved(events) : [];
    }

    private ImmutableArray<Cme.Contracts.Episodes.MovedDeadline> Moved(ImmutableArray<EpisodeEvent> events) =>
        [.. events.OfType<EpisodeEvent.DeadlinesMoved>().SelectMany(moved => moved.ToWire(Reference))];

    public Task<StandingView> Standing() => Task.FromResult(_episode.Standing.ToWire());

    public async Task<ActionAnswer> Record(RecordAction action)
    {
        // What comes again has itself made the version that its sender had not read.
        var comesAgain = action.Sending is { } sending && _episode.Begun?.Known.HasHeard(sending) == true;
        var (decided, owed) = await CarryOut(new Record(action.ToDeed(), clock.GetUtcNow()), comesAgain ? null : action.IfMatch);
        return new ActionAnswer
        {
            Outcome = decided,
            Number = decided.RefusalCode is null && _episode.Begun is { } begun ? begun.Known.NumberOf(action.Sending) : 0,
            Obligations = [.. (owed ?? await Derive(_episode, clock.GetUtcNow())).Where(one => one.IsOpen).Select(View)],
        };
    }

    private static Outcome No(Refusal why, long version = 0) => Outcome.Refused(why.Code, why.Message, version) with { Allowed = why.Allowed };

    public async Task<ActionPreview> Preview(RecordAction action)
    {
        var now = clock.GetUtcNow();
        if (_episode.Begun is not { } begun)
        {
            return new ActionPreview { Outcome = No(Refusal.NotOpen) };
        }
        var rules = await RulesOf(begun);
        return Decide(new Record(action.ToDeed(), now), _episode, rules) switch
        {
            Refused refused => new ActionPreview { Outcome = No(refused.Why, store.State.Version) },
            var accepted => EpisodeRecords.Preview(_episode, ((Accepted)accepted).Events, rules, now, store.State.Version),
        };
    }

    public Task<Outcome> Claim(ClaimEpisode claim) =>
        Carry(new Claim(HolderOf(claim), claim.RecordedBy, clock.GetUtcNow()), claim.IfMatch);

    public Task<Outcome> Release(ClaimEpisode claim) =>
        Carry(new Release(claim.Officer, claim.Org, claim.RecordedBy, clock.GetUtcNow()) { OfficerId = claim.OfficerId, Left = claim.Left }, claim.IfMatch);

    public Task<Outcome> Assign(ClaimEpisode claim) =>
        Carry(new Assign(claim.Officer, claim.Org, claim.RecordedBy, clock.GetUtcNow()) { OfficerId = claim.OfficerId }, claim.IfMatch);

    public Task<Outcome> GiveTo(ClaimEpisode claim) =>
        Carry(new GiveTo(HolderOf(claim), claim.Had, claim.RecordedBy, clock.GetUtcNow()), claim.IfMatch);

    public Task<Outcome> Acknowledge(string officer, string recordedBy) => Carry(new Acknowledge(officer, recordedBy, clock.GetUtcNow()));

    private static Holder HolderOf(ClaimEpisode claim) => new(claim.Officer ?? "", claim.Org) { Id = claim.OfficerId };

    public Task<Outcome> ChangeFlags(ImmutableArray<string> flags) => Carry(new ChangeFlags(flags, clock.GetUtcNow()));

    public Task<Outcome> Join(string referral, string kind, string recordedBy) =>
        Carry(new Join(referral, kind, recordedBy, clock.GetUtcNow()));

    public Task<Outcome> NoteRemoval(RemovalNoted removal) => Carry(removal.PutBack
        ? new NotePutBack(clock.GetUtcNow())
        : new NoteRemoval(removal.On, removal.Ground, removal.Unmet, clock.GetUtcNow()));

    public async Task<ImmutableArray<ObligationView>> Obligations(DateTimeOffset? at)
    {
        var now = clock.GetUtcNow();
        var episode = at < now && store.RecordExists ? await Refold(at.Value) : _episode;
        return [.. (await Derive(episode, at ?? now)).Select(View)];
    }

    public Task Look() => Carry(new Look(clock.GetUtcNow()));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _remindedAt = null;                                          // The tick used it up, or comes again in a minute.
        if ((await Carry(new Look(clock.GetUtcNow()))).Events.IsEmpty)
        {
            await RemindAt(await NextInstant());
        }
    }

    private async Task<Outcome> Carry(EpisodeCommand command, Precondition? ifMatch = null) => (await CarryOut(command, ifMatch)).Outcome;

    /// <returns>What came of it, and what is owed after it; null if nothing was stored.</returns>
    private async Task<(Outcome Outcome, ImmutableArray<Obligation>? Owed)> CarryOut(EpisodeCommand command, Precondition? ifMatch)
    {
        if (await RulesOf(command) is not { } rules)
        {
            return (No(Refusal.NotOpen), null);
        }
        if (ifMatch?.Refusal(store.State.Version) is { } stale)
        {
            return (stale, null);
        }
        switch (Decide(command, _episode, rules, _quiet))
        {
            case Refused refused:
                LogRefused(logger, Reference, refused.Why.Code);
                return (No(refused.Why, store.State.Version), null);
            case Accepted { Events: [_, ..] events }:
                var (appended, owed) = await Append(events);
                return (Outcome.Done(store.State.Version, [.. appended.Select(happened => happened.Name)]), owed);
            default:
                return (Outcome.Done(store.State.Version, []), null);
        }
    }

    /// <summary>
    /// Stores the events, and with them what is overdue as soon as it is owed: a referral, or a signal that comes late, must not
    /// wait for the next look to be noticed.
    /// </summary>
    /// <returns>Everything that was stored, and what is owed after it.</returns>
    private async Task<(ImmutableArray<EpisodeEvent> Events, ImmutableArray<Obligation> Owed)> Append(ImmutableArray<EpisodeEvent> events)
    {
        var after = events.Aggregate(_episode, Evolve);
        var rules = await RulesOf(after.Begun!);                     // A signal may have brought another calendar.
        var now = clock.GetUtcNow();
        var owed = Derived.Of(after, rules, now);
        if (after is Episode.Underway underway && Noticing.Of(underway, owed, rules, now) is { IsEmpty: false } noticed)
        {
            events = [.. events, .. noticed];
            after = noticed.Aggregate(after, Evolve);
            owed = Derived.Of(after, rules, now);
        }
        var next = Derived.NextInstant(after, owed, rules, now);
        try
        {
            store.State = EpisodeRecords.Write(after, events, owed, next, store.State.Version, FoldVersion, now);
            var reminding = RemindAt(next);                          // Harmless if the write fails: only a nudge to look.
            await store.WriteStateAsync();
            await reminding;
            store.State = store.State with { Pending = [], Obligations = [], Head = null };
            (_episode, _quiet) = (after, Quiet.Between(now, next));
            NoteLag(events);
            return (events, owed);
        }
        catch (Exception why)
        {
            GrainMeasures.NoteFailedWrite(why);
            // The write may or may not have landed, and only the store knows. A fresh activation will read it.
            DeactivateOnIdle();
            throw;
        }
    }

    private static void NoteLag(ImmutableArray<EpisodeEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened is EpisodeEvent.BecameOverdue overdue) { GrainMeasures.RecordingLag.Record((overdue.KnownAt - overdue.HappenedAt).TotalSeconds); }
        }
    }

    /// <summary>Sets the one reminder to the next instant. What fails here loses nothing: the auditor finds what was missed.</summary>
    private async Task RemindAt(DateTimeOffset? next)
    {
        if (next == _remindedAt && next is not null)
        {
            return;
        }
        try
        {
            if (next is { } at)
            {
                var wait = at - clock.GetUtcNow();
                await this.RegisterOrUpdateReminder(NextLook, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Again);
            }
            else if (await this.GetReminder(NextLook) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }
            _remindedAt = next;
        }
        catch (Exception why) when (why is not OutOfMemoryException)
        {
            LogNotReminded(logger, why, Reference);
        }
    }

    private async Task<DateTimeOffset?> NextInstant()
    {
        if (_episode is not Episode.Underway now)
        {
            return null;
        }
        var (rules, at) = (await RulesOf(now), clock.GetUtcNow());
        return Derived.NextInstant(now, Derived.Of(now, rules, at), rules, at);
    }

    /// <summary>The episode as it was known at <paramref name="knownBy"/>, folded from the rows.</summary>
    private async Task<Episode> Refold(DateTimeOffset knownBy)
    {
        var rows = await history.HistoryAsync(Reference);
        var folded = rows.Select(row => EventCodec.Read(row.Type, row.HappenedAt, row.KnownAt, row.Data))
            .TakeWhile(happened => happened.KnownAt <= knownBy).Aggregate(Episode.Initial, Evolve);
        LogRefolded(logger, Reference, rows.Length, store.State.FoldVersion);
        return folded;
    }

    private async ValueTask<ImmutableArray<Obligation>> Derive(Episode episode, DateTimeOffset now) =>
        episode.Begun is { } begun ? Derived.Of(episode, await RulesOf(begun), now) : [];

    private ObligationView View(Obligation owed) => EpisodeRecords.View(owed, _episode.Begun!);

    private async ValueTask<Ruleset?> RulesOf(EpisodeCommand command) => (command, _episode.Begun) switch
    {
        (_, { } begun) => await RulesOf(begun),
        (Open open, _) => await RulesOf(open.Subject, open.Pack, open.Absence),
        _ => null,                                                   // Nothing was ever opened under this reference.
    };

    private ValueTask<Ruleset> RulesOf(Episode.Underway begun) => RulesOf(begun.Subject, begun.Pack, begun.Absence);

    private ValueTask<Ruleset> RulesOf(Subject subject, PackVersion pack, Absence absence) =>
        rulebook.For(subject.Authority, subject.Urn, absence.CalendarVersion, subject.YearGroup, pack);
}
