using System.Text;
using Cme.Runtime.Embedded.Storage;
using Orleans.Storage;

namespace Cme.Grains.EmbeddedTests.Runtime;

public sealed class StateSpecs
{
    private readonly InMemoryStateStore _store = new();

    [Fact]
    public async Task State_is_read_before_activation_and_outlives_it()
    {
        await using (var test = await RuntimeUnderTest.Start(state: _store))
        {
            (await test.Grain<ILedgerGrain>("ledger-a").Read()).ShouldBe("0 etag none exists False began with 0");
            (await test.Grain<ILedgerGrain>("ledger-a").Add(5)).ShouldBe("5 etag 1 exists True began with 0");
            await test.Runtime.StopAsync();
        }

        await using var again = await RuntimeUnderTest.Start(state: _store);
        (await again.Grain<ILedgerGrain>("ledger-a").Add(2)).ShouldBe("7 etag 2 exists True began with 5");
    }

    [Fact]
    public async Task Reading_anew_forgets_what_was_changed_in_memory()
    {
        await using var test = await RuntimeUnderTest.Start(state: _store);
        await test.Grain<ILedgerGrain>("ledger-a").Add(5);
        (await test.Grain<ILedgerGrain>("ledger-a").Reread()).ShouldBe("5 etag 1 exists True began with 0");
    }

    [Fact]
    public async Task Cleared_state_is_empty_and_the_next_write_a_first_one()
    {
        await using var test = await RuntimeUnderTest.Start(state: _store);
        await test.Grain<ILedgerGrain>("ledger-a").Clear();
        await test.Grain<ILedgerGrain>("ledger-a").Add(5);
        await test.Grain<ILedgerGrain>("ledger-a").Clear();
        (await test.Grain<ILedgerGrain>("ledger-a").Read()).ShouldBe("0 etag none exists False began with 0");
        (await test.Grain<ILedgerGrain>("ledger-a").Add(1)).ShouldBe("1 etag 1 exists True began with 0");
    }

    [Fact]
    public async Task A_version_conflict_reaches_the_caller_and_ends_the_activation_so_that_the_next_call_reads_what_is_stored()
    {
        await using var test = await RuntimeUnderTest.Start(state: _store);
        await test.Grain<ILedgerGrain>("ledger-a").Add(5);
        await _store.WriteAsync(new StateWrite("ledger", "ledger-a", 1, Encoding.UTF8.GetBytes("""{"Total":100}""")), default);

        var conflict = await Should.ThrowAsync<InconsistentStateException>(() => test.Grain<ILedgerGrain>("ledger-a").Add(1));
        (conflict.StoredEtag, conflict.CurrentEtag).ShouldBe(("2", "1"));
        (await test.Grain<ILedgerGrain>("ledger-a").Add(1)).ShouldBe("101 etag 3 exists True began with 100");
        test.Stage.Notes.ShouldBe(["activated", "deactivated ApplicationError", "activated"]);
    }

    [Fact]
    public async Task A_conflict_that_the_grain_swallows_ends_the_activation_nevertheless()
    {
        await using var test = await RuntimeUnderTest.Start(state: _store);
        await test.Grain<ILedgerGrain>("ledger-a").Read();
        await _store.WriteAsync(new StateWrite("ledger", "ledger-a", null, Encoding.UTF8.GetBytes("""{"Total":100}""")), default);
        await test.Grain<ILedgerGrain>("ledger-a").AddAndSwallow(1);
        (await test.Grain<ILedgerGrain>("ledger-a").Read()).ShouldBe("100 etag 1 exists True began with 100");
    }

    [Fact]
    public async Task After_an_unknown_commit_the_next_call_reads_what_is_stored()
    {
        var store = new StoreThatLosesItsAnswer(_store);
        await using var test = await RuntimeUnderTest.Start(state: store);
        await Should.ThrowAsync<TimeoutException>(() => test.Grain<ILedgerGrain>("ledger-a").Add(5));
        (await test.Grain<ILedgerGrain>("ledger-a").Read()).ShouldBe("5 etag 1 exists True began with 5");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public async Task A_write_that_expects_another_version_than_the_stored_one_writes_nothing(int? expected)
    {
        (await _store.WriteAsync(new StateWrite("ledger", "ledger-a", null, new byte[] { 1 }), default)).ShouldBe(1);
        await Should.ThrowAsync<InconsistentStateException>(
            () => _store.WriteAsync(new StateWrite("ledger", "ledger-a", expected, new byte[] { 2 }), default));
        (await _store.ReadAsync("ledger", "ledger-a", default))!.Payload.ToArray().ShouldBe([1]);
        _store.Commits.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_to_a_row_that_is_gone_is_a_conflict() =>
        await Should.ThrowAsync<InconsistentStateException>(
            () => _store.WriteAsync(new StateWrite("ledger", "ledger-a", 1, new byte[] { 2 }), default));

    private sealed class StoreThatLosesItsAnswer(IGrainStateStore inner) : IGrainStateStore
    {
        public Task<StoredState?> ReadAsync(string stateName, string grainKey, CancellationToken cancellationToken) =>
            inner.ReadAsync(stateName, grainKey, cancellationToken);

        public async Task<int> WriteAsync(StateWrite write, CancellationToken cancellationToken)
        {
            await inner.WriteAsync(write, cancellationToken);
            throw new TimeoutException();
        }

        public Task ClearAsync(string stateName, string grainKey, int expectedVersion, CancellationToken cancellationToken) =>
            inner.ClearAsync(stateName, grainKey, expectedVersion, cancellationToken);
    }
}
