using System.Diagnostics;

namespace Cme.Web.Tests.Hosting;

/// <summary>The machine's clock, so much ahead: hours can pass in a test while timers run as ever.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override long GetTimestamp() => base.GetTimestamp() + (Interlocked.Read(ref _ahead) * (Stopwatch.Frequency / TimeSpan.TicksPerSecond));
}
