using Cme.Grains.Children;
using Cme.Grains.Hosting;
using Cme.Storage.States;

namespace Cme.Grains.EmbeddedTests.Grains;

public sealed class NewEpisodesTests
{
    private readonly NewEpisodes _fresh = new();
    private readonly Rows _rows = new();

    [Fact]
    public async Task Of_a_reference_made_up_here_no_row_is_read_when_its_grain_first_wakes_and_ever_after_it_is()
    {
        var store = new PostgresStateStore(_rows, null!, _fresh);
        var reference = new RandomReferences(_fresh).New().Key;

        (await store.ReadAsync("child", reference, default)).ShouldNotBeNull("it is no episode's state");
        (await store.ReadAsync("episode", reference, default)).ShouldBeNull();
        (await store.ReadAsync("episode", reference, default)).ShouldNotBeNull();
        (await store.ReadAsync("episode", "episode-of-yesterday", default)).ShouldNotBeNull();
        _rows.Asked.ShouldBe([reference, reference, "episode-of-yesterday"]);
    }

    [Fact]
    public void References_that_were_given_up_are_forgotten_the_oldest_first()
    {
        foreach (var number in Enumerable.Range(0, 10_001)) { _fresh.Add($"{number}"); }

        _fresh.Take("0").ShouldBeFalse();
        _fresh.Take("1").ShouldBeTrue();
        _fresh.Take("10000").ShouldBeTrue();
    }

    private sealed class Rows : IStateReader
    {
        public List<string> Asked { get; } = [];

        public Task<StoredState?> ReadAsync(string stateName, string key, CancellationToken cancel = default)
        {
            Asked.Add(key);
            return Task.FromResult<StoredState?>(new StoredState(1, []));
        }
    }
}
