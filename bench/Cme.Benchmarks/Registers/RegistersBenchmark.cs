using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Report;
using Cme.Benchmarks.Stage;

namespace Cme.Benchmarks.Registers;

/// <summary>The morning: how many registers a second become durable sheets, episodes, obligations and board rows.</summary>
internal sealed class RegistersBenchmark : IBenchmark
{
    private const string Ours = "ours: first registers";
    private const string Awake = "ours: first registers, grains in memory";
    private const string Corrections = "ours: corrections";
    private const string OursLater = "ours: first registers, history stored";
    private const string Copy = "(a) COPY, a row a mark";
    private const string Upsert = "(b) unnest upsert, a row a mark";
    private const string Entities = "(c) EF Core AddRange + SaveChanges";
    private const string CopyLater = "(a) with history stored";
    private const string UpsertLater = "(b) with history stored";
    private const string CopySpared = "(a) with history stored, no checkpoint";
    private const string UpsertSpared = "(b) with history stored, no checkpoint";

    private const int HistorySessions = 100;
    private const int WarmUp = 2;

    public string Name => "registers";

    public string Work =>
        "An average school's morning register (372 marks, 7 % absent, 1.5 % unexplained) by HTTP on 16 connections, many schools, durable with episodes, obligations and board rows; against COPY, unnest upsert and EF Core with a row a mark.";

    public async Task<Findings> RunAsync(BenchOptions options)
    {
        var schoolsALap = options.Size(full: 160, quick: 32);
        var history = options.Size(full: HistorySessions, quick: 20);
        int? oursId = null, laterId = null;
        await using var server = await BenchServer.StartAsync(options);
        var ledger = new CpuLedger()
            .With("program", () => ProcFiles.SecondsOf(oursId) + ProcFiles.SecondsOf(laterId))
            .With("PostgreSQL", () => ProcFiles.SecondsOfTree(server.ProcessId))
            .With("sender", () => ProcFiles.SecondsOf(Environment.ProcessId));
        var contest = new Contest(ledger, options, WarmUp);
        var schools = schoolsALap * contest.MostRounds;
        Range Asleep(int round) => (round * schoolsALap)..((round + 1) * schoolsALap);
        Range Woken(int round) => (schools + (round * schoolsALap))..(schools + ((round + 1) * schoolsALap));

        Console.WriteLine($"  {2 * schools} schools with their rolls ...");
        var ourDatabase = await server.CreateDatabaseAsync("ours");
        var all = await RegisterSite.SeedAsync(ourDatabase, 2 * schools);
        var laterDatabase = await server.CreateDatabaseAsync("ours_later", "ours");
        Console.WriteLine($"  {history} sessions of history for {schools} schools, and {(long)history * schoolsALap * BenchSchool.Pupils:N0} marks for the peers ...");
        await RegisterSite.AddHistoryAsync(laterDatabase, all[..schools], history);
        var days = SchoolMorning.SessionsBefore().Take(history).Select(session => session.Date).Distinct().Reverse().ToArray();
        await using var marks = await MarkTable.CreateAsync(server, "marks", schoolsALap, []);
        await using var marksLater = await MarkTable.CreateAsync(server, "marks_later", schoolsALap, days);

        await using var ours = await RegisterSite.StartAsync(options, Path.Combine(server.Directory, "ours"), ourDatabase, all);
        await using var later = await RegisterSite.StartAsync(options, Path.Combine(server.Directory, "later"), laterDatabase, all);
        (oursId, laterId) = (ours.ProcessId, later.ProcessId);
        var scores = await contest.RunAsync(
        [
            Heated(ours, ours.FirstRegisters(Ours, server, Asleep), Asleep, options),
            ours.Corrections(Corrections, server, Asleep),
            ours.FirstRegisters(Awake, server, Woken, wake: true),
            marks.Copy(Copy, Before.Empty | Before.Checkpoint), marks.Upsert(Upsert, Before.Empty | Before.Checkpoint),
            marks.Entities(Entities, Before.Empty | Before.Checkpoint),
            Heated(later, later.FirstRegisters(OursLater, server, Asleep), Asleep, options),
            marksLater.Copy(CopyLater, Before.Checkpoint), marksLater.Copy(CopySpared, Before.Nothing),
            marksLater.Upsert(UpsertLater, Before.Checkpoint), marksLater.Upsert(UpsertSpared, Before.Nothing),
        ]);
        return Findings(scores, schoolsALap, history) with { Postgres = await server.SettingsAsync() };
    }

