using Cme.Storage.Demo;
using Cme.Storage.Reminders;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Demo;

public sealed class DemoClockStoreTests : IAsyncLifetime
{
    private Store _store = null!;
    private DemoClockStore _clock = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        _clock = new DemoClockStore(_store.Database);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task The_clock_stands_where_it_was_left_and_never_goes_back()
    {
        (await _clock.ReadOffsetAsync()).ShouldBe(TimeSpan.Zero);

        await _clock.SaveOffsetAsync(TimeSpan.FromHours(5));
        await _clock.SaveOffsetAsync(TimeSpan.FromHours(2));

        (await _clock.ReadOffsetAsync()).ShouldBe(TimeSpan.FromHours(5));
    }

    [Fact]
    public async Task The_next_instant_is_the_earliest_of_open_obligations_and_reminders_after_now()
    {
        (await _clock.NextInstantAsync(Tuesday)).ShouldBeNull();
        await _store.Reminders.UpsertAsync(new ReminderRow("school/1", "registration", Tuesday.AddMinutes(90), TimeSpan.FromDays(1)));
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened() with { Obligations = [Owed("o1"), Owed("o2", "satisfied")] });

        (await _clock.NextInstantAsync(Tuesday)).ShouldBe(Tuesday.AddMinutes(60));
        (await _clock.NextInstantAsync(Tuesday.AddMinutes(60))).ShouldBe(Tuesday.AddMinutes(90));
        (await _clock.NextInstantAsync(Tuesday.AddMinutes(90))).ShouldBeNull();
    }
}
