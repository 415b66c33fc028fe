using Cme.TestSupport.Stories;
using Cme.Web.Tests.Hosting;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Stories;

/// <summary>
/// Northamptonshire's page as it is lived: Amina does not come on Thursday 22 October 2026, half term is from 26 to 30 October, every check is
/// made and nobody finds her, her name lawfully comes off the roll, and another school has her in January. Of Ben the school forgets the visit,
/// and ten days are the earlier. Source: NOR-01 to NOR-16, FACTS C5.
/// </summary>
public sealed class NorthamptonshireStory(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Urn = "900001", NewSchool = "900003";

    private readonly SchoolOfTheStory _school = host.School(Urn);

    [Fact]
    public async Task NOR13_From_the_first_unanswered_call_to_another_school_that_has_the_child()
    {
        await _school.CalendarAsync();
        await _school.RollAsync(["Amina", "Ben", .. Enumerable.Range(1, 12).Select(number => $"Present{number}")]);

        await Day1_PhoneCallAndRiskAfterTwoHours();
        await Day2_AnotherCall_AndTheHolidayBegins();
        await Day3_Letter();
        await Day5_HomeVisit();
        await OnceTheChecksAreComplete_OrWithinTenDays_WhicheverIsEarlier();
        await TheTrackingOfficerFeedsBack_Late();
        await Day20_TheNameMayComeOffTheRoll();
        await OffTheRoll_ARecordOfTheAuthorityBegins();
        await Found_AndEverybodyIsToldBeforeItIsClosed();
    }

    private async Task Day1_PhoneCallAndRiskAfterTwoHours()
    {
        await _school.MorningAsync("Thu 22 Oct 2026 09:10", ("Amina", "N"), ("Ben", "N"));
        await _school.OwesAsync("Amina", "contact-parent", "NOR-04", "attendance-officer", "Thu 22 Oct 2026 15:30");
        await _school.OwesAsync("Amina", "phone-home", "NOR-05", "attendance-officer", "Thu 22 Oct 2026 15:30");
        await _school.OwesAsync("Amina", "assess-safeguarding", "NOR-02", "dsl", "Thu 22 Oct 2026 15:30");
        await _school.OwesAsync("Amina", "risk-assessment", "NOR-06", "dsl", "Thu 22 Oct 2026 11:20");

        foreach (var pupil in new[] { "Amina", "Ben" }) { await _school.DoAsync("Thu 22 Oct 2026 09:40", pupil, "call", "no-answer"); }

        await _school.OwesAsync("Amina", "risk-assessment", "NOR-06", "dsl", "Thu 22 Oct 2026 11:40");
        await _school.OwesNoAsync("Amina", "phone-home");
        await _school.OwesAsync("Amina", "contact-parent", "NOR-04", "attendance-officer", "Thu 22 Oct 2026 15:30");

        await _school.ClockAsync("Thu 22 Oct 2026 11:41");
        await _school.IsOverdueAsync("Amina", "risk-assessment", level: 1);
        (await host.SeesAsync($"dsl-{Urn}", _school, "Amina")).ShouldContain("Call back, and assess the risk to the child");
        (await host.OnPageAsync($"dsl-{Urn}", _school, "Amina", "risk-assessment", ("Outcome", "no-concern"))).ShouldContain("data-recorded");
        await _school.OwesNoAsync("Amina", "risk-assessment", "assess-safeguarding", "refer-police-or-social-care");
        await _school.DoAsync("Thu 22 Oct 2026 11:50", "Ben", "risk-assessment", "no-concern", "dsl");
        await _school.RegisterAsync("Thu 22 Oct 2026 13:10", "PM", ("Amina", "N"), ("Ben", "N"));
    }

    private async Task Day2_AnotherCall_AndTheHolidayBegins()
    {
        await _school.MorningAsync("Fri 23 Oct 2026 09:10", ("Amina", "N"), ("Ben", "N"));
        await _school.OwesAsync("Amina", "second-day-call", "NOR-10", "attendance-officer", "Fri 23 Oct 2026 15:30");
        foreach (var pupil in new[] { "Amina", "Ben" })
        {
            await _school.DoAsync("Fri 23 Oct 2026 10:00", pupil, "call", "voicemail", more: new { channel = "mobile" });
        }
        await _school.OwesNoAsync("Amina", "second-day-call");
        (await _school.OnBoardAsync("desk")).ShouldBeEmpty();

        await _school.RegisterAsync("Fri 23 Oct 2026 13:10", "PM", ("Amina", "N"), ("Ben", "N"));
        await _school.OwesAsync("Amina", "holiday-review", "product", "dsl", "Fri 23 Oct 2026 15:30");
        (await _school.OnBoardAsync("desk")).ShouldBe(["Amina", "Ben"], "The authority is about to answer for them.");
        foreach (var pupil in new[] { "Amina", "Ben" }) { await _school.DoAsync("Fri 23 Oct 2026 14:00", pupil, "review", role: "dsl"); }
        await _school.ClockAsync("Fri 23 Oct 2026 15:31");
        ((string)(await _school.EpisodeAsync("Amina"))["owner"]!).ShouldBe(EdgeHost.Authority);
        (await host.ReadsAsync("duty-desk", "/desk")).ShouldContain(await _school.ReferenceAsync("Amina"));
    }

    private async Task Day3_Letter()
    {
        await _school.MorningAsync("Mon 2 Nov 2026 09:10", ("Amina", "N"), ("Ben", "N"));
        ((string)(await _school.EpisodeAsync("Amina"))["owner"]!).ShouldBe(Urn);
        await _school.OwesAsync("Amina", "letter", "NOR-11", "attendance-officer", "Mon 2 Nov 2026 15:30");
        await _school.OwesNoAsync("Amina", "letter-translated");
        foreach (var pupil in new[] { "Amina", "Ben" })
        {
            await _school.DoAsync("Mon 2 Nov 2026 11:00", pupil, "letter", "sent", more: new { channel = "post", languages = new[] { "ENG" } });
        }
        await _school.OwesAsync("Amina", "letter-reply", "NOR-11", "attendance-officer", "Thu 5 Nov 2026 17:00");
        await _school.RegisterAsync("Mon 2 Nov 2026 13:10", "PM", ("Amina", "N"), ("Ben", "N"));
    }

    private async Task Day5_HomeVisit()
    {
        await _school.MissingAsync(["Tue 3 Nov 2026", "Wed 4 Nov 2026"], "Amina", "Ben");
        await _school.OwesAsync("Amina", "visit-risk-assessment", "NOR-12", "dsl", "Wed 4 Nov 2026 15:30");
        var visit = await _school.OwesAsync("Amina", "visit", "NOR-12", "attendance-officer", "Wed 4 Nov 2026 15:30");
        ((DateTimeOffset)visit["actBy"]!).ShouldBe(At("Thu 5 Nov 2026 15:30"), "On day 5, or on day 6 at the latest.");
        var report = await _school.OwesAsync("Amina", "report-missing", "NOR-13", "dsl", "Wed 11 Nov 2026 15:30");
        ((DateTimeOffset)report["alertAt"]!).ShouldBe(At("Fri 23 Oct 2026 15:30"), "Ten calendar days end in the holiday: the last open moment before.");

        await _school.DoAsync("Wed 4 Nov 2026 13:30", "Amina", "risk-assessment", "no-concern", "dsl");
        await _school.DoAsync("Wed 4 Nov 2026 14:00", "Amina", "visit", "no-access");
        await _school.OwesNoAsync("Amina", "visit", "visit-risk-assessment");
    }

    private async Task OnceTheChecksAreComplete_OrWithinTenDays_WhicheverIsEarlier()
    {
        await _school.OwesAsync("Amina", "report-missing", "NOR-13", "dsl", "Thu 5 Nov 2026 17:00");
        await _school.OwesAsync("Ben", "report-missing", "NOR-13", "dsl", "Wed 11 Nov 2026 15:30");
        await _school.MissingAsync(["Thu 5 Nov 2026", "Fri 6 Nov 2026"], "Amina", "Ben");
        await _school.IsOverdueAsync("Ben", "visit", level: 1);

        (await host.OnPageAsync($"dsl-{Urn}", _school, "Amina", "refer-authority", ("Note", "Everything was tried."))).ShouldContain("data-recorded");

        await _school.OwesNoAsync("Amina", "report-missing");
        var answer = await _school.OwesAsync("Amina", "roll-answer", "NOR-16", "tracking-officer", "Fri 20 Nov 2026 15:30");
        ((DateTimeOffset)answer["alertAt"]!).ShouldBe(At("Mon 16 Nov 2026 17:00"), "Ten calendar days are the earlier reading.");
        await _school.OwesAsync("Amina", "investigate", "NOR-15", "tracking-officer", "Fri 20 Nov 2026 15:30");

        await _school.MorningAsync("Mon 9 Nov 2026 09:10", ("Amina", "N"));
        await _school.DoAsync("Mon 9 Nov 2026 09:30", "Ben", "close", "returned-same-school", "dsl");
        await _school.ClosedAsync("Ben", "returned-same-school");
    }

    private async Task TheTrackingOfficerFeedsBack_Late()
    {
        await _school.RegisterAsync("Mon 9 Nov 2026 13:10", "PM", ("Amina", "N"));
        await _school.MissingAsync(["Tue 10 Nov 2026", "Wed 11 Nov 2026", "Thu 12 Nov 2026", "Fri 13 Nov 2026", "Mon 16 Nov 2026", "Tue 17 Nov 2026"], "Amina");
        await _school.DoAsync("Tue 17 Nov 2026 14:00", "Amina", "check", role: "tracking-officer", more: new { whom = "housing" });
        await _school.OwesNoAsync("Amina", "investigate");
        await _school.MissingAsync(["Wed 18 Nov 2026", "Thu 19 Nov 2026", "Fri 20 Nov 2026"], "Amina");

        await _school.ClockAsync("Fri 20 Nov 2026 15:31");
        await _school.IsOverdueAsync("Amina", "roll-answer", level: 0);
        await _school.OwesAsync("Amina", "chase-answer", "NOR-16", "attendance-officer", "Mon 23 Nov 2026 15:30");
        await _school.MissingAsync(["Mon 23 Nov 2026"], "Amina");
        await _school.IsOverdueAsync("Amina", "roll-answer", level: 3);
        await _school.DoAsync("Mon 23 Nov 2026 14:00", "Amina", "chase");
        await _school.OwesNoAsync("Amina", "chase-answer");
        await _school.DoAsync("Mon 23 Nov 2026 16:00", "Amina", "roll-decision", "keep", "tracking-officer");
        await _school.OwesNoAsync("Amina", "roll-answer");
    }

    private async Task Day20_TheNameMayComeOffTheRoll()
    {
        await _school.MissingAsync(["Tue 24 Nov 2026"], "Amina");
        (await _school.UnmetAsync("Amina")).ShouldBe(
            ["twenty-school-days", "belief-statement", "school-signature", "authority-signature", "authority-decision"], "Day 19, and the officer said keep.");
        await _school.MissingAsync(["Wed 25 Nov 2026"], "Amina");
        (await _school.UnmetAsync("Amina")).ShouldBe(["belief-statement", "school-signature", "authority-signature", "authority-decision"]);
        await _school.OwesAsync("Amina", "ground-i", "B4", "head", "Wed 2 Dec 2026 15:30");

        await host.OnPageAsync($"head-{Urn}", _school, "Amina", "removal-statement", ("Note", "Nothing suggests illness. The family gave up the flat."));
        await host.OnPageAsync($"head-{Urn}", _school, "Amina", "joint-log", ("Outcome", "signed"));
        await host.OnPageAsync("tracking-officer", _school, "Amina", "joint-log", ("Outcome", "signed"));
        (await _school.UnmetAsync("Amina")).ShouldBe(["authority-decision"]);
        await host.OnPageAsync("tracking-officer", _school, "Amina", "roll-decision", ("Outcome", "remove"));

        (await _school.UnmetAsync("Amina")).ShouldBeEmpty();
        await _school.OwesAsync("Amina", "deletion-return", "B5", "attendance-officer", "Thu 26 Nov 2026 15:30");
        (await host.ReadsAsync($"head-{Urn}", $"/episodes/{await _school.ReferenceAsync("Amina")}/removal")).ShouldContain("data-gate=\"open\"");
    }

    private async Task OffTheRoll_ARecordOfTheAuthorityBegins()
    {
        await _school.DoAsync("Wed 25 Nov 2026 15:00", "Amina", "notify", role: "attendance-officer", more: new { whom = "cme-officer" });
        await _school.ChangeAsync("Amina", new { leavingDate = "2026-11-25", ground = "i", destination = "Not known" });

        ((bool)(await _school.ListAsync(Urn, "/api/v1/removals")).ShouldHaveSingleItem()["lawful"]!).ShouldBeTrue();
        await _school.OwesNoAsync("Amina", "removed-all-the-same");
        await _school.OwesAsync("Amina", "send-information", "B8", "head", "Wed 16 Dec 2026 15:30");
        await _school.TellAsync(Urn, HttpMethod.Post, $"/api/v1/schools/{Urn}/transfers", new
        {
            pupil = "amina", route = "lost-pupils", reference = "8121234_CTF_XXXXXXX_001.xml", at = SchoolOfTheStory.Instant("Wed 25 Nov 2026 15:00"),
            performedBy = new { name = "Ruth Hale", role = "head", org = Urn },
        });
        await _school.OwesNoAsync("Amina", "send-information");

        await _school.ClockAsync("Thu 26 Nov 2026 09:00");
        _school.Call("Amina's record", await host.RecordOfAsync(_school, "Amina"));
        ((string)(await _school.EpisodeAsync("Amina's record"))["firstDayMissing"]!).ShouldBe("2026-11-26");
        await _school.OwesAsync("Amina's record", "reason", "MID-03", "tracking-officer", "Tue 1 Dec 2026 17:00");
        await _school.OwesAsync("Amina's record", "check-admissions", "B8", "tracking-officer", "Thu 3 Dec 2026 17:00");
    }

    private async Task Found_AndEverybodyIsToldBeforeItIsClosed()
    {
        await _school.DoAsync("Thu 26 Nov 2026 10:00", "Amina's record", "reason", "whereabouts-unknown", "tracking-officer");
        await _school.EntersAsync(NewSchool, "Amina", "Mon 7 Dec 2026");
        await _school.ClockAsync("Mon 7 Dec 2026 09:00");
        await host.RecordOfAsync(_school, "Amina");
        await _school.OwesAsync("Amina's record", "confirm-placed", "product", "tracking-officer", "Tue 8 Dec 2026 17:00");

        (await host.OnPageAsync("tracking-officer", _school, "Amina's record", "school-place", ("Outcome", "started"))).ShouldContain("Who must be told");
        await _school.OwesNoAsync("Amina's record", "confirm-placed", "check-admissions", "visit");
        foreach (var whom in new[] { "all-agencies", "previous-school", "new-school" })
        {
            await Should.ThrowAsync<HttpRequestException>(() => _school.DoAsync("Mon 7 Dec 2026 10:00", "Amina's record", "close", "on-roll-new-school", "tracking-officer"));
            await _school.DoAsync("Mon 7 Dec 2026 10:00", "Amina's record", "notify", null, "tracking-officer", new { whom });
        }
        await _school.DoAsync("Mon 7 Dec 2026 10:00", "Amina's record", "close", "on-roll-new-school", "tracking-officer");
        await _school.ClosedAsync("Amina's record", "on-roll-new-school");
        await _school.DoAsync("Mon 7 Dec 2026 10:00", "Amina", "close", "on-roll-new-school", "tracking-officer");
        await _school.ClosedAsync("Amina", "on-roll-new-school");
        (await host.SeesAsync($"dsl-{Urn}", _school, "Amina")).ShouldContain("On roll and attending another school");
        (await _school.OnBoardAsync("desk")).ShouldBeEmpty();
    }
}
