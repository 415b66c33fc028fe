using System.Reflection;
using System.Text.Json;
using Cme.Runtime.Embedded.Simulation;

namespace Cme.Runtime.Embedded.Hosting;

/// <summary>How the runtime is set up.</summary>
public sealed class EmbeddedRuntimeOptions
{
    /// <summary>Where the grain classes are.</summary>
    public ICollection<Assembly> GrainAssemblies { get; } = [];

    /// <summary>The service key of the business clock, on which reminders wait. Null means the plain <see cref="TimeProvider"/> for both clocks.</summary>
    public string? BusinessClockKey { get; set; }

    /// <summary>How long a grain stays in memory after its last call, on the system clock. 15 minutes unless set.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a call may wait for its turn before it fails with <see cref="TimeoutException"/>, on the system clock. 30 seconds unless set.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often idle grains and calls that waited too long are looked for. 5 seconds unless set.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long stopping may take, on the system clock. 10 seconds unless set.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The shortest period of a reminder. 1 minute unless set.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Ticks under way at once, when many fall due together. 64 unless set.</summary>
    public int ConcurrentTicks { get; set; } = 64;

    /// <summary>How arguments and results that are not immutable are copied.</summary>
    public JsonSerializerOptions CallJson { get; set; } = new();

    /// <summary>Faults to inject; null, and never anything else in production, for none.</summary>
    public ChaosOptions? Chaos { get; set; }

    /// <summary>Where the turns of grains wait to be run; null, and never anything else in production, for the thread pool.</summary>
    public ITurnQueue? Turns { get; set; }

    internal void Validate()
    {
        if (GrainAssemblies.Count == 0)
        {
            throw new InvalidOperationException("EmbeddedRuntimeOptions.GrainAssemblies is empty. Add the assembly that holds the grain classes.");
        }

        foreach (var (name, span) in new[]
        {
            (nameof(IdleAfter), IdleAfter), (nameof(CallTimeout), CallTimeout), (nameof(SweepEvery), SweepEvery),
            (nameof(StopWithin), StopWithin), (nameof(MinimumReminderPeriod), MinimumReminderPeriod),
        })
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero, name);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(ConcurrentTicks, 1);
    }
}
