using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Registers;
using Cme.Benchmarks.Report;
using Cme.Benchmarks.Stage;

namespace Cme.Benchmarks.Push;

/// <summary>How soon those who watch a board see what was committed.</summary>
internal sealed class PushBenchmark : IBenchmark
{
    private const int WarmUp = 1;
    // Longer than the 200 ms in which changes are gathered: each is the first.
    private static readonly TimeSpan BetweenChanges = TimeSpan.FromMilliseconds(300);

    public string Name => "push";

    public string Work =>
        "From the commit of an episode's change until its row has come to 1,000 and to 2,000 connections that watch its board, on an idle program and while registers come in; against a bare SignalR hub that sends the same bytes to as many.";

    public async Task<Findings> RunAsync(BenchOptions options)
    {
        var (few, many) = (options.Size(full: 1_000, quick: 20), options.Size(full: 2_000, quick: 40));
        var (changes, busy) = (options.Size(full: 10, quick: 3), options.Size(full: 96, quick: 16));
        await using var server = await BenchServer.StartAsync(options);
        var database = await server.CreateDatabaseAsync("ours");
        var schools = await RegisterSite.SeedAsync(database, 1 + busy);
        await using var site = await RegisterSite.StartAsync(options, Path.Combine(server.Directory, "ours"), database, schools);
        var hubDirectory = Directory.CreateDirectory(Path.Combine(server.Directory, "hub")).FullName;
        await using var hub = await ProgramUnderTest.StartAsync([typeof(BareHub).Assembly.Location, BareHub.Mode], hubDirectory);
        await site.HeatAsync(0..(1 + busy), options.Size(full: 6, quick: 1));

        var ledger = new CpuLedger()
            .With("program", () => ProcFiles.SecondsOf(site.ProcessId)).With("hub", () => ProcFiles.SecondsOf(hub.Id))
            .With("PostgreSQL", () => ProcFiles.SecondsOfTree(server.ProcessId)).With("clients", () => ProcFiles.SecondsOf(Environment.ProcessId));
        var act = new Act(site);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{hub.Port}") };
        var said = "";
        Contestant Ours(string name, int count, bool underLoad) => Watched(
            name, () => Watchers.OpenAsync(site.Port, count, schools[0].Key, $"school:{schools[0].Urn}"), changes,
            async watchers =>
            {
                var committed = await act.CommitAsync();
                said = watchers.LastChange;
                return committed;
            },
            underLoad ? stop => site.KeepBusyAsync(1..(1 + busy), stop) : null);
        Contestant Hub(string name, int count) => Watched(
            name, () => Watchers.OpenAsync(hub.Port, count, null, null), changes, async _ => await PushAsync(http, said), null);
        var scores = await new Contest(ledger, options, WarmUp).RunAsync(
        [
            Ours(Called("ours", few), few, underLoad: false), Hub(Called("bare hub", few), few),
            Ours(Called("ours", many), many, underLoad: false), Hub(Called("bare hub", many), many),
            Ours(Loaded(many), many, underLoad: true),
        ]);
        return Findings(scores, few, many, changes) with { Postgres = await server.SettingsAsync() };
    }

    private static string Called(string who, int count) => string.Create(CultureInfo.InvariantCulture, $"{who}, {count} connections");

    private static string Loaded(int count) => Called("ours during registers", count);

    private static Contestant Watched(
        string name, Func<Task<Watchers>> open, int changes, Func<Watchers, Task<long>> change, Func<CancellationToken, Task>? meanwhile)
    {
        Watchers? watchers = null;
        return new(name, async _ =>
        {
            using var stop = new CancellationTokenSource();
            var load = meanwhile?.Invoke(stop.Token) ?? Task.CompletedTask;
            var began = Stopwatch.GetTimestamp();
            var latencies = new List<double>();
            for (var number = 0; number < changes; number++)
            {
                await Task.Delay(BetweenChanges, TimeProvider.System);
                latencies.AddRange(await watchers!.ProbeAsync(() => change(watchers)));
            }
            var elapsed = Stopwatch.GetElapsedTime(began);
            await stop.CancelAsync();
            await load;
            return new Lap(changes, elapsed, [.. latencies]);
        })
        {
            PrepareAsync = async _ => watchers = await open(),
            CheckAsync = async _ => await watchers!.DisposeAsync(),
        };
    }

