using Cme.Storage.Idempotency;
using Cme.TestSupport.Clock;
using Microsoft.Extensions.Logging.Abstractions;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Storage.Tests.Idempotency;

/// <summary>A key is one request's for a day, in one organisation, whatever happens to who carries it out.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = At("Tue 8 Sep 2026 08:55");
    private static readonly KeptAnswer Answer = new(200, """{"ETag":["\"v2\""]}""", [1, 2]);

    private Store _store = null!;
    private IdempotencyStore _keys = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        _keys = new IdempotencyStore(_store.Database);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Of_fifty_at_once_one_carries_it_out()
    {
        var receptions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _keys.ReceiveAsync(Request("k", 1), Now)));

        receptions.Count(reception => reception is Reception.Fresh).ShouldBe(1);
        receptions.Count(reception => reception is Reception.InProgress).ShouldBe(49);
    }

    [Fact]
    public async Task What_was_answered_is_answered_again_for_24_hours_and_then_it_is_another_sending()
    {
        var first = await Fresh("k", 1, Now);
        await _keys.KeepAsync(Request("k", 1), first.Attempt, Answer);

        var kept = (await _keys.ReceiveAsync(Request("k", 1), Now.AddHours(24).AddSeconds(-1))).ShouldBeOfType<Reception.Answered>().Answer;
        kept.Status.ShouldBe(200);
        kept.Body.ShouldBe(Answer.Body);
        (await Fresh("k", 1, Now.AddHours(24))).Sending.ShouldNotBe(first.Sending);
    }

    [Fact]
    public async Task Who_takes_the_place_of_an_attempt_that_died_goes_on_with_its_sending_and_the_dead_one_keeps_nothing()
    {
        var dead = await Fresh("k", 1, Now);
        (await _keys.ReceiveAsync(Request("k", 1), Now.AddSeconds(29))).ShouldBeOfType<Reception.InProgress>();
        var next = await Fresh("k", 1, Now.AddSeconds(31));

        next.Sending.ShouldBe(dead.Sending);
        await _keys.KeepAsync(Request("k", 1), dead.Attempt, Answer);
        (await _keys.ReceiveAsync(Request("k", 1), Now.AddSeconds(32))).ShouldBeOfType<Reception.InProgress>();
    }

    [Fact]
    public async Task What_came_to_nothing_may_be_tried_again_at_once_as_the_same_sending_but_not_for_another_request()
    {
        var first = await Fresh("k", 1, Now);
        await _keys.GiveUpAsync(Request("k", 1), first.Attempt);

        (await _keys.ReceiveAsync(Request("k", 2), Now)).ShouldBeOfType<Reception.Reused>();
        (await Fresh("k", 1, Now)).Sending.ShouldBe(first.Sending);
    }

    [Fact]
    public async Task A_key_belongs_to_one_organisation()
    {
        await Fresh("k", 1, Now);

        (await _keys.ReceiveAsync(new Posted("999", "900002", "k", [2]), Now)).ShouldBeOfType<Reception.Fresh>();
        (await _keys.ReceiveAsync(new Posted("998", "900001", "k", [2]), Now)).ShouldBeOfType<Reception.Fresh>();
    }

    [Fact]
    public async Task What_is_over_is_purged_as_time_passes_and_nothing_else()
    {
        var clock = new ManualClock(Now);
        await Fresh("old", 1, Now);
        await Fresh("new", 1, Now.AddHours(1));
        using var purge = new IdempotencyPurge(_keys, clock, NullLogger<IdempotencyPurge>.Instance);
        await purge.StartAsync(CancellationToken.None);
        while (clock.NextTimerAt is null) { await Task.Yield(); }    // It starts on a thread of its own.

        clock.Advance(TimeSpan.FromHours(24) + IdempotencyPurge.Every);

        (await UntilOneIsLeft()).ShouldBe("new");
        await purge.StopAsync(CancellationToken.None);
    }

    private async Task<Reception.Fresh> Fresh(string key, byte request, DateTimeOffset now) =>
        (await _keys.ReceiveAsync(Request(key, request), now)).ShouldBeOfType<Reception.Fresh>();

    private static Posted Request(string key, byte request) => new("999", "900001", key, [request]);

    /// <summary>The tick was given; what it does is done a moment later.</summary>
    private async Task<string> UntilOneIsLeft()
    {
        while (await _store.ScalarAsync<long>("select count(*) from cme.idempotency") > 1)
        {
            await Task.Yield();
        }
        return await _store.ScalarAsync<string>("select key from cme.idempotency");
    }
}
