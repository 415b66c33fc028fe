using System.ComponentModel.DataAnnotations;

namespace Cme.Storage.Batching;

/// <summary>How writes share commits.</summary>
public sealed class GroupCommitOptions
{
    /// <summary>How many commits may be under way at once.</summary>
    /// <value>1 to 8; 2 unless configured: while one waits for the disk the other is prepared.</value>
    [Range(1, 8)] public int Writers { get; init; } = 2;

    /// <summary>The most writes that one commit takes.</summary>
    /// <value>1 to 2,000; 128 unless configured. More gain little for each write, and make each wait for more of the others.</value>
    [Range(1, 2000)] public int LargestBatch { get; init; } = 128;

    /// <summary>How many writes may wait; one more is refused, as PostgreSQL does not keep up.</summary>
    /// <value>100 to 1,000,000; 50,000 unless configured.</value>
    [Range(100, 1_000_000)] public int Capacity { get; init; } = 50_000;

    /// <summary>
    /// The same with one writer, for what is small or only read: what it costs is the going there, and while one call is under way the next
    /// one gathers twice as much.
    /// </summary>
    public GroupCommitOptions OneAtATime => new() { Writers = 1, LargestBatch = LargestBatch, Capacity = Capacity };
}
