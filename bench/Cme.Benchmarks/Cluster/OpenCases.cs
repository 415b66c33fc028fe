using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Registers;
using Cme.Benchmarks.Stage;
using Cme.Storage.Access;
using Cme.Web.Security;

namespace Cme.Benchmarks.Cluster;

/// <summary>Open episodes of one authority at a site, worked on by HTTP and fallen due at once.</summary>
/// <param name="Key">The authority's API key.</param>
internal sealed record OpenCases(ImmutableArray<string> Episodes, string Key)
{
    private const int Connections = 64;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);
    private static readonly string Note = string.Concat(Enumerable.Repeat("Asked a neighbour. ", 7))[..120];

    /// <summary>Opens them in a database that no program runs on yet.</summary>
    public static async Task<OpenCases> SeedAsync(BenchServer server, string connectionString, int count)
    {
        await using var store = await Store.OpenAsync(connectionString);
        await using var stage = await GrainStage.StartAsync(server.Directory, connectionString);
        var episodes = await OpenEpisodes.OpenAsync(store, stage.Grains, count);
        var key = await store.Keys.CreateAsync(new ApiKeyGrant("authority", OpenEpisodes.Authority, null, [.. Scopes.OfAuthorityKey], "Benchmark"));
        await store.Source.ExecuteAsync("vacuum analyze");
        return new OpenCases(episodes, key.Key);
    }

    /// <summary>A contestant that records a note on one episode after the other.</summary>
    public Contestant Acts(string name, RegisterSite site, BenchServer server, int count)
    {
        var (requests, done) = (Array.Empty<byte[]>(), 0);
        return new Contestant(name, async _ =>
        {
            var lines = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => HttpLine.OpenAsync(site.Port)));
            var lap = await Callers.RunAsync(Connections, count, (caller, item) => SendAsync(lines[caller], requests[item]), site.Source.WhenPublishedAsync);
            Array.ForEach(lines, line => line.Dispose());
            return lap;
        })
        {
            PrepareAsync = async _ =>
            {
                requests = [.. Enumerable.Range(0, count).Select(_ => NoteOn(Episodes[done++ % Episodes.Length]))];
                await server.CheckpointAsync();
            },
        };
    }

    /// <summary>A contestant that puts the clock forward to the next instant at which the episodes are to be looked at, which is the same for all.</summary>
    public Contestant Deadlines(string name, RegisterSite site, BenchServer server)
    {
        var next = SchoolMorning.Now;
        return new Contestant(name, _ => FallDueAsync(site, next))
        {
            PrepareAsync = async _ =>
            {
                next = await site.NextInstantAsync(next) ?? throw new BenchmarkBrokenException("No deadline is left.");
                var due = await site.Source.ScalarAsync<long>("select count(*) from cme.owed o where o.next_at <= $1", next.UtcDateTime);
                if (due != Episodes.Length) { throw new BenchmarkBrokenException($"{due} of {Episodes.Length} episodes fall due at {next:O}."); }
                await server.CheckpointAsync();
            },
        };
    }

    // The web node's own answer comes when the other nodes' clocks have followed, too, which is no part of the work.
    private async Task<Lap> FallDueAsync(RegisterSite site, DateTimeOffset next)
    {
        using var line = await HttpLine.OpenAsync(site.Port);
        var began = Stopwatch.GetTimestamp();
        var moving = SendAsync(line, Request("POST /demo/clock", null, string.Create(CultureInfo.InvariantCulture, $"{{\"advanceTo\":\"{next.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}Z\"}}")));
        while (!moving.IsFaulted && await site.Source.ScalarAsync<bool>("select exists (select from cme.owed o where o.next_at <= $1)", next.UtcDateTime))
        {
            await Task.Delay(BetweenLooks, TimeProvider.System);
        }
        await site.Source.WhenPublishedAsync();
        var elapsed = Stopwatch.GetElapsedTime(began);
        await moving;
        return new Lap(Episodes.Length, elapsed, [elapsed.TotalMilliseconds]);
    }

    private byte[] NoteOn(string reference) => Request(
        $"POST /api/v1/episodes/{reference}/actions", Key,
        string.Create(CultureInfo.InvariantCulture, $"{{\"action\":\"note\",\"at\":\"{SchoolMorning.Now:yyyy-MM-ddTHH:mm:sszzz}\",\"note\":\"{Note}\",\"performedBy\":{{\"name\":\"Tracking Officer\",\"role\":\"tracking-officer\",\"org\":\"{OpenEpisodes.Authority}\"}}}}"));

    private static byte[] Request(string line, string? key, string body) => Encoding.ASCII.GetBytes(
        $"{line} HTTP/1.1\r\nHost: localhost\r\n{(key is null ? "" : $"Authorization: Bearer {key}\r\n")}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static async Task SendAsync(HttpLine line, byte[] request)
    {
        var (status, body) = await line.SendAsync(request);
        if (status != 200) { throw new BenchmarkBrokenException($"A request was answered with {status}: {Encoding.UTF8.GetString(body.Span)}"); }
    }
}