    private static async Task<long> PushAsync(HttpClient http, string said)
    {
        // The whole message as ours was sent; the hub wraps its argument in the same way.
        using var message = JsonDocument.Parse(said);
        using var body = new StringContent(message.RootElement.GetProperty("arguments")[0].GetRawText(), Encoding.UTF8, "application/json");
        var answer = await http.PostAsync(new Uri("/push", UriKind.Relative), body);
        return long.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
    }

    private static Findings Findings(Scores scores, int few, int many, int changes)
    {
        string[] names = [Called("ours", few), Called("bare hub", few), Called("ours", many), Called("bare hub", many), Loaded(many)];
        static double Slowest(Lap lap) => lap.PercentileOf(0.99);
        Comparison Idle(int count) => new(
            Called("p99 over the hub's, idle", count), Called("bare hub", count), scores.Ratio(Called("ours", count), Called("bare hub", count), Slowest)) { AtMost = 1.5 };
        Comparison Busy(int count) => new(Called("p99 ms during registers", count), "", scores.Spread(Loaded(count), Slowest)) { AtMost = 500 };
        return new()
        {
            Scores = scores,
            Postgres = [],
            Tables =
            [
                new(
                    ["", "p50 ms", "p99 ms min", "median", "max", "others"],
                    [
                        .. names.Select(name => (ImmutableArray<string>)
                        [
                            name, Numbers.Write(scores.Percentile(name, 0.5)), .. Numbers.Cells(scores.Spread(name, Slowest)), $"{scores.Others(name):P0}",
                        ]),
                    ]),
            ],
            Comparisons = [Idle(few), Idle(many), Busy(many)],
            Notes =
            [
                $"A lap is {changes} changes, 300 ms apart; each came to every connection, or there would be no figures. Ours from the instant at which the transaction of the change began (the event's recorded_at), the hub from its call to send, until the client has read the message. The clients are in this process, on the same processors.",
                "The connections watch one school's board. During registers: other schools of the authority send registers and corrections on 16 connections, without end.",
            ],
        };
    }

    /// <summary>Notes that are recorded on an episode of the first school.</summary>
    private sealed class Act(RegisterSite site)
    {
        private HttpLine? _line;
        private string? _reference;

        /// <summary>Records one.</summary>
        /// <returns>When its transaction began, UTC ticks.</returns>
        public async Task<long> CommitAsync()
        {
            var school = site.Schools[0];
            _line ??= await HttpLine.OpenAsync(site.Port);
            _reference ??= await site.Source.ScalarAsync<string>(
                "select e.reference from cme.episode e where e.authority = $1 and e.urn = $2 and e.status = 'open' limit 1", school.Authority, school.Urn);
            var body = $$"""{"action":"note","at":"{{SchoolMorning.Now.AddSeconds(-30):O}}","performedBy":{"name":"Attendance Officer","role":"attendance-officer","org":"{{school.Urn}}"},"note":"Asked a neighbour."}""";
            var (status, answer) = await _line.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"POST /api/v1/episodes/{_reference}/actions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {school.Key}\r\nIdempotency-Key: {Guid.NewGuid()}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}")));
            if (status is not (200 or 201)) { throw new BenchmarkBrokenException($"A note was answered with {status}: {Encoding.UTF8.GetString(answer.Span)}"); }
            return (await site.Source.ScalarAsync<DateTime>(
                "select e.recorded_at from cme.event e where e.episode = $1 order by e.version desc limit 1", _reference)).Ticks;
        }
    }
}
