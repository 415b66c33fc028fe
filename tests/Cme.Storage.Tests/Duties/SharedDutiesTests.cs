using Cme.Storage.Duties;
using Cme.TestSupport.Clock;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Duties;

public sealed class SharedDutiesTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(Tuesday);

    private Store _store = null!;
    private SharedDuties _first = null!, _second = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        (_first, _second) = (Node(), Node());
    }

    public async Task DisposeAsync()
    {
        _first.Dispose();
        _second.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task One_of_two_nodes_carries_the_duties_and_keeps_them_while_it_renews()
    {
        (await _first.TakeAsync()).ShouldBeTrue();
        (await _second.TakeAsync()).ShouldBeFalse();
        (await _first.TakeAsync()).ShouldBeTrue();

        (_first.AreMine, _second.AreMine).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_node_that_stops_gives_them_to_the_next_that_asks()
    {
        await _first.TakeAsync();
        await _first.StopAsync(default);

        _first.AreMine.ShouldBeFalse();
        (await _second.TakeAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_node_that_died_loses_them_when_its_time_in_the_database_is_over()
    {
        await _first.TakeAsync();
        await using var connection = new NpgsqlConnection(_store.ConnectionString);
        await connection.OpenAsync();
        await using var later = new NpgsqlCommand("update cme.duty set held_until = held_until - interval '4 seconds'", connection);
        await later.ExecuteNonQueryAsync();

        (await _second.TakeAsync()).ShouldBeTrue();
        (await _first.TakeAsync()).ShouldBeFalse();
        _first.AreMine.ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_that_was_paused_knows_by_its_own_clock_that_they_are_no_longer_its_own()
    {
        await _first.TakeAsync();

        _clock.MoveTo(Tuesday.AddSeconds(3));

        _first.AreMine.ShouldBeFalse();
    }

    [Fact]
    public void A_program_that_is_alone_always_carries_them() => new DutiesOfOne().AreMine.ShouldBeTrue();

    private SharedDuties Node() => new(_store.Database, _clock, NullLogger<SharedDuties>.Instance);
}
