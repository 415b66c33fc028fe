using System.Collections.Immutable;
using System.Diagnostics;

namespace Cme.Benchmarks.Harness;

/// <summary>What one contestant did in one round.</summary>
/// <param name="Count">How many units of work: registers, commands, starts.</param>
/// <param name="Elapsed">From the first unit's beginning until the last one's rows were all there.</param>
/// <param name="Latencies">How long each unit took for its caller, in milliseconds.</param>
internal sealed record Lap(int Count, TimeSpan Elapsed, double[] Latencies)
{
    /// <summary>Further figures by name, such as bytes of write-ahead log.</summary>
    public ImmutableDictionary<string, double> Extras { get; init; } = ImmutableDictionary<string, double>.Empty;

    public double PerSecond => Count / Elapsed.TotalSeconds;

    public double PercentileOf(double part) => Percentile.Of([.. Latencies.Order()], part);
}

/// <summary>Callers at work at once.</summary>
internal static class Callers
{
    /// <summary>Has a number of callers do items 0 to <paramref name="count"/> - 1, each the next one as soon as it is free.</summary>
    /// <param name="work">Given which caller it is and which item; an exception ends the lap.</param>
    /// <param name="settle">Waits for what goes on after the last answer; it counts into the elapsed time.</param>
    public static async Task<Lap> RunAsync(int callers, int count, Func<int, int, Task> work, Func<Task>? settle = null)
    {
        var latencies = new double[count];
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller))));
        var answered = Stopwatch.GetElapsedTime(began);
        await (settle?.Invoke() ?? Task.CompletedTask);
        var elapsed = Stopwatch.GetElapsedTime(began);
        return new Lap(count, elapsed, latencies) { Extras = ImmutableDictionary<string, double>.Empty.Add(SettledAfter, (elapsed - answered).TotalMilliseconds) };

        async Task CallAsync(int caller)
        {
            for (int item; (item = Interlocked.Increment(ref next)) < count;)
            {
                var sent = Stopwatch.GetTimestamp();
                await work(caller, item);
                latencies[item] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        }
    }

    /// <summary>The extra figure: milliseconds from the last answer until the last row was there.</summary>
    public const string SettledAfter = "settled after ms";
}
