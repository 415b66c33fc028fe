using System.Collections.Immutable;
using System.Diagnostics;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Report;
using Cme.Benchmarks.Stage;

namespace Cme.Benchmarks.Deadlines;

/// <summary>The minute in which everything falls due: how many episodes a second are looked at, recorded, published and on their boards.</summary>
internal sealed class DeadlinesBenchmark : IBenchmark
{
    private const string Ours = "ours";
    private const string Outage = "ours, after an outage";
    private const string Worker = "SKIP LOCKED worker, 8 workers";
    private const string QuartzTuned = "Quartz.NET, tuned";
    private const string QuartzDefault = "Quartz.NET, default";
    private const int WarmUp = 1;

    public string Name => "deadlines";

    public string Work =>
        "20,000 episodes whose deadlines fall due at one instant: each is looked at, what became overdue or climbed is recorded, published and on its board; against a hand-written FOR UPDATE SKIP LOCKED worker (one statement an item, 8 workers) and Quartz.NET's ADO job store.";

    public async Task<Findings> RunAsync(BenchOptions options)
    {
        var count = options.Size(full: 20_000, quick: 1_000);
        await using var server = await BenchServer.StartAsync(options);
        var connection = await server.CreateDatabaseAsync("ours");
        await using var store = await Store.OpenAsync(connection);
        await using var due = new DueEpisodes(server, store, connection, await GrainStage.StartAsync(server.Directory, connection));
        Console.WriteLine($"  {count:N0} open episodes ...");
        await OpenEpisodes.OpenAsync(store, due.Stage.Grains, count);
        await store.Source.ExecuteAsync("vacuum analyze");
        await using var jobs = await SkipLockedPeer.CreateAsync(await server.CreateDatabaseAsync("jobs"));
        await using var quartz = QuartzPeer.Create(await server.CreateDatabaseAsync("quartz"));

        var ledger = new CpuLedger()
            .With("PostgreSQL", () => ProcFiles.SecondsOfTree(server.ProcessId)).With("process", () => ProcFiles.SecondsOf(Environment.ProcessId));
        var scores = await new Contest(ledger, options, WarmUp).RunAsync(
        [
            due.Contestant(Ours, count, afterOutage: false), due.Contestant(Outage, count, afterOutage: true),
            jobs.Contestant(Worker, server, count),
            quartz.Contestant(QuartzTuned, server, options.Size(full: 2_000, quick: 100), tuned: true),
            quartz.Contestant(QuartzDefault, server, options.Size(full: 500, quick: 50), tuned: false),
        ]);
        return Findings(scores, count) with { Postgres = await server.SettingsAsync() };
    }

    private static Findings Findings(Scores scores, int count) => new()
    {
        Scores = scores,
        Postgres = [],
        Tables =
        [
            new(
                ["", "items/s min", "median", "max", "seconds", "CPU process", "PostgreSQL", "WAL kB", "others"],
                [
                    .. new[] { Ours, Outage, Worker, QuartzTuned, QuartzDefault }.Select(name => (ImmutableArray<string>)
                    [
                        name, .. Numbers.Cells(scores.Spread(name, lap => lap.PerSecond)),
                        Numbers.Write(scores.Spread(name, lap => lap.Elapsed.TotalSeconds).Median),
                        Numbers.Write(scores.CpuMicroseconds(name, "process")), Numbers.Write(scores.CpuMicroseconds(name, "PostgreSQL")),
                        Numbers.Write(scores.Spread(name, lap => lap.Extras[DueEpisodes.WalBytes]).Median / 1000), $"{scores.Others(name):P0}",
                    ]),
                ]),
        ],
        Comparisons =
        [
            new("items/s", QuartzTuned, scores.Ratio(Ours, QuartzTuned, lap => lap.PerSecond)) { AtLeast = 8 },
            new("items/s", Worker, scores.Ratio(Ours, Worker, lap => lap.PerSecond)) { AtLeast = 1.2 },
            new("seconds", "", scores.Spread(Ours, lap => lap.Elapsed.TotalSeconds)) { AtMost = 2 },
            new("items/s, after an outage", Ours, scores.Ratio(Outage, Ours, lap => lap.PerSecond)),
            new("items/s", QuartzDefault, scores.Ratio(Ours, QuartzDefault, lap => lap.PerSecond)),
        ],
        Notes =
        [
            $"{count:N0} open episodes of one authority. A lap moves the business clock to the next instant at which one is to be looked at, which is the same for all: each look records one or two events (overdue, or the next level), and writes head, obligations, reminder, audit chain and board row. From the move until the last event is numbered and on its board.",
            "After an outage: the program is started anew with its clock past that instant; starting and reading all reminders is part of the time, and each grain is read again.",
            "The peers only note that an item was done. The worker takes one due item with one statement, which is its transaction. Quartz.NET fires a stored one-shot trigger for each item; tuned: 64 threads, batches of 64, prepared statements. It is given fewer items, since it is slow.",
            "CPU is microseconds an item; WAL is kB an item. Before each lap a checkpoint.",
        ],
    };
}

/// <summary>Our side: episodes whose next deadline has come.</summary>
internal sealed class DueEpisodes(BenchServer server, Store store, string connection, GrainStage stage) : IAsyncDisposable
{
    /// <summary>The extra figure: bytes of write-ahead log an item.</summary>
    public const string WalBytes = "wal bytes";

    public GrainStage Stage { get; private set; } = stage;

    /// <summary>The instant up to which everything was looked at.</summary>
    private DateTimeOffset _looked = SchoolMorning.Now;

    public Contestant Contestant(string name, int count, bool afterOutage)
    {
        var (next, eventsBefore) = (default(DateTimeOffset), 0L);
        return new(name, _ => LapAsync(next, count, afterOutage))
        {
            PrepareAsync = async _ =>
            {
                next = await store.DemoClock.NextInstantAsync(_looked) ?? throw new BenchmarkBrokenException("No deadline is left.");
                _looked = next;
                eventsBefore = await EventsAsync();
                if (afterOutage) { await Stage.DisposeAsync(); }
                await server.CheckpointAsync();
            },
            CheckAsync = async _ =>
            {
                var events = await EventsAsync() - eventsBefore;
                if (events < count) { throw new BenchmarkBrokenException($"{count} deadlines left {events} events."); }
                var late = await store.Source.ScalarAsync<long>(
                    "select count(*) from cme.obligation o where o.state = 'open' and o.next_at <= $1", _looked.UtcDateTime);
                if (late > 0) { throw new BenchmarkBrokenException($"{late} deadlines were not looked at."); }
            },
        };
    }

    public ValueTask DisposeAsync() => Stage.DisposeAsync();

    private async Task<Lap> LapAsync(DateTimeOffset next, int count, bool afterOutage)
    {
        var before = await store.Source.WalPositionAsync();
        var began = Stopwatch.GetTimestamp();
        if (afterOutage) { Stage = await GrainStage.StartAsync(server.Directory, connection, next); }
        await Stage.MoveClockAsync(next);
        var elapsed = Stopwatch.GetElapsedTime(began);
        var written = await store.Source.WalPositionAsync() - before;
        return new Lap(count, elapsed, [elapsed.TotalMilliseconds])
        {
            Extras = ImmutableDictionary<string, double>.Empty.Add(WalBytes, (double)written / count),
        };
    }

    private Task<long> EventsAsync() => store.Source.ScalarAsync<long>("select coalesce(sum(s.last_number), 0)::bigint from cme.sequence s");
}
