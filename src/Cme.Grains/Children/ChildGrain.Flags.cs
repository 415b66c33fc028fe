using System.Collections.Immutable;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;

namespace Cme.Grains.Children;

internal sealed partial class ChildGrain
{
    public async Task<FlagsAnswer> PutFlags(PutFlags command)
    {
        var state = store.State;
        var wanted = command.Flags.Concat(state.Flags.Where(flag => command.Unseen.Contains(flag.Id) && command.Flags.All(one => one.Id != flag.Id)))
            .OrderBy(flag => flag.Id, StringComparer.Ordinal).ToImmutableArray();
        var changes = !wanted.SequenceEqual(state.Flags);
        // Who has read that there are none has read version 0.
        long? held = state.FlagsVersion == 0 && !command.IfMatch.Versions.Contains(0) ? null : state.FlagsVersion;
        if (command.IfMatch.Refusal(held, changes) is { } stale)
        {
            return new() { Outcome = stale, View = await Flags() };
        }
        if (changes)
        {
            // What the rolls say, in case none of their signals has come yet.
            var known = await WithRolls(state, command.Authority, command.ChildId);
            var version = state.FlagsVersion + 1;
            await Store(known with
            {
                Flags = wanted, FlagsVersion = version,
                FlagHistory = state.FlagHistory.Add(new() { Version = version, At = clock.GetUtcNow(), By = command.RecordedBy, Flags = wanted, Reason = command.Reason }),
            });
        }
        await TellFlags(store.State);                                // Also what is no news: the telling may have failed before.
        return new() { Outcome = Cme.Contracts.Outcome.Done(store.State.FlagsVersion, []), View = await Flags() };
    }

    /// <summary>The same child with what every roll says of it now.</summary>
    private async Task<ChildState> WithRolls(ChildState state, string authority, string childId) =>
        (await schools.PupilsOfChildAsync(authority, childId)).GroupBy(pupil => pupil.Urn)
            .Aggregate(state, (now, roll) => now.With(now.At(roll.Key) with { RollFlags = Sorted(roll.SelectMany(pupil => pupil.Pupil.Flags)) }));

    public Task<FlagsView> Flags() =>
        Task.FromResult(new FlagsView { Version = store.State.FlagsVersion, Flags = store.State.Flags, History = store.State.FlagHistory });

    /// <summary>
    /// Takes what a school's roll says. The episodes hear of it first: if we fail in between, the signal comes again and they
    /// hear nothing new. Of a child of whom nothing is tracked nothing is stored; an episode is opened with the flags it needs.
    /// </summary>
    private async Task TakeFlags(string urn, ImmutableArray<string> flags)
    {
        var known = store.State.At(urn);
        if (!store.State.Latest.Any() || known.RollFlags.SequenceEqual(Sorted(flags)))
        {
            return;
        }
        var after = store.State.With(known with { RollFlags = Sorted(flags) });
        await TellFlags(after);
        await Store(after);
    }

    /// <summary>Tells the flags in force to the one episode of each school and kind that is open, or may be opened again by a correction.</summary>
    private async Task TellFlags(ChildState state)
    {
        foreach (var reference in state.Latest)
        {
            await GrainFactory.GetGrain<IEpisodeGrain>(reference).ChangeFlags(state.FlagsInForce([]));
        }
    }

    private static ImmutableArray<string> Sorted(IEnumerable<string> flags) => [.. flags.Distinct().Order(StringComparer.Ordinal)];
}
