using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.TestSupport.Service;
using Cme.Web.Tests.Crashes;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>
/// Three silos and two web nodes lose one of theirs, in each way that machines have, while registers, corrections and notes are sent and
/// deadlines fall due by the ordinary clock. Whatever was acknowledged is there once, each deadline is noticed once and within a minute, and
/// boards of either node show what the database holds (DESIGN 9.1, 9.2, 9.7).
/// </summary>
public sealed class KilledInACluster(KilledInACluster.Stage stage) : IClassFixture<KilledInACluster.Stage>
{
    private const int Concurrent = 8;

    /// <summary>How often a silo is killed: once in the ordinary run, at most seven times; CME_SILO_KILLS says otherwise.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CME_SILO_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 1;

    /// <summary>How late a deadline may be noticed: a reminder's period.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    /// <summary>How long before the deadlines the work begins, and how long before them the disturbance comes.</summary>
    private static readonly TimeSpan Begins = TimeSpan.FromSeconds(8), Disturbed = TimeSpan.FromSeconds(1);

    private ClusterOfProcesses Cluster => stage.Cluster;

    [Fact]
    public async Task Nothing_is_lost_when_a_silo_is_killed_while_deadlines_fall_due()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            var victim = kill % 3;
            await WorkAsync(round: kill, Cluster.Silo(victim).KillAsync);
            await Cluster.StartSiloAsync(victim);
        }
    }

    [Fact]
    public async Task A_silo_that_was_paused_wakes_believing_in_its_grains_and_changes_nothing()
    {
        var victim = Cluster.Silo(2);
        await WorkAsync(round: 7, victim.PauseAsync, victim.WakeAsync);
        // Told that it was declared dead, it ends; whoever watches over processes starts it again.
        await victim.EndedAsync(TimeSpan.FromSeconds(60));
        await Cluster.StartSiloAsync(2);
        await TownRecord.NothingWasNoticedTwiceAsync(Cluster.Node(0));
        await TownRecord.BoardsEqualTheDatabaseAsync(Cluster.Node(1));
    }

    [Fact]
    public async Task A_watcher_whose_web_node_is_killed_goes_on_at_another_by_number()
    {
        var (first, second) = (Cluster.Node(0), Cluster.Node(1));
        await using var before = await HubClient.ConnectAsync(first.BaseUrl, first.KeyOf(Town.Authority));
        await before.WatchAsync("desk");
        var snapshot = await before.NextAsync("Snapshot");
        var holder = await Cluster.AskAsync<Guid>("select holder from cme.duty");

        await first.Program.KillAsync();
        await OpenAsync(second, pupil: 55);

        await using var after = await HubClient.ConnectAsync(second.BaseUrl, second.KeyOf(Town.Authority));
        await after.WatchAsync("desk", (string)snapshot["epoch"]!, snapshot["number"]!.GetValue<long>());
        (await after.NextOfAsync(["Changes", "Snapshot"])).ShouldContainKey("from", "a node that knows the epoch sends what changed, not everything");
        await UntilAsync(async () => await Cluster.AskAsync<bool>("select held_until > clock_timestamp() from cme.duty"), TimeSpan.FromSeconds(10), "nobody has the duties");
        // The first had them or the second did: in either case somebody who lives has them now.
        if (holder != await Cluster.AskAsync<Guid>("select holder from cme.duty")) { second.Program.Output.ShouldContain("duties"); }
        await first.StartAsync();
        await TownRecord.BoardsEqualTheDatabaseAsync(first);
    }

    /// <summary>Sends a round's work through both nodes around an instant at which deadlines fall due, disturbs the cluster a second before it, and checks.</summary>
    private async Task WorkAsync(int round, Func<Task> disturb, Func<Task>? afterwards = null)
    {
        var node = Cluster.Node(0);
        await OpenAsync(node, pupil: 50 + round);
        var due = await NextDeadlineAsync(node);
        await Town.MoveToAsync(node, (due - Begins).ToString("O", CultureInfo.InvariantCulture));
        var references = await TownRecord.ReferencesAsync(node);
        var record = new TownRecord();

        var sending = SendAsync(record, round, references);
        await UntilClockAsync(node, due - Disturbed);
        await disturb();
        await sending;
        await UntilAsync(() => IsNoticedAsync(node, due), Late + Late, $"not every deadline of {due:O} was noticed\n{Cluster.Output}");
        if (afterwards is not null) { await afterwards(); }

        record.Count.ShouldBeGreaterThan(TownRecord.Requests / 2, Cluster.Output);
        await record.HoldsAsync(Cluster.Node(0));
        await TownRecord.BoardsEqualTheDatabaseAsync(Cluster.Node(1));
        (await LatenessAsync(node, due)).ShouldBeLessThanOrEqualTo(Late);
    }

    /// <summary>Everything of a round, through both nodes in turn. What is refused is sent once more, as a school's system would.</summary>
    private async Task SendAsync(TownRecord record, int round, Dictionary<string, string[]> references) => await Parallel.ForEachAsync(
        Enumerable.Range(0, TownRecord.Requests), new ParallelOptions { MaxDegreeOfParallelism = Concurrent }, async (index, _) =>
        {
            try
            {
                await record.SendAsync(Cluster.Node(index % 2), index, round, references);
            }
            catch (Exception refused) when (refused is HttpRequestException or TaskCanceledException)
            {
                // Not acknowledged: it may be there or not.
            }
        });

    /// <summary>One more pupil of each school is missing today, so that deadlines lie ahead.</summary>
    private static async Task OpenAsync(WebNode service, int pupil)
    {
        var now = await Town.NowAsync(service);
        foreach (var urn in Town.Schools)
        {
            using var school = service.ClientOf(urn);
            await Town.Expect(await school.PatchAsJsonAsync($"/api/v1/schools/{urn}/registers/2026-10-02/AM", Town.Correction(now, pupil, "N")));
        }
    }

    private static async Task<DateTimeOffset> NextDeadlineAsync(WebNode service)
    {
        var now = await Town.NowAsync(service) + Begins + Begins;
        return (await ObligationsAsync(service)).Select(owed => owed["actBy"]!.GetValue<DateTimeOffset>()).Where(at => at > now).Min();
    }

    private static async Task<JsonObject[]> ObligationsAsync(WebNode service)
    {
        using var authority = service.ClientOf(Town.Authority);
        var all = new ConcurrentBag<JsonObject>();
        var episodes = await Town.AllAsync(authority, "/api/v1/episodes?limit=500");
        foreach (var episode in episodes)
        {
            foreach (var owed in await Town.AllAsync(authority, $"/api/v1/episodes/{episode!["reference"]}/obligations"))
            {
                if ((string)owed!["state"]! is "pending" or "due" or "overdue")
                {
                    var one = owed.AsObject();
                    one["episode"] = (string)episode["reference"]!;
                    all.Add(one);
                }
            }
        }
        return [.. all];
    }

    private static async Task<bool> IsNoticedAsync(WebNode service, DateTimeOffset due)
    {
        foreach (var owed in (await ObligationsAsync(service)).Where(owed => owed["actBy"]!.GetValue<DateTimeOffset>() == due))
        {
            if ((await NoticedAsync(service, owed)) is null) { return false; }
        }
        return true;
    }

    /// <summary>How long after its instant the last of the deadlines was noticed.</summary>
    private static async Task<TimeSpan> LatenessAsync(WebNode service, DateTimeOffset due)
    {
        var late = TimeSpan.Zero;
        foreach (var owed in (await ObligationsAsync(service)).Where(owed => owed["actBy"]!.GetValue<DateTimeOffset>() == due))
        {
            var noticed = (await NoticedAsync(service, owed))!["knownAt"]!.GetValue<DateTimeOffset>();
            late = noticed - due > late ? noticed - due : late;
        }
        return late;
    }

    private static async Task<JsonNode?> NoticedAsync(WebNode service, JsonObject owed)
    {
        using var authority = service.ClientOf(Town.Authority);
        var timeline = await Town.AllAsync(authority, $"/api/v1/episodes/{owed["episode"]}/timeline?limit=500");
        return timeline.SingleOrDefault(entry => (string?)entry!["type"] == "BecameOverdue" && (string?)entry["obligationId"] == (string?)owed["id"]);
    }

    private static Task UntilClockAsync(WebNode service, DateTimeOffset instant) =>
        UntilAsync(async () => await Town.NowAsync(service) >= instant, TimeSpan.FromMinutes(1), "the clock did not get there");

    private static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan within, string otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(within, otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>One cluster for all of them: its start takes longer than what is tried on it.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        internal ClusterOfProcesses Cluster { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Cluster = await ClusterOfProcesses.StartAsync(silos: 3, nodes: 2);
            await Town.SettleAsync(Cluster.Node(0));
            await TownRecord.OpenEpisodesAsync(Cluster.Node(0));
        }

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}
