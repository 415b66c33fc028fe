using System.Globalization;
using Cme.TestSupport.Database;
using Cme.TestSupport.Service;
using Cme.Web.Tests.Crashes;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>One database goes from the embedded runtime of one machine to a cluster and back, with nothing done to it (ADR 0001).</summary>
public sealed class MovedBetweenRuntimes
{
    [Fact]
    public async Task Episodes_deadlines_and_boards_go_from_one_machine_to_a_cluster_and_back()
    {
        await using var server = await TestServer.StartAsync();
        var data = ThrowAwayDirectory.Create();
        string[] episodes;

        await using (var alone = WebNode.Alone(server.ConnectionString, data))
        {
            await alone.StartAsync();
            await Town.SettleAsync(alone);
            await TownRecord.OpenEpisodesAsync(alone);
            episodes = await EpisodesAsync(alone);
            episodes.Length.ShouldBe(Town.Schools.Length * 5);
            await alone.Program.StopAsync();
        }

        await using (var cluster = await ClusterOfProcesses.OnAsync(server, data, silos: 2, nodes: 1))
        {
            (await EpisodesAsync(cluster.Node(0))).ShouldBe(episodes);
            await using (var beside = WebNode.Alone(server.ConnectionString, data))
            {
                (await Should.ThrowAsync<InvalidOperationException>(beside.StartAsync)).Message.ShouldContain("A cluster serves this database");
                beside.Program.Output.ShouldNotContain("Unhandled exception");
            }
            episodes = await AnHourLaterAsync(cluster.Node(0), episodes);
            await cluster.StopAsync();
        }

        await using (var again = WebNode.Alone(server.ConnectionString, data))
        {
            await again.StartAsync();
            (await EpisodesAsync(again)).ShouldBe(episodes);
            await AnHourLaterAsync(again, episodes);
            await again.Program.StopAsync();
        }
    }

    /// <summary>What fell due meanwhile was noticed, once, by reminders that the other runtime had set.</summary>
    private static async Task<string[]> AnHourLaterAsync(IService service, string[] before)
    {
        await Town.MoveToAsync(service, ((await Town.NowAsync(service)).AddHours(1)).ToString("O", CultureInfo.InvariantCulture));
        await TownRecord.NothingWasNoticedTwiceAsync(service);
        await TownRecord.BoardsEqualTheDatabaseAsync(service);
        var after = await EpisodesAsync(service);
        after.Length.ShouldBe(before.Length);
        after.ShouldNotBe(before, "an hour brings deadlines that nobody met");
        return after;
    }

    private static async Task<string[]> EpisodesAsync(IService service)
    {
        using var authority = service.ClientOf(Town.Authority);
        return [.. (await Town.AllAsync(authority, "/api/v1/episodes?status=all&limit=500"))
            .Select(row => $"{row!["reference"]} {row["version"]} {row["status"]} {row["level"]} {row["overdueCount"]}").Order(StringComparer.Ordinal)];
    }
}
