using System.Collections.Immutable;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Registers;
using Cme.Benchmarks.Report;
using Cme.Benchmarks.Stage;

namespace Cme.Benchmarks.Cluster;

/// <summary>
/// The same work by HTTP through one web node, on one, two and three silos, beside the program that hosts its grains itself. On one machine
/// a silo more brings no processor more: what it costs to be a cluster is what is measured, and who uses the processors for it.
/// </summary>
internal sealed class ClusterBenchmark : IBenchmark
{
    private const int WarmUp = 2;
    private const string Registers = "registers", Commands = "commands", Deadlines = "deadlines";
    private const string Web = "web", Silos = "silos", Postgres = "PostgreSQL", Sender = "sender";

    public string Name => "cluster";

    public string Work =>
        "Registers (16 connections), recorded acts (64 connections) and deadlines that fall due at one instant, by HTTP through one web node on one, two and three silos on Orleans, all processes on this machine; against the one program with the embedded runtime.";

    public async Task<Findings> RunAsync(BenchOptions options)
    {
        var (schoolsALap, acts, episodes) = (options.Size(full: 80, quick: 8), options.Size(full: 2_000, quick: 50), options.Size(full: 5_000, quick: 100));
        Sites.AreToBeHad(options);                                   // Before anything is seeded.
        await using var server = await BenchServer.StartAsync(options);
        Sites? atWork = null;
        var ledger = new CpuLedger()
            .With(Web, () => atWork?.WebSeconds ?? 0).With(Silos, () => atWork?.SiloSeconds ?? 0)
            .With(Postgres, () => ProcFiles.SecondsOfTree(server.ProcessId)).With(Sender, () => ProcFiles.SecondsOf(Environment.ProcessId));
        var contest = new Contest(ledger, options, WarmUp);

        Scores registers, commands, deadlines;
        var schools = schoolsALap * contest.MostRounds;
        Console.WriteLine($"  {schools} schools with their rolls ...");
        await using (atWork = await Sites.StartAsync(options, server, "morning", database => RegisterSite.SeedAsync(database, schools)))
        {
            registers = await contest.RunAsync([.. atWork.All.Select(one => Morning(one.Name, one.Site, server, schoolsALap, options))]);
        }
        Console.WriteLine($"  {episodes:N0} open episodes ...");
        OpenCases open = null!;
        await using (atWork = await Sites.StartAsync(options, server, "cases", async database =>
        {
            open = await OpenCases.SeedAsync(server, database, episodes);
            return [];
        }))
        {
            commands = await contest.RunAsync([.. atWork.All.Select(one => open.Acts(one.Name, one.Site, server, acts))]);
            deadlines = await contest.RunAsync([.. atWork.All.Select(one => open.Deadlines(one.Name, one.Site, server))]);
        }
        return Findings([(Registers, registers), (Commands, commands), (Deadlines, deadlines)], schoolsALap, episodes) with { Postgres = await server.SettingsAsync() };
    }

    // After the first round of warm-up each gets some registers more: a program is compiled anew while it works.
    private static Contestant Morning(string name, RegisterSite site, BenchServer server, int schoolsALap, BenchOptions options)
    {
        Range Batch(int round) => (round * schoolsALap)..((round + 1) * schoolsALap);
        var contestant = site.FirstRegisters(name, server, Batch);
        return contestant with
        {
            CheckAsync = async round =>
            {
                await contestant.CheckAsync(round);
                if (round == 0) { await site.HeatAsync(Batch(0), options.Size(full: 13, quick: 1)); }
            },
        };
    }

    private static Findings Findings(ImmutableArray<(string Work, Scores Scores)> found, int schoolsALap, int episodes) => new()
    {
        Scores = found[0].Scores,
        Postgres = [],
        Tables = [.. found.Select(one => TableOf(one.Work, one.Scores))],
        Comparisons =
        [
            .. found.SelectMany(one => Sites.Names.Skip(1).Select(name =>
                new Comparison($"{one.Work}/s, {name}", Sites.Names[0], one.Scores.Ratio(name, Sites.Names[0], lap => lap.PerSecond)))),
        ],
        Notes =
        [
            $"Registers: {schoolsALap} a lap, first of the day, of schools whose grains are asleep. Commands: a note of 120 characters on one of {episodes:N0} open episodes after the other. Deadlines: the clock is put forward to the next instant at which all {episodes:N0} are to be looked at. Each until the last event is numbered and on its board.",
            "Each on a copy of the same database, of the same PostgreSQL, and one web node. The four live throughout; a lap is one's alone. Before each lap a checkpoint.",
            "CPU is microseconds an item. Busy is how much of the machine's processors all who take part used together: near 100 % the processors are the limit, and a silo more on the same machine can only cost; what is missing was spent waiting, for each other or for the disk.",
            "Most of the difference is PostgreSQL's: the embedded runtime stores the states of many grains in one statement and commit, Orleans' storage one by one.",
        ],
    };

    private static Table TableOf(string work, Scores scores) => new(
        [work, "a second min", "median", "max", "p50 ms", "p99 ms", "CPU web", Silos, Postgres, Sender, "busy", "others"],
        [
            .. Sites.Names.Select(name => (ImmutableArray<string>)
            [
                name, .. Numbers.Cells(scores.Spread(name, lap => lap.PerSecond)), Numbers.Write(scores.Percentile(name, 0.5)), Numbers.Write(scores.Percentile(name, 0.99)),
                .. new[] { Web, Silos, Postgres, Sender }.Select(account => Numbers.Write(scores.CpuMicroseconds(name, account))),
                $"{BusyOf(scores, name):P0}", $"{scores.Others(name):P0}",
            ]),
        ]);

    /// <summary>The part of the processors that those who take part used while one of them was measured; 0 to 1.</summary>
    private static double BusyOf(Scores scores, string name)
    {
        var laps = scores.Of(name).ToList();
        return laps.Sum(one => one.Cpu.Seconds.Values.Sum()) / (laps.Sum(one => one.Lap.Elapsed.TotalSeconds) * Environment.ProcessorCount);
    }
}
