using System.Diagnostics;
using System.Globalization;
using Cme.Web.Tests.Crashes;
using Cme.TestSupport.Service;
using Xunit.Abstractions;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>What a cluster can lose.</summary>
public enum Outage
{
    SiloAndWebNodeKilled, SiloFrozen, DatabaseCrashed,
    SiloKilled, WebNodeKilled, DatabaseRestarted, AllSilosDown, AllRestartedOneByOne,
}

/// <summary>
/// Three silos and two web nodes lose what a cluster can lose, in each way that machines have, while registers and notes are sent and deadlines
/// fall due by the ordinary clock. Whatever was acknowledged is there once, each deadline is recorded once and within a minute of there being somebody
/// to record it, and boards of both nodes show what the database holds (DESIGN 9.1, 9.2, 9.7).
/// </summary>
/// <remarks>A few deadlines and the worst outages in the ordinary run; all of them, at the size that CME_DEADLINES says, in <c>./cme prove</c>.</remarks>
public sealed class OutagesOfACluster(StageOfACity stage, ITestOutputHelper told) : IClassFixture<StageOfACity>
{
    private const string ReminderMoves = "select sum(r.version)::bigint from cme.reminder r";
    private const string EpisodeWrites = "select sum(g.version)::bigint from cme.grain_state g where g.state_name = 'episode'";

    /// <summary>How late a deadline may be recorded: a reminder's period.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    /// <summary>How long before the deadlines the disturbance comes.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);

    public static TheoryData<Outage> Outages =>
        [.. StageOfACity.IsProof ? Enum.GetValues<Outage>() : [Outage.SiloAndWebNodeKilled, Outage.SiloFrozen, Outage.DatabaseCrashed]];

    private ClusterOfProcesses Cluster => stage.Cluster;

    private City City => stage.City;

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Nothing_is_lost_while_deadlines_fall_due(Outage outage)
    {
        var (due, deadlines) = await stage.ReachWaveAsync();
        using var load = new CityLoad(City, Cluster.Nodes, stage.NextRound());
        var back = DateTimeOffset.MinValue;
        await load.RunAsync(StageOfACity.Registers, DisturbAsync());
        await stage.NoticedAsync(due);
        await load.HoldsAsync();
        var (latest, recorded) = await RecordedAsync(due, deadlines);
        await BoardsConvergeAsync();

        told.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outage}: {deadlines} deadlines, {recorded} events, the latest {(latest - due).TotalSeconds:0.0} s after its instant, all there again {(back - due).TotalSeconds:0.0} s after it; boards equal the database after {(City.Now - due).TotalSeconds:0.0} s; {load.Told}"));
        (latest - (back > due ? back : due)).ShouldBeLessThanOrEqualTo(Late, Cluster.Output);

