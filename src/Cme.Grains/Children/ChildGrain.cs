using System.Collections.Immutable;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Grains.Episodes;
using Cme.Grains.Measures;
using Cme.Grains.Rules;
using Cme.Storage.Schools;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.Children;

/// <summary>Finds or opens the one episode that an absence belongs to. Which one it is, <see cref="EpisodeIndex"/> decides.</summary>
internal sealed partial class ChildGrain(
    [PersistentState("child")] IPersistentState<ChildState> store, IReferences references, ISchools schools, IRulebook rulebook,
    [FromKeyedServices(Clock.Business)] TimeProvider clock) : Grain, IChildGrain
{
    private const int MostEarlier = 10;

    public async Task Signal(AbsenceSignal signal)
    {
        await TakeFlags(signal.Urn, signal.Flags);
        if (signal.FlagsOnly)
        {
            return;
        }
        if (signal.OfSightingOnly)
        {
            await TellOtherSchools(signal);
            return;
        }
        var known = store.State.At(signal.Urn) with { RollFlags = Sorted(signal.Flags) };
        signal = signal with { Flags = store.State.FlagsInForce(signal.Flags) };
        var latest = known.Episodes.IsEmpty ? null : GrainFactory.GetGrain<IEpisodeGrain>(known.Episodes[^1]);
        var standing = latest is null ? EpisodeStanding.None : (await latest.Standing()).ToDomain();
        if (signal.OfPlaceOnly)
        {
            await Place(signal, latest, standing);
            return;
        }
        var run = signal.Run.Select(missed => EpisodeWire.Session(missed.Date, missed.Session)).ToImmutableArray();
        switch (EpisodeIndex.Decide(run, signal.Sequence, standing, known.Covered))
        {
            case Whose.TheLatest { From: var from }:
                Expect(await latest!.Observe(From(signal, from)));
                break;
            case Whose.ANewOne begun:
                await Begin(From(signal, begun.From), known, standing, begun.Linked);
                break;
        }
        if (!signal.Run.IsEmpty)
        {
            await AskOtherPlaces(signal);
        }
    }

    public async Task<ActionAnswer> Reopen(string urn, string reference, RecordAction action)
    {
        if (store.State.Records.FirstOrDefault(records => records.Episodes.Contains(reference)) is { } ofKind)
        {
            return await ReopenRecord(ofKind, reference, action);
        }
        var known = store.State.At(urn);
        var latest = known.Episodes.IsEmpty ? EpisodeStanding.None : (await GrainFactory.GetGrain<IEpisodeGrain>(known.Episodes[^1]).Standing()).ToDomain();
        if (known.Episodes is [.., var last] && last != reference)
        {
            if (latest.Status == EpisodeStatus.Open)
            {
                return new() { Outcome = Cme.Contracts.Outcome.Refused("another-open", $"The child has an open episode at this school, {last}. Go on with that one.") };
            }
            // It becomes the one that takes the school's signals. First, so that no fault in between leaves two of them open.
            await Store(store.State.With(known with
            {
                Episodes = known.Episodes.Remove(reference).Add(reference),
                Covered = latest is { Status: EpisodeStatus.Closed, ByCode: false } && !(known.Covered > latest.Through) ? latest.Through : known.Covered,
            }));
        }
        return await Reopened(reference, action);
    }

    private async Task<ActionAnswer> Reopened(string reference, RecordAction action)
    {
        var episode = GrainFactory.GetGrain<IEpisodeGrain>(reference);
        var answer = await episode.Record(action);
        if (answer.Outcome.RefusalCode is null)
        {
            await episode.ChangeFlags(store.State.FlagsInForce([]));  // What changed while it was closed.
        }
        return answer;
    }

    /// <summary>A place on the list concerns the episode that is open; without one the school's feed shows it.</summary>
    private static async Task Place(AbsenceSignal signal, IEpisodeGrain? latest, EpisodeStanding standing)
    {
        if (standing.Status == EpisodeStatus.Open)
        {
            Expect(await latest!.Observe(signal));
        }
    }

    /// <summary>
    /// Who is missing at one school and was seen at another is for the people of the first to hear of; and for the authority's, where it
    /// keeps a record of the child.
    /// </summary>
    private async Task TellOtherSchools(AbsenceSignal sighting)
    {
        var own = store.State.At(sighting.Urn).Episodes;
        foreach (var other in store.State.Latest.Where(reference => !own.Contains(reference)))
        {
            var latest = GrainFactory.GetGrain<IEpisodeGrain>(other);
            if ((await latest.Standing()).ToDomain().Status == EpisodeStatus.Open)
            {
                Expect(await latest.Observe(sighting));
            }
        }
    }

    public Task<ImmutableArray<string>> Episodes() =>
        Task.FromResult<ImmutableArray<string>>([.. store.State.Schools.SelectMany(school => school.Episodes).Concat(store.State.Records.SelectMany(records => records.Episodes)).Reverse()]);

    /// <summary>
    /// The reference is stored before the episode is opened: if we fail in between, the signal comes again and opens the same
    /// one, and never a second.
    /// </summary>
    private async Task Begin(AbsenceSignal signal, AtSchool known, EpisodeStanding latest, bool linked)
    {
        if (known.Episodes.IsEmpty || latest.Status != EpisodeStatus.NotStarted)
        {
            known = known with
            {
                Episodes = known.Episodes.Add(references.New().Key),
                Covered = latest is { Status: EpisodeStatus.Closed, ByCode: false } ? latest.Through : known.Covered,
                LinkedTo = linked ? known.Episodes[^1] : null,
            };
            await Store(store.State.With(known));
        }
        var reference = known.Episodes[^1];
        Expect(await GrainFactory.GetGrain<IEpisodeGrain>(reference).Open(
            new OpenWhereabouts { Signal = signal, LinkedTo = known.LinkedTo, Earlier = await FirstDaysBut(reference, signal.Run[0].Date) }));
    }

    /// <summary>When the child went missing before, at whatever school, as far back as tells a repeat (DOR-51): older episodes are not woken.</summary>
    private async Task<ImmutableArray<DateOnly>> FirstDaysBut(string reference, DateOnly first)
    {
        var days = ImmutableArray.CreateBuilder<DateOnly>();
        foreach (var school in store.State.Schools)
        {
            foreach (var other in school.Episodes.TakeLast(MostEarlier).Reverse().Where(other => other != reference))
            {
                var standing = (await GrainFactory.GetGrain<IEpisodeGrain>(other).Standing()).ToDomain();
                if (standing.Status == EpisodeStatus.NotStarted) { continue; }
                if (standing.First.Date < first.AddDays(-RepeatEpisodes.Days)) { break; }
                if (!standing.WasPassing) { days.Add(standing.First.Date); }
            }
        }
        return days.DrainToImmutable();
    }

    private async Task Store(ChildState state)
    {
        try
        {
            store.State = state;
            await store.WriteStateAsync();
        }
        catch (Exception why)
        {
            GrainMeasures.NoteFailedWrite(why);
            // The write may or may not have landed, and only the store knows. A fresh activation will read it.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>What the signal says of the sessions that count. A mark that holds the run goes on holding what is left of it.</summary>
    private static AbsenceSignal From(AbsenceSignal signal, int from) => from switch
    {
        0 => signal,
        < 0 => signal with { Run = [] },
        _ => signal with { Run = signal.Run[from..] },
    };

    private static void Expect(Cme.Contracts.Outcome outcome)
    {
        if (outcome.RefusalCode is { } code)
        {
            throw new InvalidOperationException($"The episode refused a signal of the register with '{code}'. Only people can be refused.");
        }
    }
}
