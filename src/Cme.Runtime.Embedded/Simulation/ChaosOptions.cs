namespace Cme.Runtime.Embedded.Simulation;

/// <summary>Faults that Orleans permits and a test seldom meets, made frequent. Grains must give the same answers under all of them.</summary>
/// <remarks>
/// Each fault is a share of its occasions, 0 to 1. What befalls a grain's nth write, call or tick depends on the seed, the grain and n alone, not on the
/// order in which threads run, so that a seed which failed fails again.
/// </remarks>
public sealed class ChaosOptions
{
    /// <summary>Another seed, other faults.</summary>
    public int Seed { get; set; }

    /// <summary>Ticks that come late, by up to <see cref="LatestTick"/> of business time.</summary>
    public double LateTicks { get; set; }

    /// <summary>How late a late tick may be; 10 minutes unless set.</summary>
    public TimeSpan LatestTick { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Ticks that come twice.</summary>
    public double DoubledTicks { get; set; }

    /// <summary>Ticks that never come; the next comes a period later.</summary>
    public double LostTicks { get; set; }

    /// <summary>Calls after which the activation ends, so that the next one reads the stored state.</summary>
    public double Deactivations { get; set; }

    /// <summary>Writes refused with an <see cref="Orleans.Storage.InconsistentStateException"/> before they reach the store.</summary>
    public double WriteConflicts { get; set; }

    /// <summary>Writes that land, and then report a time-out.</summary>
    public double LandedTimeouts { get; set; }

    /// <summary>Copy every argument and result, immutable ones included, by writing it as JSON and reading it again. True unless set.</summary>
    public bool CopyEverything { get; set; } = true;
}