        async Task DisturbAsync()
        {
            await stage.UntilAsync(due - Before);
            await DisturbedAsync(outage, due);
            back = City.Now;
        }
    }

    [Fact]
    public async Task What_fell_due_over_a_weekend_without_silos_is_recorded_once_with_the_instant_it_was_due_and_the_instant_it_was_known()
    {
        var (friday, monday) = stage.NextWeekend();
        await stage.RestartAtAsync(friday);
        await stage.NoticedAsync(friday);
        using (var load = new CityLoad(City, Cluster.Nodes, stage.NextRound())) { await load.DoubtAsync(); }
        var owed = await City.RowsAsync(
            """
            select o.episode, o.id, extract(epoch from o.act_by)::bigint from cme.obligation o
             where o.state = 'open' and o.overdue_at is null and o.act_by > $1 and o.act_by <= $2
            """, City.Now.UtcDateTime, monday.UtcDateTime);
        owed.Count.ShouldBeGreaterThanOrEqualTo(City.Missing, "nothing falls due over the weekend");
        var (moves, writes) = (await City.AskAsync<long>(ReminderMoves), await City.AskAsync<long>(EpisodeWrites));

        await stage.RestartAtAsync(monday);
        var back = City.Now;
        await stage.NoticedAsync(monday);
        var noticed = City.Now;

        var recorded = await City.RowsAsync(
            """
            select e.episode, e.data ->> 'obligationId', extract(epoch from e.happened_at)::bigint from cme.event e
             where e.type = 'BecameOverdue' and e.known_at >= $1
            """, monday.UtcDateTime);
        owed.Except(recorded).ShouldBeEmpty("not recorded, or with another instant than that at which it was due");
        await NothingTwiceAsync();
        (moves, writes) = (await City.AskAsync<long>(ReminderMoves) - moves, await City.AskAsync<long>(EpisodeWrites) - writes);
        moves.ShouldBeLessThanOrEqualTo(4L * City.Missing, "a storm of ticks");
        writes.ShouldBeLessThanOrEqualTo(2L * City.Missing, "a storm of writes");
        await BoardsConvergeAsync();
        told.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A weekend without silos: {recorded.Count} deadlines; all recorded {(noticed - back).TotalSeconds:0.0} s after the silos were ready, with {moves} moves of reminders and {writes} writes; boards equal the database {(City.Now - back).TotalSeconds:0.0} s after"));
        (noticed - back).ShouldBeLessThanOrEqualTo(Late, Cluster.Output);
    }

    [Fact]
    public async Task A_watcher_whose_web_node_is_killed_goes_on_at_another_by_number()
    {
        var (first, second) = (Cluster.Node(0), Cluster.Node(1));
        var board = $"school:{City.Schools[0]}";
        await using var before = await HubClient.ConnectAsync(first.BaseUrl, first.KeyOf(Town.Authority));
        await before.WatchAsync(board);
        var snapshot = await before.NextAsync("Snapshot");

        await first.Program.KillAsync();
        using (var load = new CityLoad(City, [second], stage.NextRound())) { await load.RunAsync(atLeast: 1, Task.CompletedTask); }

        await using var after = await HubClient.ConnectAsync(second.BaseUrl, second.KeyOf(Town.Authority));
        await after.WatchAsync(board, (string)snapshot["epoch"]!, snapshot["number"]!.GetValue<long>());
        (await after.NextOfAsync(["Changes", "Snapshot"])).ShouldContainKey("from", "a node that knows the epoch sends what changed, not everything");
        await stage.UntilAsync(async () => await City.AskAsync<bool>("select d.held_until > clock_timestamp() from cme.duty d"), "nobody has the duties");
        await first.StartAsync();
        await BoardsConvergeAsync();
    }

    /// <returns>When everybody is there again.</returns>
    private Task DisturbedAsync(Outage outage, DateTimeOffset due) => outage switch
    {
        Outage.SiloKilled => KilledAsync(silo: 1),
        Outage.WebNodeKilled => NodeKilledAsync(),
        Outage.SiloAndWebNodeKilled => Task.WhenAll(KilledAsync(silo: 1), NodeKilledAsync()),
        Outage.SiloFrozen => FrozenAsync(silo: 2, due),
        Outage.AllSilosDown => DownOverAsync(due),
        Outage.AllRestartedOneByOne => RestartedOneByOneAsync(),
        Outage.DatabaseRestarted => DatabaseRestartedOverAsync(due),
        _ => DatabaseCrashedAtAsync(due),
    };

    private async Task KilledAsync(int silo)
    {
        await Cluster.Silo(silo).KillAsync();
        await Cluster.StartSiloAsync(silo);
    }

    private async Task NodeKilledAsync()
    {
        await Cluster.Node(0).Program.KillAsync();
        await Cluster.Node(0).StartAsync();
    }

    /// <summary>It wakes when others have long had its grains and have written, and changes nothing.</summary>
    private async Task FrozenAsync(int silo, DateTimeOffset due)
    {
        await Cluster.Silo(silo).PauseAsync();
        await stage.NoticedAsync(due);
        await Cluster.Silo(silo).WakeAsync();
        // Told that it was declared dead, it ends; whoever watches over processes starts it again.
        await Cluster.Silo(silo).EndedAsync(TimeSpan.FromMinutes(2));
        await Cluster.StartSiloAsync(silo);
    }

    private async Task DownOverAsync(DateTimeOffset due)
    {
        await Cluster.KillSilosAsync();
        await stage.UntilAsync(due + Before);
        await Cluster.StartSilosAsync();
    }

    private async Task RestartedOneByOneAsync()
    {
        for (var silo = 0; silo < StageOfACity.Silos; silo++)
        {
            await Cluster.Silo(silo).StopAsync();
            await Cluster.StartSiloAsync(silo);
        }
        foreach (var node in Cluster.Nodes)
        {
            await node.Program.StopAsync();
            await node.StartAsync();
        }
    }

    private async Task DatabaseRestartedOverAsync(DateTimeOffset due)
    {
        await Cluster.Database.StopServerAsync();
        await stage.UntilAsync(due + Before);
        await Cluster.Database.StartServerAgainAsync();
    }

    /// <summary>Whoever watches over it starts it again at once.</summary>
    private async Task DatabaseCrashedAtAsync(DateTimeOffset due)
    {
        await stage.UntilAsync(due);
        var before = Cluster.Database.ProcessId;
        await Cluster.QuitDatabaseAsync();
        await stage.UntilAsync(() => Task.FromResult(Cluster.Database.ProcessId is { } now && now != before), "PostgreSQL does not come back");
    }

    /// <summary>Every episode of a wave has its event, no event of the city is there twice, and nothing is left on the way.</summary>
    /// <returns>When the last was committed, by the business clock, and how many there are.</returns>
    private async Task<(DateTimeOffset Latest, long Events)> RecordedAsync(DateTimeOffset due, int deadlines)
    {
        (await City.AskAsync<long>("select count(distinct e.episode) from cme.event e where e.happened_at = $1 and e.known_at >= $1", due.UtcDateTime))
            .ShouldBe(deadlines, "episodes of the wave have no event of it");
        await NothingTwiceAsync();
        var latest = await City.AskAsync<DateTime>("select max(e.recorded_at) from cme.event e where e.happened_at = $1 and e.known_at >= $1", due.UtcDateTime);
        return (City.At(latest), await City.AskAsync<long>("select count(*) from cme.event e where e.happened_at = $1 and e.known_at >= $1", due.UtcDateTime));
    }

    private async Task NothingTwiceAsync()
    {
        (await City.RowsAsync(
            """
            select e.episode, e.type, e.data ->> 'obligationId', e.data ->> 'level', e.happened_at from cme.event e
             where e.type in ('BecameOverdue', 'Escalated', 'AlertRaised') group by 1, 2, 3, 4, 5 having count(*) > 1
            """)).ShouldBeEmpty("a deadline was recorded twice");
        await stage.UntilAsync(async () => await City.AskAsync<long>("select count(*) from cme.unpublished") == 0, "events stay unnumbered");
        await stage.UntilAsync(
            async () => await City.AskAsync<long>("select count(*) from cme.signal s where s.delivered_at is null") == 0, "signals stay undelivered");
    }

    private async Task BoardsConvergeAsync()
    {
        foreach (var node in Cluster.Nodes)
        {
            await TownRecord.BoardEqualsAsync(node, Town.Authority, "desk", "/api/v1/episodes?board=desk&limit=500");
            await TownRecord.BoardEqualsAsync(node, Town.Authority, $"school:{City.Schools[0]}", $"/api/v1/episodes?school={City.Schools[0]}&limit=500");
        }
    }
}
