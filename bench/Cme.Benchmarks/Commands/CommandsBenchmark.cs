using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Report;
using Cme.Benchmarks.Stage;
using Cme.Contracts.Episodes;
using Cme.Storage.Connections;
using Npgsql;
using Orleans;

namespace Cme.Benchmarks.Commands;

/// <summary>People at work: how many recorded acts a second become durable, each on an episode of its own.</summary>
internal sealed class CommandsBenchmark : IBenchmark
{
    private const int WarmUp = 1;
    // One act in four is a call that nobody answered, which moves deadlines; the others are notes.
    private const int ActsACall = 4;

    private static readonly ImmutableArray<int> AtOnce = [1, 16, 64, 256];
    private static readonly ImmutableDictionary<int, double> Targets = new Dictionary<int, double> { [1] = 0.7, [16] = 1, [64] = 1.2, [256] = 1.2 }.ToImmutableDictionary();

    public string Name => "commands";

    public string Work =>
        "Durable episode commands (a note or a call) from 1, 16, 64 and 256 callers at once, each on an episode of its own, all rows written; against one upsert of 1 kB a command on a connection each, and the same upserts sharing commits (the limit).";

    public async Task<Findings> RunAsync(BenchOptions options)
    {
        await using var server = await BenchServer.StartAsync(options);
        var connection = await server.CreateDatabaseAsync("ours");
        await using var store = await Store.OpenAsync(connection);
        await using var stage = await GrainStage.StartAsync(server.Directory, connection);
        var episodes = await OpenEpisodes.OpenAsync(store, stage.Grains, options.Size(full: 10_000, quick: 400));
        await store.Source.ExecuteAsync("vacuum analyze");
        await using var rows = await UpsertPeers.CreateAsync(await server.CreateDatabaseAsync("peers"), episodes.Length);

        var ledger = new CpuLedger()
            .With("PostgreSQL", () => ProcFiles.SecondsOfTree(server.ProcessId)).With("process", () => ProcFiles.SecondsOf(Environment.ProcessId));
        var contest = new Contest(ledger, options, WarmUp);
        var acts = new Acts(stage, store, episodes);
        var scores = await contest.RunAsync(
        [
            .. AtOnce.SelectMany(callers => new[]
            {
                acts.Contestant(Ours(callers), server, callers, options.Size(Count(callers), Count(callers) / 20)),
                rows.Single(Single(callers), server, callers, options.Size(5 * Count(callers), Count(callers) / 4)),
                rows.Group(Group(callers), server, callers, options.Size(5 * Count(callers), Count(callers) / 4)),
            }),
        ]);
        return Findings(scores, episodes.Length) with { Postgres = await server.SettingsAsync() };
    }

    private static string Ours(int callers) => $"ours, {callers}";

    private static string Single(int callers) => $"single upserts, {callers}";

    private static string Group(int callers) => $"shared commits (the limit), {callers}";

    private static int Count(int callers) => callers switch { 1 => 600, 16 => 3_000, _ => 6_000 };

    private static Findings Findings(Scores scores, int episodes) => new()
    {
        Scores = scores,
        Postgres = [],
        Tables = [TableOf(scores)],
        Comparisons =
        [
            .. AtOnce.Select(callers => new Comparison(
                $"commands/s, {callers} at once", Single(callers), scores.Ratio(Ours(callers), Single(callers), lap => lap.PerSecond)) { AtLeast = Targets[callers] }),
            .. AtOnce.Select(callers => new Comparison(
                $"commands/s, {callers} at once", Group(callers), scores.Ratio(Ours(callers), Group(callers), lap => lap.PerSecond))),
            new Comparison("p99 ms, 256 at once", "", scores.Spread(Ours(256), lap => lap.PercentileOf(0.99))) { AtMost = 10 },
        ],
        Notes =
        [
            $"{episodes} open episodes; each act is on the next one. One act in {ActsACall} is a call that nobody answered, the others are notes of 120 characters.",
            "Ours: IEpisodeGrain.Record in this process, from the first call until the last event is numbered and on its board. A call returns when head, event, obligations and queue row are durable.",
            "The peers write 1 kB a command in this process and decide nothing. Before each lap a checkpoint. CPU is microseconds a command; \"process\" is this one: callers, grains and Npgsql.",
        ],
    };

    private static Table TableOf(Scores scores) => new(
        ["", "commands/s min", "median", "max", "p50 ms", "p99 ms", "boards after ms", "CPU process", "PostgreSQL", "WAL kB", "others"],
        [
            .. AtOnce.SelectMany(callers => new[] { Ours(callers), Single(callers), Group(callers) }).Select(name => (ImmutableArray<string>)
            [
                name, .. Numbers.Cells(scores.Spread(name, lap => lap.PerSecond)),
                Numbers.Write(scores.Percentile(name, 0.5)), Numbers.Write(scores.Percentile(name, 0.99)),
                name.StartsWith("ours", StringComparison.Ordinal) ? Numbers.Write(scores.Spread(name, lap => lap.Extras[Callers.SettledAfter]).Median) : "",
                Numbers.Write(scores.CpuMicroseconds(name, "process")), Numbers.Write(scores.CpuMicroseconds(name, "PostgreSQL")),
                Numbers.Write(scores.Spread(name, lap => lap.Extras[Acts.WalBytes]).Median / 1000), $"{scores.Others(name):P0}",
            ]),
        ]);

    /// <summary>Our side: acts recorded on one open episode after the other.</summary>
    internal sealed class Acts(GrainStage stage, Store store, ImmutableArray<string> episodes)
    {
        /// <summary>The extra figure: bytes of write-ahead log a command.</summary>
        public const string WalBytes = "wal bytes";

        private static readonly string Note = string.Concat(Enumerable.Repeat("Asked a neighbour. ", 7))[..120];
        private int _done;

        public Contestant Contestant(string name, BenchServer server, int callers, int count)
        {
            var eventsBefore = 0L;
            return new(name, _ => LapAsync(callers, count))
            {
                PrepareAsync = async _ =>
                {
                    eventsBefore = await EventsAsync();
                    await server.CheckpointAsync();
                },
                CheckAsync = async _ =>
                {
                    var events = await EventsAsync() - eventsBefore;
                    if (events < count) { throw new BenchmarkBrokenException($"{count} commands left {events} events."); }
                },
            };
        }

        private async Task<Lap> LapAsync(int callers, int count)
        {
            var before = await store.Source.WalPositionAsync();
            var lap = await Callers.RunAsync(callers, count, (_, _) => ActAsync(), store.Source.WhenPublishedAsync);
            var written = await store.Source.WalPositionAsync() - before;
            return lap with { Extras = lap.Extras.Add(WalBytes, (double)written / count) };
        }

        private async Task ActAsync()
        {
            var number = Interlocked.Increment(ref _done) - 1;
            var isCall = number / episodes.Length % ActsACall == number % ActsACall;
            var answer = await stage.Grains.GetGrain<IEpisodeGrain>(episodes[number % episodes.Length]).Record(new RecordAction
            {
                Action = isCall ? "call" : "note", Outcome = isCall ? "no-answer" : null, At = stage.Clock.GetUtcNow(), Note = Note,
                PerformerName = "Attendance Officer", PerformerRole = "attendance-officer", PerformerOrg = "600000", RecordedBy = "benchmark",
            });
            if (answer.Outcome.RefusalCode is { } code) { throw new BenchmarkBrokenException($"A command was refused: {code}"); }
        }

        private Task<long> EventsAsync() => store.Source.ScalarAsync<long>("select coalesce(sum(s.last_number), 0)::bigint from cme.sequence s");
    }
}
