using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Crashes;

/// <summary>
/// Twenty live boards of different organisations, while registers are corrected and episodes claimed at random, lines drop and the program is
/// killed and started again. Once all is quiet each shows exactly what the database says that it may see (DESIGN 9.7, 9.8).
/// </summary>
public sealed class TwentyScreens
{
    private const int Screens = 20;

    /// <summary>How many changes: few in the ordinary run; CME_SCREEN_CHANGES says otherwise.</summary>
    private static int Changes => int.TryParse(Environment.GetEnvironmentVariable("CME_SCREEN_CHANGES"), CultureInfo.InvariantCulture, out var changes) ? changes : 60;

    /// <summary>Completed while the program runs: nobody knocks at a door behind which nobody is.</summary>
    private volatile TaskCompletionSource _running = new();

    [Fact]
    public async Task After_random_changes_dropped_lines_and_a_restart_every_board_shows_what_the_database_says_it_may_see()
    {
        await using var service = await ServiceProcess.StartAsync();
        await Town.SettleAsync(service);
        _running.SetResult();
        using var ending = new CancellationTokenSource();
        Screen[] screens = [.. Enumerable.Range(0, Screens).Select(number => new Screen(number, ending.Token))];
        var watching = screens.Select(screen => screen.WatchAsync(service, () => _running.Task)).ToArray();

        var chance = new Random(20);
        for (var change = 0; change < Changes; change++)
        {
            await ChangeAsync(service, chance, change);
            if (change == Changes / 2)
            {
                _running = new();
                await service.KillAsync();
                await service.StartAgainAsync();
                _running.SetResult();
            }
        }

        foreach (var screen in screens) { await screen.UntilItShowsAsync(() => SeenBy(service, screen)); }
        screens.Sum(screen => screen.Drops).ShouldBeGreaterThan(0);
        screens.Any(screen => screen.Rows > 0).ShouldBeTrue("nothing was on any board, so nothing was shown");
        await ending.CancelAsync();
        await Task.WhenAll(watching);
    }

    private static async Task ChangeAsync(ServiceProcess service, Random chance, int number)
    {
        var urn = Town.Schools[chance.Next(Town.Schools.Length)];
        using var school = service.ClientOf(urn);
        var asOf = new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero).AddSeconds(number);
        if (number < Town.Schools.Length)
        {
            using var first = service.ClientOf(Town.Schools[number]);
            await Town.Expect(await first.PutAsJsonAsync($"/api/v1/schools/{Town.Schools[number]}/registers/2026-10-02/AM", Town.Register(asOf, 1, 2, 3, 4, 5, 6)));
            return;
        }
        if (chance.Next(4) > 0)
        {
            await Town.Expect(await school.PatchAsJsonAsync(
                $"/api/v1/schools/{urn}/registers/2026-10-02/AM", Town.Correction(asOf, chance.Next(1, 40), chance.Next(3) == 0 ? "I" : "N")));
            return;
        }
        var open = await Town.AllAsync(school, "/api/v1/episodes");
        if (open.Count == 0) { return; }
        using var authority = service.ClientOf(Town.Authority);
        var reference = (string)open[chance.Next(open.Count)]!["reference"]!;
        // Some are claimed already, or have closed meanwhile: what matters is that every board agrees on it.
        using var _ = chance.Next(2) == 0
            ? await authority.PostAsJsonAsync($"/api/v1/episodes/{reference}/assign", new { officer = $"Officer {number}" })
            : await school.PostAsJsonAsync($"/api/v1/episodes/{reference}/claim", new { officer = $"Teacher {number}" });
    }

    private static async Task<Dictionary<string, long>> SeenBy(ServiceProcess service, Screen screen)
    {
        using var client = service.ClientOf(screen.Organisation);
        var rows = await Town.AllAsync(client, $"/api/v1/episodes?board={screen.Board}&limit=500");
        return rows.ToDictionary(row => (string)row!["reference"]!, row => (long)row!["version"]!);
    }

    /// <summary>A client as the contract describes it: a snapshot, then changes that build on each other; what is missing it asks for.</summary>
    private sealed class Screen(int number, CancellationToken ending)
    {
        private readonly Lock _gate = new();
        private readonly Random _chance = new(number);
        private Dictionary<string, long> _rows = [];
        private string? _epoch;
        private long? _number;

        public string Organisation { get; } = number % 4 == 3 ? Town.Schools[number % 3] : Town.Authority;

        public string Board { get; } = (number % 4) switch { 0 => "desk", 1 => "lead", 2 => $"school:{Town.Schools[number % 3]}", _ => $"school:{Town.Schools[number % 3]}" };

        public int Drops { get; private set; }

        public int Rows { get { lock (_gate) { return _rows.Count; } } }

        public async Task WatchAsync(ServiceProcess service, Func<Task> running)
        {
            while (!ending.IsCancellationRequested)
            {
                try
                {
                    await running().WaitAsync(ending);
                    await using var hub = await HubClient.ConnectAsync(service.BaseUrl, service.KeyOf(Organisation), ending);
                    await hub.WatchAsync(Board, _epoch, _number, ending);
                    for (var left = _chance.Next(2, 6); left > 0; left--) { await Take(await hub.NextAsync(ending), hub); }
                    Drops++;
                }
                catch (Exception gone) when (gone is WebSocketException or IOException or HttpRequestException or OperationCanceledException)
                {
                    await Task.Yield();                              // The program is down, or the line has dropped: again.
                }
            }
        }

        public async Task UntilItShowsAsync(Func<Task<Dictionary<string, long>>> truth)
        {
            var waited = System.Diagnostics.Stopwatch.StartNew();
            while (true)
            {
                var (expected, shown) = (await truth(), Shown());
                if (expected.Count == shown.Count && expected.All(row => shown.GetValueOrDefault(row.Key) == row.Value)) { return; }
                waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(90), $"Screen {number} ({Board} of {Organisation}) shows {shown.Count} rows, and the database has {expected.Count}.");
            }
        }

        private Dictionary<string, long> Shown() { lock (_gate) { return new(_rows); } }

        private async Task Take((string Target, JsonObject Said) message, HubClient hub)
        {
            switch (message)
            {
                case ("Snapshot", var said):
                    lock (_gate) { (_rows, _epoch, _number) = (RowsOf(said), (string)said["epoch"]!, (long)said["number"]!); }
                    break;
                case ("Changes", var said) when (long)said["from"]! == _number:
                    lock (_gate)
                    {
                        foreach (var row in RowsOf(said)) { _rows[row.Key] = row.Value; }
                        foreach (var removed in said["removed"]!.AsArray()) { _rows.Remove((string)removed!); }
                        _number = (long)said["to"]!;
                    }
                    break;
                case ("Changes", _):
                    await hub.WatchAsync(Board, _epoch, _number, ending);
                    break;
                case ("Resync", _):
                    await hub.WatchAsync(Board, cancel: ending);
                    break;
                default:
                    break;                                           // Heartbeats, and that it may be stale.
            }
        }

        private static Dictionary<string, long> RowsOf(JsonObject said) =>
            said["rows"]!.AsArray().ToDictionary(row => (string)row!["reference"]!, row => (long)row!["version"]!);
    }
}
