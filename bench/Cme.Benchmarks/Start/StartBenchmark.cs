using System.Collections.Immutable;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Report;
using Cme.Benchmarks.Stage;
using Cme.Storage.PrivateServer;
using Cme.TestSupport.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cme.Benchmarks.Start;

/// <summary>From the order to start until the program answers that it is ready, and what it then holds in memory.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const string First = "ours: first time";
    private const string Again = "ours: again, empty";
    private const string Full = "ours: again, with open episodes";
    private const string HelloFirst = "hello-world: first time";
    private const string HelloAgain = "hello-world: again";

    private const int WarmUp = 1;
    private const string ReadyMegabytes = "MB when ready";
    private const string IdleMegabytes = "MB idle";
    private const string PostgresMegabytes = "MB of PostgreSQL";

    private int? _running;

    public string Name => "start";

    public string Work =>
        "From starting the published program with its private PostgreSQL until it is ready, the first time (initdb, migrations) and again, empty and with 10,000 open episodes, with the memory it then holds; against a bare ASP.NET hello-world with the same private PostgreSQL.";

    public async Task<Findings> RunAsync(BenchOptions options)
    {
        var (directory, episodes) = (ThrowAwayDirectory.Create(options.Data), options.Size(full: 10_000, quick: 500));
        var (empty, full, hello) = (Path.Combine(directory, "empty"), Path.Combine(directory, "full"), Path.Combine(directory, "hello"));
        Console.WriteLine($"  {episodes} open episodes ...");
        var settings = await FillAsync(full, episodes);

        var ledger = new CpuLedger()
            .With("program", () => ProcFiles.SecondsOfTree(_running)).With("bench", () => ProcFiles.SecondsOf(Environment.ProcessId));
        var program = ProgramUnderTest.AssemblyIn(options);
        string[] ours = [program, "--Demo:Enabled=true", "--Demo:Empty=true"];
        string[] bare = [typeof(HelloWorld).Assembly.Location, HelloWorld.Mode];
        var idle = TimeSpan.FromSeconds(options.Size(full: 5, quick: 2));
        var scores = await new Contest(ledger, options, WarmUp).RunAsync(
        [
            Contestant(HelloFirst, bare, round => Path.Combine(directory, $"hello-{round}"), idle),
            Contestant(HelloAgain, bare, _ => hello, idle),
            Contestant(First, ours, round => Path.Combine(directory, $"first-{round}"), idle),
            Contestant(Again, ours, _ => empty, idle),
            Contestant(Full, ours, _ => full, idle),
        ]);
        return Findings(scores, episodes, idle) with { Postgres = settings };
    }

    private Contestant Contestant(string name, string[] command, Func<int, string> directory, TimeSpan idle)
    {
        ProgramUnderTest? program = null;
        return new(name, async round =>
        {
            program = await ProgramUnderTest.StartAsync([.. command, $"--Data:Directory={directory(round)}"], directory(round));
            _running = program.Id;
            return new Lap(1, program.ReadyAfter, [program.ReadyAfter.TotalMilliseconds])
            {
                Extras = ImmutableDictionary<string, double>.Empty.Add(ReadyMegabytes, ProcFiles.ResidentMegabytes(program.Id)),
            };
        })
        {
            PrepareAsync = round =>
            {
                _running = null;
                Directory.CreateDirectory(directory(round));
                return Task.CompletedTask;
            },
            SettleAsync = async lap =>
            {
                await Task.Delay(idle, TimeProvider.System);
                var settled = lap with
                {
                    Extras = lap.Extras.Add(IdleMegabytes, ProcFiles.ResidentMegabytes(program!.Id))
                        .Add(PostgresMegabytes, ProcFiles.MegabytesOfDescendants(program.Id)),
                };
                await program.DisposeAsync();
                return settled;
            },
        };
    }

    // A demo's data with open episodes, made by the product's own grains.
    private static async Task<ImmutableArray<(string Name, string Value)>> FillAsync(string directory, int episodes)
    {
        await using var postgres = await PrivatePostgres.StartAsync(
            new PrivateServerOptions { DataDirectory = directory }, NullLogger.Instance, TimeProvider.System);
        await using var store = await Store.OpenAsync(postgres.ConnectionString);
        await SchoolMorning.SetClockAsync(store);
        await using var stage = await GrainStage.StartAsync(directory, postgres.ConnectionString);
        await OpenEpisodes.OpenAsync(store, stage.Grains, episodes);
        await store.Source.ExecuteAsync("vacuum analyze");
        return await BenchServer.SettingsAsync(postgres.ConnectionString);
    }

    private static Findings Findings(Scores scores, int episodes, TimeSpan idle) => new()
    {
        Scores = scores,
        Postgres = [],
        Tables =
        [
            new(
                ["", "ready after ms min", "median", "max", "CPU ms", "MB when ready", "MB idle", "MB of PostgreSQL", "others"],
                [
                    .. new[] { First, Again, Full, HelloFirst, HelloAgain }.Select(name => (ImmutableArray<string>)
                    [
                        name, .. Numbers.Cells(scores.Spread(name, Milliseconds)), Numbers.Write(scores.CpuMicroseconds(name, "program") / 1000),
                        Numbers.Write(scores.Spread(name, lap => lap.Extras[ReadyMegabytes]).Median),
                        Numbers.Write(scores.Spread(name, lap => lap.Extras[IdleMegabytes]).Median),
                        Numbers.Write(scores.Spread(name, lap => lap.Extras[PostgresMegabytes]).Median), $"{scores.Others(name):P0}",
                    ]),
                ]),
        ],
        Comparisons =
        [
            Within(scores, First, 2500), Within(scores, Again, 1000), Within(scores, Full, 1500),
            new("MB idle, with open episodes", "", scores.Spread(Full, lap => lap.Extras[IdleMegabytes])) { AtMost = 200 },
            Sooner(scores, First, HelloFirst), Sooner(scores, Again, HelloAgain), Sooner(scores, Full, HelloAgain),
        ],
        Notes =
        [
            $"{episodes:N0} open episodes, each with its obligations and its reminder. Ready is the first 200 from /health/ready, asked every 4 ms. Files are in the page cache.",
            $"Memory is the program's resident set, when ready and {idle.TotalSeconds:0} s later; PostgreSQL's is beside it, what its processes share counted once.",
            "The program's CPU includes its PostgreSQL's.",
        ],
    };

    private static double Milliseconds(Lap lap) => lap.Elapsed.TotalMilliseconds;

    private static Comparison Within(Scores scores, string name, double milliseconds) =>
        new($"ready after ms, {name["ours: ".Length..]}", "", scores.Spread(name, Milliseconds)) { AtMost = milliseconds };

    private static Comparison Sooner(Scores scores, string name, string peer) =>
        new($"its time over ours, {name["ours: ".Length..]}", peer, scores.Ratio(peer, name, Milliseconds));
}
