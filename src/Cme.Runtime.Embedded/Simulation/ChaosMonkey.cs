using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Storage;

namespace Cme.Runtime.Embedded.Simulation;

/// <summary>Decides which fault befalls whom.</summary>
internal sealed class ChaosMonkey(ChaosOptions options)
{
    private enum Fault { Tick, Lateness, Deactivation, Conflict, Timeout }

    private readonly ConcurrentDictionary<(Fault Kind, GrainId Grain), int> _occasions = new();

    /// <summary>What happens to a tick.</summary>
    public enum TickFate { OnTime, Late, Doubled, Lost }

    public TickFate FateOfTick(GrainId grain)
    {
        var roll = Roll(Fault.Tick, grain);
        return roll < options.LostTicks ? TickFate.Lost
            : roll < options.LostTicks + options.DoubledTicks ? TickFate.Doubled
            : roll < options.LostTicks + options.DoubledTicks + options.LateTicks ? TickFate.Late
            : TickFate.OnTime;
    }

    /// <summary>By how much a late tick is late.</summary>
    public TimeSpan Lateness(GrainId grain) => options.LatestTick * Roll(Fault.Lateness, grain);

    public bool DeactivatesAfterCall(GrainId grain) => Roll(Fault.Deactivation, grain) < options.Deactivations;

    public void BeforeWrite(GrainId grain, string? etag)
    {
        if (Roll(Fault.Conflict, grain) < options.WriteConflicts)
        {
            throw new InconsistentStateException($"Chaos: the write of {grain} was refused.", null, etag);
        }
    }

    public void AfterWrite(GrainId grain)
    {
        if (Roll(Fault.Timeout, grain) < options.LandedTimeouts)
        {
            throw new TimeoutException($"Chaos: the write of {grain} landed, and nobody is told.");
        }
    }

    // From 0 to 1: a hash of the seed, the kind, the grain and how often it was asked (FNV-1a, then SplitMix64's finish).
    private double Roll(Fault kind, GrainId grain)
    {
        var occasion = _occasions.AddOrUpdate((kind, grain), 1, static (_, n) => n + 1);
        var hash = 14695981039346656037UL;
        foreach (var character in $"{options.Seed}|{kind}|{grain}|{occasion}")
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) / (double)(1UL << 53);
    }
}
