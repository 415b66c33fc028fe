using System.Collections.Immutable;
using System.Text;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Report;
using Cme.Benchmarks.Stage;
using Cme.Web.Demo;

namespace Cme.Benchmarks.Boards;

/// <summary>The duty desk on a bad morning and on a good one.</summary>
internal sealed class BoardsBenchmark : IBenchmark
{
    private const int Few = 20;
    // A page lists a hundred: so many times as much as the short desk shows.
    private const double MoreShown = 5;
    private const int WarmUp = 1;
    private const string Bytes = "bytes";
    // Every row of these desks fits: the filter and the order look at each of them, and the page is no shorter for it.
    private const string FilteredAndSorted = "/desk?flag=any&order=name";

    public string Name => "boards";

    public string Work =>
        "A page of the duty desk with 2,000 open rows: the server's time, the bytes, and the time until it can be used in Chromium; against the same page with 20 rows.";

    public async Task<Findings> RunAsync(BenchOptions options)
    {
        var (many, pages) = (options.Size(full: 2_000, quick: 200), options.Size(full: 60, quick: 5));
        await using var server = await BenchServer.StartAsync(options);
        await using var full = await Desk.StartAsync(options, server, "long_desk", many);
        await using var sparse = await Desk.StartAsync(options, server, "short_desk", Few);

        var ledger = new CpuLedger()
            .With("full", () => ProcFiles.SecondsOf(full.ProcessId)).With("sparse", () => ProcFiles.SecondsOf(sparse.ProcessId))
            .With("PostgreSQL", () => ProcFiles.SecondsOfTree(server.ProcessId)).With("browser", () => ProcFiles.SecondsOfTree(Environment.ProcessId));
        var scores = await new Contest(ledger, options, WarmUp).RunAsync(
        [
            Served(Page(many), full, pages, "/desk"), Served(Page(Few), sparse, pages, "/desk"),
            Served(Filtered(many), full, pages, FilteredAndSorted), Served(Filtered(Few), sparse, pages, FilteredAndSorted),
            Shown(InChromium(many), full, options.Size(full: 8, quick: 2)), Shown(InChromium(Few), sparse, options.Size(full: 8, quick: 2)),
        ]);
        return Findings(scores, many, pages) with { Postgres = await server.SettingsAsync() };
    }

    private static string Page(int rows) => $"page, {rows:N0} rows open";

    private static string Filtered(int rows) => $"page, filtered and sorted, {rows:N0} rows open";

    private static string InChromium(int rows) => $"usable in Chromium, {rows:N0} rows open";

    // One reader after the other: what a single page costs.
    private static Contestant Served(string name, Desk desk, int pages, string path)
    {
        var bytes = 0;
        return new(name, async _ =>
        {
            var lap = await Callers.RunAsync(1, pages, async (_, _) => bytes = await desk.ReadAsync(path));
            return lap with { Extras = lap.Extras.Add(Bytes, bytes) };
        });
    }

    private static Contestant Shown(string name, Desk desk, int pages) => new(name, async _ =>
    {
        var latencies = new List<double>();
        var lap = await Callers.RunAsync(1, pages, async (_, _) => latencies.Add(await desk.ShowAsync()));
        return lap with { Latencies = [.. latencies] };
    });

    private static Findings Findings(Scores scores, int many, int pages)
    {
        static double Usual(Lap lap) => lap.PercentileOf(0.5);
        Comparison Grows(string what, string over, string under, Func<Lap, double> figure) =>
            new($"{what}, {many:N0} rows over {Few}", under, scores.Ratio(over, under, figure)) { AtMost = MoreShown };
        return new()
        {
            Scores = scores,
            Postgres = [],
            Tables =
            [
                new(
                    ["", "p50 ms min", "median", "max", "kB", "others"],
                    [
                        .. new[] { Page(many), Page(Few), Filtered(many), Filtered(Few), InChromium(many), InChromium(Few) }.Select(name => (ImmutableArray<string>)
                        [
                            name, .. Numbers.Cells(scores.Spread(name, Usual)),
                            name.StartsWith("page", StringComparison.Ordinal) ? Numbers.Write(scores.Spread(name, lap => lap.Extras[Bytes]).Median / 1000) : "",
                            $"{scores.Others(name):P0}",
                        ]),
                    ]),
            ],
            Comparisons =
            [
                Grows("server's time, filtered and sorted", Filtered(many), Filtered(Few), Usual),
                Grows("server's time", Page(many), Page(Few), Usual), Grows("bytes", Page(many), Page(Few), lap => lap.Extras[Bytes]),
                Grows("time until usable", InChromium(many), InChromium(Few), Usual),
            ],
            Notes =
            [
                $"The desk of an authority with that many flagged children missing, read by its duty officer over HTTP, {pages} times a lap one after the other. A page lists the first hundred rows: five times what the other desk shows, and so the most that it may grow.",
                "Usable is the browser's own domInteractive, from the beginning of the navigation, in a context whose cache is warm.",
            ],
        };
    }

    /// <summary>The program with open rows on its desk, its duty officer signed in.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private readonly ProgramUnderTest _program;
        private readonly HttpLine _line;
        private readonly Officer _officer;
        private readonly string _cookies;

        private Desk(ProgramUnderTest program, HttpLine line, Officer officer, string cookies) =>
            (_program, _line, _officer, _cookies) = (program, line, officer, cookies);

        public int ProcessId => _program.Id;

        public static async Task<Desk> StartAsync(BenchOptions options, BenchServer server, string name, int rows)
        {
            var directory = Directory.CreateDirectory(Path.Combine(server.Directory, name)).FullName;
            var connection = await server.CreateDatabaseAsync(name);
            await using (var store = await Store.OpenAsync(connection))
            {
                await SchoolMorning.SetClockAsync(store);
                await using var stage = await GrainStage.StartAsync(directory, connection);
                await OpenEpisodes.OpenAsync(store, stage.Grains, rows, DemoAuthority.Code, Flag);
                await store.Source.ExecuteAsync("vacuum analyze");
            }
            var program = await ProgramUnderTest.StartAsync(
                [ProgramUnderTest.AssemblyIn(options), "--Demo:Enabled=true", "--Demo:Empty=true", $"--Data:Directory={directory}"], directory, connection);
            var officer = await Officer.SignInAsync(program.Port);
            return new Desk(program, await HttpLine.OpenAsync(program.Port), officer, await officer.CookiesAsync());
        }

        /// <summary>Reads the page.</summary>
        /// <returns>Its bytes.</returns>
        public async Task<int> ReadAsync(string path)
        {
            var (status, body) = await _line.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost:{_program.Port}\r\nCookie: {_cookies}\r\n\r\n"));
            return status == 200 ? body.Length : throw new BenchmarkBrokenException($"The desk was answered with {status}.");
        }

        /// <summary>Opens the page in the browser.</summary>
        /// <returns>Milliseconds until it can be used.</returns>
        public Task<double> ShowAsync() => _officer.ShowAsync("/desk");

        public async ValueTask DisposeAsync()
        {
            await _officer.DisposeAsync();
            _line.Dispose();
            await _program.DisposeAsync();
        }

        private const string Flag = "cp_plan";
    }
}
