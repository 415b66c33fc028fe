using System.Text.Json;
using Cme.Domain.Registers;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.TestSupport.Terms;
using static Cme.Storage.Tests.EpisodeWrites;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Storage.Tests.Registers;

/// <summary>What schools have sent and owe, from rows alone. Registration closes at 09:20 and at 13:15.</summary>
public sealed class FeedStoreTests : IAsyncLifetime
{
    private const string Day = "Tue 8 Sep 2026";

    private Store _store = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        await PutSchoolAsync("900001", "Nene Primary", "Mon 7 Sep 2026 08:00");
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_school_that_sends_nothing_is_silent_from_half_an_hour_after_registration_closes()
    {
        await TakeAsync("900001", "Mon 7 Sep 2026", "AM", 1, "Mon 7 Sep 2026 09:00");
        await TakeAsync("900001", "Mon 7 Sep 2026", "PM", 1, "Mon 7 Sep 2026 13:05");
        (await OfAsync($"{Day} 09:49")).IsSilent.ShouldBeFalse();

        var silent = await OfAsync($"{Day} 09:50");
        silent.Missing.ShouldHaveSingleItem().Session.ShouldBe(Am(Day));

        await TakeAsync("900001", Day, "AM", 1, $"{Day} 10:00");
        (await OfAsync($"{Day} 10:00")).IsSilent.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_was_silent_yesterday_is_so_until_today_s_first_register_is_judged()
    {
        (await OfAsync($"{Day} 08:00")).Missing.Select(register => register.Session).ShouldBe([Am("Mon 7 Sep 2026"), Pm("Mon 7 Sep 2026")]);
        (await OfAsync($"{Day} 10:00")).Missing.Select(register => register.Session).ShouldBe([Am(Day)]);
    }

    [Fact]
    public async Task Nothing_is_expected_from_before_a_school_first_published_a_calendar()
    {
        await PutSchoolAsync("900002", "Riverside School", $"{Day} 10:00");
        (await OfAsync($"{Day} 12:00", "900002")).Registers.Select(register => register.Session).ShouldBe([Pm(Day)]);

        await _store.PutSchoolAsync("900003", "School without a calendar");
        (await _store.Feeds.OfSchoolAsync(Authority, "900003", At($"{Day} 12:00"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_calendar_that_closes_the_day_afterwards_ends_the_silence()
    {
        (await OfAsync($"{Day} 12:00")).IsSilent.ShouldBeTrue();
        await PublishAsync("900001", $"{Day} 12:01", Autumn2026.Document with { Closures = [new(On(Day), "Y4")] });

        (await OfAsync($"{Day} 12:02")).Missing.Select(register => register.Session.Date).Distinct().ShouldBe([On("Mon 7 Sep 2026")]);
    }

    [Fact]
    public async Task A_register_is_shown_as_first_received_and_last_revised_with_its_doubt()
    {
        await TakeAsync("900001", Day, "AM", 1, $"{Day} 09:00");
        await TakeAsync("900001", Day, "AM", 2, $"{Day} 09:25", doubted: true);

        (await _store.Feeds.ReceivedAsync(Authority, "900001", On(Day))).ShouldBe(
        [
            new ReceivedRegister(Am(Day), 2, At($"{Day} 09:00"), At($"{Day} 09:25"), true, new(At($"{Day} 09:25"), At($"{Day} 09:40"))),
        ]);
        (await OfAsync($"{Day} 09:30")).LookWrong.ShouldHaveSingleItem().Session.ShouldBe(Am(Day));
        (await OfAsync($"{Day} 09:40")).LookWrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_school_of_the_authority_is_listed_by_name_and_no_other_authority_s()
    {
        await PutSchoolAsync("900002", "Avon Primary", "Mon 7 Sep 2026 08:00");
        await _store.Schools.PutAuthorityAsync(new AuthorityRecord("998", "Elsewhere"));

        (await _store.Feeds.OfAuthorityAsync(Authority, At($"{Day} 12:00"))).Select(school => school.Name).ShouldBe(["Avon Primary", "Nene Primary"]);
        (await _store.Feeds.OfAuthorityAsync("998", At($"{Day} 12:00"))).ShouldBeEmpty();
    }

    private async Task<SchoolFeed> OfAsync(string now, string urn = "900001") => (await _store.Feeds.OfSchoolAsync(Authority, urn, At(now)))!;

    private async Task PutSchoolAsync(string urn, string name, string published)
    {
        await _store.PutSchoolAsync(urn, name);
        await PublishAsync(urn, published, Autumn2026.Document);
    }

    private Task<int> PublishAsync(string urn, string at, Cme.Domain.Calendars.SchoolYearDocument document) => _store.Schools.PublishCalendarAsync(
        Authority, urn, document.SchoolYear, JsonSerializer.Serialize(document, JsonSerializerOptions.Web), At(at));

    private Task<bool> TakeAsync(string urn, string day, string session, int revision, string at, bool doubted = false) =>
        _store.Registers.AppendAsync(new RegisterAppend
        {
            Authority = Authority,
            Urn = urn,
            Sheet = new SheetRecord
            {
                Date = On(day), Session = session, Revision = revision, AsOf = At(at), ReceivedAt = At(at), Complete = true,
                DoubtedFrom = doubted ? At(at) : null, DoubtedUntil = doubted ? At(at) + MassError.HeldFor : null,
            },
        });
}
