using System.ComponentModel.DataAnnotations;

namespace Cme.Storage.Auditor;

/// <summary>How often the auditor proves that nothing was missed, and how late a thing may be before it counts as missed.</summary>
public sealed class AuditorOptions
{
    /// <summary>How often it looks (system clock).</summary>
    /// <value>10 seconds to 1 hour; 1 minute unless configured. Shorter costs database reads, not accuracy.</value>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")] public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its instant an obligation must have been looked at (business clock).</summary>
    /// <value>5 seconds to 1 hour; 1 minute unless configured: a reminder may be that late.</value>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")] public TimeSpan LookTolerance { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its commit an event must be numbered (system clock).</summary>
    /// <value>1 second to 1 hour; 10 seconds unless configured.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan PublishTolerance { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its commit a register's signal must be delivered (system clock).</summary>
    /// <value>1 second to 1 hour; 30 seconds unless configured.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan DeliveryTolerance { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most of one kind that one audit names and wakes; what is left is found by the next.</summary>
    /// <value>1 to 100,000; 1,000 unless configured.</value>
    [Range(1, 100_000)] public int Most { get; init; } = 1_000;
}
