using System.Collections.Immutable;

namespace Cme.Benchmarks.Harness;

/// <summary>Someone who does the work in each round: we, or a peer.</summary>
/// <param name="Name">Unique in its contest.</param>
/// <param name="RunAsync">What is measured; given the number of the round, which counts the warm-up and repeated ones.</param>
internal sealed record Contestant(string Name, Func<int, Task<Lap>> RunAsync)
{
    /// <summary>What must be there before, not measured.</summary>
    public Func<int, Task> PrepareAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Adds figures that are taken only afterwards, not measured.</summary>
    public Func<Lap, Task<Lap>> SettleAsync { get; init; } = Task.FromResult;

    /// <summary>Looks whether the work was done, not measured. Throws <see cref="BenchmarkBrokenException"/> if it was not.</summary>
    public Func<int, Task> CheckAsync { get; init; } = _ => Task.CompletedTask;
}

/// <summary>A lap with who used the processors meanwhile.</summary>
internal sealed record MeasuredLap(Lap Lap, CpuUse Cpu);

/// <summary>
/// Rounds in which every contestant has one lap after the other, so that whatever changes on the machine meets all of them alike and only
/// laps of one round are compared. A round in which other work took the machine is run again.
/// </summary>
/// <param name="warmUp">Rounds that do not count.</param>
internal sealed class Contest(CpuLedger ledger, BenchOptions options, int warmUp)
{
    /// <summary>The part of the processors that others may take before a round is run again.</summary>
    public const double Tolerated = 0.10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>How many rounds <see cref="RunAsync"/> may need, warm-up included: prepare as much work.</summary>
    public int MostRounds => warmUp + options.Rounds + options.SpareRounds;

    public async Task<Scores> RunAsync(IReadOnlyList<Contestant> contestants)
    {
        var run = new List<Round>();
        for (var number = 0; number < MostRounds; number++)
        {
            var round = await RoundAsync(number, contestants);
            if (number >= warmUp) { run.Add(round); }
            if (run.Count(one => one.Others <= Tolerated) == options.Rounds) { break; }
        }
        // Where the machine never was quiet, the least disturbed ones count, and the report says how much was taken.
        var kept = run.OrderBy(one => one.Others).Take(options.Rounds).OrderBy(one => one.Number).ToImmutableArray();
        return new Scores(kept, warmUp, run.Count - kept.Length);
    }

    private async Task<Round> RoundAsync(int number, IReadOnlyList<Contestant> contestants)
    {
        var laps = ImmutableDictionary.CreateBuilder<string, MeasuredLap>();
        foreach (var contestant in contestants)
        {
            await contestant.PrepareAsync(number);
            GC.Collect();
            var before = ledger.Read();
            var lap = await InTimeAsync(contestant, number);
            var cpu = CpuLedger.Between(before, ledger.Read());
            lap = await contestant.SettleAsync(lap);
            await contestant.CheckAsync(number);
            laps[contestant.Name] = new MeasuredLap(lap, cpu);
            Console.WriteLine(string.Create(null, $"  {(number < warmUp ? "warm-up" : $"round {number - warmUp + 1}")}: {contestant.Name}: {lap.Count} in {lap.Elapsed.TotalMilliseconds:N0} ms, others {cpu.Others:P0}"));
        }
        return new Round(number, laps.ToImmutable());
    }

    private static async Task<Lap> InTimeAsync(Contestant contestant, int number)
    {
        try
        {
            return await contestant.RunAsync(number).WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkBrokenException($"'{contestant.Name}' did not end within {Patience.TotalMinutes} minutes: something that was begun is never finished.");
        }
    }
}

/// <summary>One lap of every contestant.</summary>
internal sealed record Round(int Number, ImmutableDictionary<string, MeasuredLap> Laps)
{
    /// <summary>The most that other work took of the processors in a lap.</summary>
    public double Others => Laps.Values.Max(lap => lap.Cpu.Others);
}

/// <summary>The rounds that count.</summary>
/// <param name="WarmUp">How many went before that do not.</param>
/// <param name="Repeated">How many more were run because other work took the machine.</param>
internal sealed record Scores(ImmutableArray<Round> Rounds, int WarmUp, int Repeated)
{
    public IEnumerable<MeasuredLap> Of(string contestant) => Rounds.Select(round => round.Laps[contestant]);

    public Spread Spread(string contestant, Func<Lap, double> figure) => Harness.Spread.Of(Of(contestant).Select(one => figure(one.Lap)));

    /// <summary>One contestant's figure over another's, in each round.</summary>
    public Spread Ratio(string over, string under, Func<Lap, double> figure) => Harness.Spread.Of(
        Rounds.Select(round => figure(round.Laps[over].Lap) / figure(round.Laps[under].Lap)));

    /// <summary>A percentile of all the calls of all rounds, in milliseconds.</summary>
    public double Percentile(string contestant, double part) =>
        Harness.Percentile.Of([.. Of(contestant).SelectMany(one => one.Lap.Latencies).Order()], part);

    /// <summary>Processor time a unit of work, in microseconds, over all rounds.</summary>
    public double CpuMicroseconds(string contestant, string account)
    {
        var laps = Of(contestant).ToList();
        return laps.Sum(one => one.Cpu.Seconds[account]) * 1e6 / laps.Sum(one => one.Lap.Count);
    }

    /// <summary>The most that other work took of the processors in a lap of this contestant.</summary>
    public double Others(string contestant) => Of(contestant).Max(one => one.Cpu.Others);
}