    // After the first round of warm-up the program gets a few thousand registers more: it is compiled anew while it works.
    private static Contestant Heated(RegisterSite site, Contestant contestant, Func<int, Range> batch, BenchOptions options) => contestant with
    {
        CheckAsync = async round =>
        {
            await contestant.CheckAsync(round);
            if (round == 0)
            {
                await site.HeatAsync(batch(0), options.Size(full: 24, quick: 2));
            }
        },
    };

    private static Findings Findings(Scores scores, int schoolsALap, int history) => new()
    {
        Scores = scores,
        Postgres = [],
        Tables = [TableOf(scores)],
        Comparisons =
        [
            PerSecond(scores, Ours, Copy, 1.5), PerSecond(scores, OursLater, CopyLater, 4), PerSecond(scores, OursLater, CopySpared, 4),
            PerSecond(scores, Ours, Entities, 12),
            Patience(scores, Ours, Upsert, 3), Patience(scores, OursLater, UpsertLater, 8), Patience(scores, OursLater, UpsertSpared, 8),
            PerSecond(scores, Corrections, Ours, 1), PerSecond(scores, OursLater, Ours, 0.9), PerSecond(scores, Awake, Ours, null),
        ],
        Notes =
        [
            $"A lap is {schoolsALap} registers of {schoolsALap} schools (a peer's: {schoolsALap} registers of {BenchSchool.Pupils} rows), from 16 senders; before each one a checkpoint, as a night leaves it. \"No checkpoint\" flatters the peer: its pages were written by the lap before.",
            "Ours by HTTP to the published program, from the first byte until the last event is numbered and on its board; the peers in process, storing only. Latencies are from request to answer.",
            $"History: {history} sessions a school, stored before the program starts. First registers find the school's grain asleep, as in the morning: it reads calendar, roll and window first. \"Grains in memory\" had yesterday's last register just before.",
            "Corrections: the same register again with 4 marks (1 %) changed; two of them explain an absence and close its episode.",
            "CPU is microseconds a register; WAL is kB a register.",
        ],
    };

    private static Table TableOf(Scores scores) => new(
        ["", "registers/s min", "median", "max", "p50 ms", "p99 ms", "boards after ms", "CPU program", "PostgreSQL", "sender", "WAL kB", "others"],
        [
            .. scores.Rounds[0].Laps.Keys.OrderBy(Place).Select(name => (System.Collections.Immutable.ImmutableArray<string>)
            [
                name, .. Numbers.Cells(scores.Spread(name, lap => lap.PerSecond)),
                Numbers.Write(scores.Percentile(name, 0.5)), Numbers.Write(scores.Percentile(name, 0.99)),
                name.StartsWith("ours", StringComparison.Ordinal) ? Numbers.Write(scores.Spread(name, lap => lap.Extras[Callers.SettledAfter]).Median) : "",
                Numbers.Write(scores.CpuMicroseconds(name, "program")), Numbers.Write(scores.CpuMicroseconds(name, "PostgreSQL")),
                Numbers.Write(scores.CpuMicroseconds(name, "sender")),
                Numbers.Write(scores.Spread(name, lap => lap.Extras[RegisterSite.WalBytes]).Median / 1000), $"{scores.Others(name):P0}",
            ]),
        ]);

    private static int Place(string name) =>
        Array.IndexOf([Ours, Awake, Corrections, Copy, Upsert, Entities, OursLater, CopyLater, CopySpared, UpsertLater, UpsertSpared], name);

    private static Comparison PerSecond(Scores scores, string ours, string peer, double? reach) =>
        new($"registers/s, {ours["ours: ".Length..]}", peer, scores.Ratio(ours, peer, lap => lap.PerSecond)) { AtLeast = reach };

    // How much sooner the slowest hundredth is answered.
    private static Comparison Patience(Scores scores, string ours, string peer, double reach) =>
        new($"p99, {ours["ours: ".Length..]}", peer, scores.Ratio(peer, ours, lap => lap.PercentileOf(0.99))) { AtLeast = reach };
}
