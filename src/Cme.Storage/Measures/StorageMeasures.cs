using System.Diagnostics.Metrics;
using Cme.Storage.Auditor;

namespace Cme.Storage.Measures;

/// <summary>What the store counts. What each means, and what to do about it: docs/operations.md.</summary>
public static class StorageMeasures
{
    public static readonly Meter Meter = new("Cme.Storage");

    internal static readonly Tally<AuditKind> Found = new(Meter, "cme.auditor.found", "{thing}", "Things that the auditor found missed", "kind");

    internal static readonly Tally<AuditKind> Woken = new(
        Meter, "cme.auditor.woken", "{thing}", "Things that the auditor woke because nobody else had; above zero is an alarm", "kind");

    internal static readonly Tally<AuditOutcome> Audits = new(Meter, "cme.auditor.audits", "{audit}", "Audits, by whether they proved anything", "outcome");

    internal enum AuditOutcome
    {
        /// <summary>The audit was carried out, whatever it found.</summary>
        Proven,

        /// <summary>It failed.</summary>
        NotProven,
    }
}
