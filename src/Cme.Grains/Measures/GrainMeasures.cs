using System.Diagnostics.Metrics;
using Cme.Storage;
using Cme.Storage.Measures;
using Orleans.Storage;

namespace Cme.Grains.Measures;

/// <summary>What the grains and their callers count. What each means, and what to do about it: docs/operations.md.</summary>
public static class GrainMeasures
{
    public static readonly Meter Meter = new("Cme.Grains");

    internal static readonly Histogram<double> RecordingLag = Meter.CreateHistogram(
        "cme.deadlines.lag", "s", "How long after its instant an obligation that nobody fulfilled was recorded as overdue", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600] });

    internal static readonly Tally<CallOutcome> Calls = new(
        Meter, "cme.calls.lost", "{call}", "Calls of grains that no silo answered: sent again, or refused as unavailable", "outcome");

    private static readonly Tally<WriteFailure> Writes = new(
        Meter, "cme.writes.failed", "{write}", "Writes of a grain's state that failed; its next call reads what is stored", "cause");

    /// <summary>Notes why a write failed.</summary>
    internal static void NoteFailedWrite(Exception why) => Writes.Add(CauseOf(why));

    private static WriteFailure CauseOf(Exception why) => why switch
    {
        InconsistentStateException => WriteFailure.Conflict,
        StorageUnavailableException => WriteFailure.Unavailable,
        CommitUnknownException => WriteFailure.UnknownCommit,
        { InnerException: { } inner } => CauseOf(inner),
        _ => WriteFailure.Other,
    };

    internal enum CallOutcome
    {
        Repeated,
        Refused,
    }

    internal enum WriteFailure
    {
        /// <summary>Somebody else wrote since the grain read: for a moment it was awake twice.</summary>
        Conflict,
        Unavailable,
        UnknownCommit,
        Other,
    }
}
