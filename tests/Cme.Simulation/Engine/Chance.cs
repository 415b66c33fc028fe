namespace Cme.Simulation.Engine;

/// <summary>Random numbers that a seed decides, the same on every machine (SplitMix64).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for each purpose, so that leaving one event out of a plan does not change what befalls the others.</summary>
    public static Chance For(int seed, params ReadOnlySpan<int> purpose)
    {
        var mixed = Mixed(unchecked((ulong)seed * 0x9E3779B97F4A7C15UL));
        foreach (var part in purpose)
        {
            mixed = Mixed(mixed ^ unchecked((ulong)part + 0xD1B54A32D192ED03UL));
        }
        return new Chance(mixed);
    }

    /// <summary>0 or more, below <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>From the first to the last, both included.</summary>
    public int Between(int first, int last) => first + Next(last - first + 1);

    /// <summary>True in so many of a thousand cases.</summary>
    public bool InThousand(int cases) => Next(1000) < cases;

    public T Pick<T>(params ReadOnlySpan<T> of) => of[Next(of.Length)];

    private ulong Next()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15UL);
        return Mixed(_state);
    }

    private static ulong Mixed(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
