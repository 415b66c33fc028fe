using Cme.Storage.Reminders;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Reminders;

public sealed class ReminderTableTests : IAsyncLifetime
{
    private static readonly ReminderRow Look = new("episode/episode-1-t", "look", Tuesday, TimeSpan.FromMinutes(5), Hash: -7);

    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_reminder_is_replaced_under_a_new_version()
    {
        (await _store.Reminders.UpsertAsync(Look)).ShouldBe(1);
        var later = Look with { StartAt = Tuesday.AddDays(40), Period = TimeSpan.FromDays(30) };
        (await _store.Reminders.UpsertAsync(later)).ShouldBe(2);

        (await _store.Reminders.ReadAllAsync()).ShouldBe([later with { Version = 2 }]);
        (await _store.Reminders.ReadAsync(Look.GrainId, "look")).ShouldBe(later with { Version = 2 });
        (await _store.Reminders.ReadAsync(Look.GrainId)).ShouldHaveSingleItem();
        (await _store.Reminders.ReadAsync(Look.GrainId, "other")).ShouldBeNull();
    }

    [Fact]
    public async Task Only_the_version_that_was_read_is_deleted()
    {
        await _store.Reminders.UpsertAsync(Look);

        (await _store.Reminders.DeleteAsync(Look.GrainId, "look", 9)).ShouldBeFalse();
        (await _store.Reminders.DeleteAsync(Look.GrainId, "look", 1)).ShouldBeTrue();
        (await _store.Reminders.DeleteAsync(Look.GrainId, "look")).ShouldBeFalse();
        (await _store.Reminders.ReadAllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_at_once_are_all_stored_each_with_its_own_version()
    {
        await _store.Reminders.UpsertAsync(Look with { GrainId = "episode/50" });

        var versions = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => _store.Reminders.UpsertAsync(Look with { GrainId = $"episode/{i}" })));

        versions.Select((version, i) => (version, i)).Where(one => one.version != 1).ShouldBe([(2, 50)]);
        (await _store.Reminders.ReadAllAsync()).Length.ShouldBe(300);
    }
}
