using Cme.Storage.Reminders;

namespace Cme.Storage.Specs;

/// <summary>Reminders are replaced, and deleted at the version that was read.</summary>
public abstract class ReminderSpec : StoreSpec
{
    private static readonly ReminderRow Look = new("episode/episode-1-t", "look", Morning, TimeSpan.FromMinutes(5), Hash: -7);

    [Fact]
    public async Task A_reminder_is_replaced_under_a_new_version()
    {
        (await Store.Reminders.UpsertAsync(Look)).ShouldBe(1);
        var later = Look with { StartAt = Morning.AddDays(40), Period = TimeSpan.FromDays(30) };
        (await Store.Reminders.UpsertAsync(later)).ShouldBe(2);

        (await Store.Reminders.ReadAllAsync()).ShouldBe([later with { Version = 2 }]);
        (await Store.Reminders.ReadAsync(Look.GrainId, "look")).ShouldBe(later with { Version = 2 });
        (await Store.Reminders.ReadAsync(Look.GrainId)).ShouldHaveSingleItem();
        (await Store.Reminders.ReadAsync(Look.GrainId, "other")).ShouldBeNull();
    }

    [Fact]
    public async Task Only_the_version_that_was_read_is_deleted()
    {
        await Store.Reminders.UpsertAsync(Look);

        (await Store.Reminders.DeleteAsync(Look.GrainId, "look", 9)).ShouldBeFalse();
        (await Store.Reminders.DeleteAsync(Look.GrainId, "look", 1)).ShouldBeTrue();
        (await Store.Reminders.DeleteAsync(Look.GrainId, "look")).ShouldBeFalse();
        (await Store.Reminders.ReadAllAsync()).ShouldBeEmpty();
    }
}
