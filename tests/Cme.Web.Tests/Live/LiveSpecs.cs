using System.Net;
using System.Text.Json.Nodes;
using Cme.TestSupport.Service;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Live;

/// <summary>The live boards, watched over a plain WebSocket with SignalR's JSON protocol.</summary>
public sealed class LiveSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(40));
    private TestSchool _school = null!;

    private CancellationToken Soon => _patience.Token;

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync();
        var now = DateTimeOffset.Parse((string)(await host.Send(null, HttpMethod.Get, "/demo/clock", null, HttpStatusCode.OK))["now"]!, null);
        if (now < new DateTimeOffset(2026, 9, 7, 8, 0, 0, TimeSpan.Zero)) { await host.MoveTo("2026-09-07T09:00:00+01:00"); }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _patience.Dispose();

    private static string Absent(int pupil) => $$"""{"schoolPupilId":"P{{pupil}}","code":"N"}""";

    private static int Names(JsonObject message) => message["rows"]!.AsArray().Count;

    [Fact]
    public async Task A_watcher_gets_the_board_and_then_each_change_building_on_the_one_before()
    {
        await _school.Register(Absent(1));
        await UntilShown(1);
        await using var hub = await HubClient.ConnectAsync(host.Address, _school.Key, Soon);
        await hub.WatchAsync($"school:{_school.Urn}", cancel: Soon);

        var snapshot = await hub.NextAsync("Snapshot", Soon);
        ((string)snapshot["board"]!).ShouldBe($"school:{_school.Urn}");
        Names(snapshot).ShouldBe(1);
        var row = snapshot["rows"]![0]!;
        ((string)row["child"]!["schoolPupilId"]!).ShouldBe("P1");
        ((string)row["nextObligation"]!["step"]!).ShouldBe("first-call");
        ((string)row["school"]!).ShouldBe(_school.Urn);

        await _school.Register(Absent(2), asOf: "2026-09-07T08:56:00+01:00");
        var second = await hub.NextAsync("Changes", Soon);
        ((long)second["from"]!).ShouldBe((long)snapshot["number"]!);
        ((string)second["rows"]!.AsArray().Single()!["child"]!["schoolPupilId"]!).ShouldBe("P2");

        await _school.Register("""{"schoolPupilId":"P2","code":"/"}""", asOf: "2026-09-07T08:57:00+01:00");
        var third = await hub.NextAsync("Changes", Soon);
        ((long)third["from"]!).ShouldBe((long)second["to"]!);
        third["removed"]!.AsArray().Select(left => (string)left!).ShouldBe([(string)second["rows"]![0]!["reference"]!]);
    }

    [Fact]
    public async Task What_happens_at_another_school_leaves_no_gap_in_the_numbers_of_this_one()
    {
        var other = await host.NewSchoolAsync();
        await using var hub = await HubClient.ConnectAsync(host.Address, _school.Key, Soon);
        await hub.WatchAsync($"school:{_school.Urn}", cancel: Soon);
        var at = (long)(await hub.NextAsync("Snapshot", Soon))["number"]!;

        await other.Register(Absent(1));
        for (var beats = 0; beats < 2; beats++) { ((long)(await hub.NextAsync("Heartbeat", Soon))["number"]!).ShouldBe(at); }
        await _school.Register(Absent(1));

        ((long)(await hub.NextAsync("Changes", Soon))["from"]!).ShouldBe(at);
    }

    [Fact]
    public async Task Who_comes_back_gets_only_what_was_missed()
    {
        await _school.Register(Absent(1));
        await UntilShown(1);
        string epoch;
        long number;
        await using (var before = await HubClient.ConnectAsync(host.Address, _school.Key, Soon))
        {
            await before.WatchAsync($"school:{_school.Urn}", cancel: Soon);
            var snapshot = await before.NextAsync("Snapshot", Soon);
            (epoch, number) = ((string)snapshot["epoch"]!, (long)snapshot["number"]!);
        }

        await _school.Register($$"""{{Absent(2)}},{"schoolPupilId":"P1","code":"/"}""", asOf: "2026-09-07T08:56:00+01:00");
        await using var hub = await HubClient.ConnectAsync(host.Address, _school.Key, Soon);
        await UntilShown(2, gone: 1);
        await hub.WatchAsync($"school:{_school.Urn}", epoch, number, Soon);
        var missed = await hub.NextAsync("Changes", Soon);

        ((long)missed["from"]!).ShouldBe(number);
        ((string)missed["rows"]!.AsArray().Single()!["child"]!["schoolPupilId"]!).ShouldBe("P2");
        missed["removed"]!.AsArray().Count.ShouldBe(1);

        await using var lost = await HubClient.ConnectAsync(host.Address, _school.Key, Soon);
        await lost.WatchAsync($"school:{_school.Urn}", "another epoch", number, Soon);
        Names(await lost.NextAsync("Snapshot", Soon)).ShouldBe(1);
    }

    [Fact]
    public async Task A_heartbeat_says_every_five_seconds_that_the_board_is_up_to_date()
    {
        await using var hub = await HubClient.ConnectAsync(host.Address, _school.Key, Soon);
        await hub.WatchAsync($"school:{_school.Urn}", cancel: Soon);
        var snapshot = await hub.NextAsync("Snapshot", Soon);

        var heartbeat = await hub.NextAsync("Heartbeat", Soon);

        ((long)heartbeat["number"]!).ShouldBeGreaterThanOrEqualTo((long)snapshot["number"]!);
        DateTimeOffset.Parse((string)heartbeat["at"]!, null).Year.ShouldBe(2026);
    }

    [Fact]
    public async Task Nobody_watches_what_is_not_theirs()
    {
        var other = await host.NewSchoolAsync(1);
        await using var hub = await HubClient.ConnectAsync(host.Address, other.Key, Soon);

        foreach (var board in new[] { $"school:{_school.Urn}", "desk", "lead", "kitchen", "school:999998" })
        {
            await hub.WatchAsync(board, cancel: Soon);
            ((string)(await hub.NextAsync("Denied", Soon))["board"]!).ShouldBe(board);
        }
    }

    [Fact]
    public async Task An_authority_is_denied_a_school_that_it_does_not_have()
    {
        await using var hub = await HubClient.ConnectAsync(host.Address, host.AuthorityKey, Soon);

        await hub.WatchAsync("school:999998", cancel: Soon);

        await hub.NextAsync("Denied", Soon);
    }

    [Fact]
    public async Task The_desk_counts_what_each_school_has_and_lists_what_is_flagged()
    {
        await using var hub = await HubClient.ConnectAsync(host.Address, host.AuthorityKey, Soon);
        await hub.WatchAsync("desk", cancel: Soon);
        var snapshot = await hub.NextAsync("Snapshot", Soon);

        await _school.Register(Absent(3));
        JsonObject changes;
        do { changes = await hub.NextAsync("Changes", Soon); }
        while (!changes["counts"]!.AsArray().Any(count => (string)count!["urn"]! == _school.Urn && (int)count["open"]! == 1));
        changes["rows"]!.AsArray().ShouldNotContain(row => (string)row!["school"]! == _school.Urn);

        var flagged = TestSchool.Pupil(4).Replace("\"contacts\"", "\"flags\":[\"cp_plan\"],\"contacts\"");
        await host.Send(_school.Key, HttpMethod.Patch, $"{_school.Path}/roll", $$"""{"pupils":[{{flagged}}]}""", HttpStatusCode.OK);
        await _school.Register(Absent(4), asOf: "2026-09-07T08:56:00+01:00");
        do { changes = await hub.NextAsync("Changes", Soon); }
        while (!changes["rows"]!.AsArray().Any(row => (string)row!["school"]! == _school.Urn));
        snapshot["counts"].ShouldNotBeNull();
    }

    /// <summary>Waits until the board has the pupil: a register is durable when it is acknowledged, and numbered a little later.</summary>
    /// <summary>Waits until the school's board shows one pupil and, if one is to have left it, not the other: each is published by itself.</summary>
    private async Task UntilShown(int pupil, int? gone = null)
    {
        await using var other = await HubClient.ConnectAsync(host.Address, _school.Key, Soon);
        await other.WatchAsync($"school:{_school.Urn}", cancel: Soon);
        var shown = new Dictionary<string, string>();
        for (var target = "Snapshot"; !shown.ContainsValue($"P{pupil}") || shown.ContainsValue($"P{gone}"); target = "Changes")
        {
            var message = await other.NextAsync(target, Soon);
            foreach (var row in message["rows"]!.AsArray())
            {
                shown[(string)row!["reference"]!] = (string)row["child"]!["schoolPupilId"]!;
            }
            foreach (var reference in message["removed"]?.AsArray() ?? [])
            {
                shown.Remove((string)reference!);
            }
        }
    }
}
