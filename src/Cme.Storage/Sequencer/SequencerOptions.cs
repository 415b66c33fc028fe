using System.ComponentModel.DataAnnotations;

namespace Cme.Storage.Sequencer;

/// <summary>How what was committed gets its numbers.</summary>
public sealed class SequencerOptions
{
    /// <summary>How long the sequencer rests when nobody wakes it: another process may have committed.</summary>
    /// <value>10 to 200 milliseconds; 150 unless configured. Nothing may wait more than 200.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:00.200")] public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The least time between two rounds under load. The first goes at once; what comes meanwhile goes together.</summary>
    /// <value>0 to 100 milliseconds; 20 unless configured.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.100")] public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The most that one round numbers of one authority.</summary>
    /// <value>1 to 100,000; 5,000 unless configured.</value>
    [Range(1, 100_000)] public int Limit { get; init; } = 5_000;
}
