using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Cme.Domain.Procedures;
using Cme.Simulation.World;

namespace Cme.Simulation;

/// <summary>What <c>./cme simulate</c> and <c>./cme prove</c> run.</summary>
internal sealed class CommandLine
{
    private const string Usage = """
        simulate --seed N                 live through one seed, and tell its story
                 --days D --pupils P --schools S    of another size than the seed's own
                 --pack ID                under another procedure than the seed's own
                 --seeds N [--from M]     many seeds, without their stories
                 --first          and stop at the first that fails; --brief leaves its plan as it is
                 --only 3,7 --faultless 3 --without p02 --calm    a part of the seed's plan, as a failure names it
        """;

    private readonly TextWriter _to;
    private int _seed = 1;
    private int _seeds = 1;
    private int? _days;
    private int? _pupils;
    private int? _schools;
    private string? _pack;
    private bool _untilFirst;
    private bool _brief;
    private Part _part = Part.All;

    private CommandLine(TextWriter to) => _to = to;

    /// <returns>0 if nothing happened that must never happen, 1 if something did, 2 for a wrong command line.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter to)
    {
        var line = new CommandLine(to);
        return !line.Reads(args) ? line.Explained() : line._seeds == 1 ? line.One() : line.Many();
    }

    private bool Reads(IReadOnlyList<string> args)
    {
        for (var at = 0; at < args.Count; at++)
        {
            if (args[at] == "--calm")
            {
                _part = _part with { Calm = true };
            }
            else if (args[at] == "--brief")
            {
                _brief = true;
            }
            else if (args[at] == "--first")
            {
                _untilFirst = true;
            }
            else if (at + 1 >= args.Count || !Takes(args[at], args[++at]))
            {
                return false;
            }
        }
        return true;
    }

    private bool Takes(string option, string value)
    {
        var isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0;
        switch (option)
        {
            case "--seed" or "--from" when isNumber: _seed = number; break;
            case "--seeds" when isNumber: _seeds = number; break;
            case "--days" when isNumber: _days = number; break;
            case "--pupils" when isNumber: _pupils = number; break;
            case "--schools" when isNumber: _schools = number; break;
            case "--pack" when PackCatalogue.Shipped.Has(value): _pack = value; break;
            case "--only": _part = _part with { Only = Numbers(value) }; break;
            case "--faultless": _part = _part with { Faultless = Numbers(value) }; break;
            case "--without": _part = _part with { Without = value.Split(',') }; break;
            default: return false;
        }
        return true;
    }

    private int One()
    {
        var plan = _part.Of(PlanOf(_seed));
        var watch = Stopwatch.StartNew();
        var verdict = Simulation.Run(plan, withStory: true);
        foreach (var line in verdict.Story)
        {
            _to.WriteLine(line);
        }
        _to.WriteLine();
        _to.WriteLine(Summary(_seed, plan, verdict, watch.Elapsed));
        if (verdict.Failure is null)
        {
            return 0;
        }
        if (ReferenceEquals(_part, Part.All))
        {
            TellSmallest(_seed, verdict);
        }
        return 1;
    }

    private int Many()
    {
        var watch = Stopwatch.StartNew();
        var failures = new ConcurrentDictionary<int, Verdict>();
        var done = 0;
        Parallel.For(_seed, _seed + _seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            var verdict = Simulation.Run(PlanOf(seed));
            if (verdict.Failure is not null)
            {
                failures[seed] = verdict;
            }
            if (_untilFirst && !failures.IsEmpty)
            {
                loop.Stop();
            }
            var so = Interlocked.Increment(ref done);
            if (so % Math.Max(1, _seeds / 20) == 0)
            {
                lock (_to)
                {
                    _to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {so} of {_seeds} seeds, {failures.Count} failed, {watch.Elapsed.TotalSeconds:0} s"));
                }
            }
        });
        foreach (var (seed, verdict) in failures.OrderBy(failure => failure.Key))
        {
            _to.WriteLine($"seed {seed}: {verdict.Failure!.Message}");
        }
        if (!_brief && failures.Keys.Order().FirstOrDefault() is > 0 and var first)
        {
            TellSmallest(first, failures[first]);
        }
        _to.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{done} seeds from {_seed}: {failures.Count} failed, {watch.Elapsed.TotalSeconds:0} s, {done / watch.Elapsed.TotalSeconds:0} a second"));
        return failures.IsEmpty ? 0 : 1;
    }

    private void TellSmallest(int seed, Verdict verdict)
    {
        _to.WriteLine("Leaving out what does not matter ...");
        var whole = PlanOf(seed);
        var part = Shrinking.Smallest(whole, verdict.Failure!.Invariant, plan => Simulation.Run(plan));
        var smallest = Simulation.Run(part.Of(whole), withStory: true);
        _to.WriteLine();
        foreach (var line in smallest.Story)
        {
            _to.WriteLine(line);
        }
        _to.WriteLine();
        _to.WriteLine($"Never: {smallest.Failure!.Message}");
        _to.WriteLine();
        _to.WriteLine($"Again: ./cme simulate --seed {seed}{SizeOptions}{part.Options}");
    }

    private int Explained()
    {
        _to.WriteLine(Usage);
        return 2;
    }

    private Plan PlanOf(int seed)
    {
        var own = Planner.SizeOf(seed);
        return Planner.For(seed, new Size(_days ?? own.Days, _pupils ?? own.Pupils, _schools ?? own.Schools), _pack);
    }

    private string SizeOptions => string.Concat(
        _days is { } days ? $" --days {days}" : "", _pupils is { } pupils ? $" --pupils {pupils}" : "", _schools is { } schools ? $" --schools {schools}" : "",
        _pack is { } pack ? $" --pack {pack}" : "");

    private static string Summary(int seed, Plan plan, Verdict verdict, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Seed {seed}: {plan.Size.Days} days from {plan.From:ddd d MMM yyyy}, {plan.Schools.Sum(school => school.Pupils.Count)} pupils, {plan.Pack}, {(plan.Weather.IsCalm ? "calm" : "foul weather")}.
        {verdict.Figures.Happenings} things happened, {verdict.Figures.Episodes} episodes with {verdict.Figures.Events} events, {verdict.Figures.Faults} faults, {verdict.Figures.Deaths} deaths; {took.TotalMilliseconds:0} ms, trace {verdict.Trace:x16}.
        {(verdict.Failure is null ? "Nothing happened that must never happen." : $"NEVER: {verdict.Failure.Message}")}
        """);

    private static List<int> Numbers(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
