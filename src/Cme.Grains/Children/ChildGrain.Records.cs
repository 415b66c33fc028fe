using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Grains.Episodes;

namespace Cme.Grains.Children;

/// <summary>The records that the authority leads. A child has one of each kind open at a time.</summary>
internal sealed partial class ChildGrain
{
    public async Task<RecordAnswer> OpenRecord(OpenRecord command)
    {
        var known = store.State.Of(command.Kind);
        var status = known.Episodes.IsEmpty ? EpisodeStatus.Closed : await StatusOf(known.Episodes[^1]);
        if (status == EpisodeStatus.Open)
        {
            await Link(known.Episodes[^1], command);
            return new() { Outcome = Cme.Contracts.Outcome.Done(0, []), Reference = known.Episodes[^1] };
        }
        if (status == EpisodeStatus.Closed)
        {
            // Before it is opened: if we fail in between, whoever asks again opens the same one, and never a second.
            known = known with { Episodes = known.Episodes.Add(references.New().Key) };
            await Store((await WithRolls(store.State, command.Authority, command.ChildId)).With(known));
        }
        var reference = known.Episodes[^1];
        Expect(await GrainFactory.GetGrain<IEpisodeGrain>(reference).OpenRecord(command with { Flags = store.State.FlagsInForce([]) }));
        if (command.LinkedTo is { } cause)
        {
            await GrainFactory.GetGrain<IEpisodeGrain>(cause).Link(reference, command.Kind, command.RecordedBy);
        }
        return new() { Outcome = Cme.Contracts.Outcome.Done(0, []), Reference = reference, IsNew = true };
    }

    /// <summary>What led to a record that is open already is evidence of the same story.</summary>
    private async Task Link(string reference, OpenRecord command)
    {
        if (command.LinkedTo is not { } cause || cause == reference)
        {
            return;
        }
        var kind = store.State.Records.FirstOrDefault(records => records.Episodes.Contains(cause))?.Kind ?? EpisodeKinds.Whereabouts;
        await GrainFactory.GetGrain<IEpisodeGrain>(reference).Link(cause, kind, command.RecordedBy);
        await GrainFactory.GetGrain<IEpisodeGrain>(cause).Link(reference, command.Kind, command.RecordedBy);
    }

    public async Task TellLinked(string reference)
    {
        var isOver = await StatusOf(reference) == EpisodeStatus.Closed;
        foreach (var other in store.State.Latest.Where(other => other != reference).ToList())
        {
            await GrainFactory.GetGrain<IEpisodeGrain>(other).NoteLinked(reference, isOver);
        }
    }

    private async Task<ActionAnswer> ReopenRecord(OfAuthority known, string reference, RecordAction action)
    {
        if (known.Episodes[^1] is var last && last != reference)
        {
            if (await StatusOf(last) == EpisodeStatus.Open)
            {
                return new() { Outcome = Cme.Contracts.Outcome.Refused("another-open", $"The child has an open record of this kind, {last}. Go on with that one.") };
            }
            // It becomes the one that hears of flags and sightings. First, so that no fault in between leaves two of them open.
            await Store(store.State.With(known with { Episodes = known.Episodes.Remove(reference).Add(reference) }));
        }
        return await Reopened(reference, action);
    }

    private async Task<EpisodeStatus> StatusOf(string reference) =>
        (await GrainFactory.GetGrain<IEpisodeGrain>(reference).Standing()).ToDomain().Status;
}
