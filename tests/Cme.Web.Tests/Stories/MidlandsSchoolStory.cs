using System.Text.Json.Nodes;
using Cme.TestSupport.Stories;
using Cme.Web.Tests.Hosting;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Stories;

/// <summary>
/// The procedure of the school in the Midlands as it is lived from Thursday 22 October 2026, over the half term from 26 to 30 October: the register of
/// a lesson, Lena of whom something is feared on day one, and Kofi whose absence becomes a pattern. Source: MID-01 to MID-17.
/// </summary>
public sealed class MidlandsSchoolStory(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Urn = "900004";

    private readonly SchoolOfTheStory _school = host.School(Urn);

    [Fact]
    public async Task MID13_From_the_register_of_a_lesson_to_two_children_back_at_school()
    {
        await _school.FollowAsync("midlands-school", "Harrow Lane Academy");
        await _school.CalendarAsync(new { lessons = new[] { new { name = "Period 1", start = "09:00", groups = new[] { "7A", "7B" } } } });
        await _school.RollAsync(["Kofi", "Lena", .. Enumerable.Range(1, 12).Select(number => $"Present{number}")]);

        await Recognition_RegistersInTenMinutes_AndTheParentsAreAsked();
        await SafetyConcerns_ChildrensServicesAndThePoliceOnDayOne();
        await NotKnownToOtherAgencies_TheCmeOfficerIsTold();
        await TheHalfTerm_TheMeetingGoesOn();
        await PersistentAbsence_OnTheSafeguardingRecord();
        await FurtherAction_WithTheCmeOfficer();
        await BackAtSchool();
    }

    private async Task Recognition_RegistersInTenMinutes_AndTheParentsAreAsked()
    {
        await _school.MorningAsync("Thu 22 Oct 2026 09:05", ("Kofi", "N"), ("Lena", "N"));
        await TakenAsync("7A", "Thu 22 Oct 2026 09:05");
        await _school.ClockAsync("Thu 22 Oct 2026 09:11");
        (await LessonsAsync()).ShouldBe(["7A taken", "7B not-taken"]);
        (await host.ReadsAsync($"attendance-officer-{Urn}", $"/schools/{Urn}")).ShouldContain("Period 1, 7B");
        await TakenAsync("7B", "Thu 22 Oct 2026 09:11");
        (await LessonsAsync()).ShouldBe(["7A taken", "7B late"]);

        await _school.OwesAsync("Kofi", "contact-parent", "MID-10", "attendance-officer", "Thu 22 Oct 2026 15:30");
        await _school.OwesAsync("Kofi", "reason", "MID-04", "attendance-officer", "Thu 22 Oct 2026 15:30");
        await _school.OwesAsync("Kofi", "risk-assessment", "MID-06", "dsl", "Thu 22 Oct 2026 11:20");
        foreach (var pupil in new[] { "Kofi", "Lena" }) { await _school.DoAsync("Thu 22 Oct 2026 09:40", pupil, "call", "no-answer"); }
        await _school.OwesAsync("Kofi", "risk-assessment", "MID-06", "dsl", "Thu 22 Oct 2026 11:40");
    }

    private async Task SafetyConcerns_ChildrensServicesAndThePoliceOnDayOne()
    {
        (await host.ReadsAsync($"attendance-officer-{Urn}", $"/episodes/{await _school.ReferenceAsync("Lena")}/record-question-set")).ShouldContain("Is there a risk of forced marriage?");
        await _school.DoAsync("Thu 22 Oct 2026 10:30", "Lena", "question-set", "concern", more: new { answers = new[] { new { question = "forced-marriage", answer = "yes", why = "A ticket was booked." } } });
        await _school.OwesAsync("Lena", "refer-csc-day-one", "MID-13", "dsl", "Thu 22 Oct 2026 10:30");
        await _school.OwesAsync("Lena", "refer-police-day-one", "MID-13", "dsl", "Thu 22 Oct 2026 10:30");
        await _school.IsOverdueAsync("Lena", "refer-police-day-one", level: 3);
        (await _school.OnBoardAsync("desk")).ShouldBe(["Lena"], "DSL and desk know together, at once.");

        await host.OnPageAsync($"dsl-{Urn}", _school, "Lena", "refer-police");
        (await _school.OwedAsync("Lena")).ShouldContainKey("csc-as-soon-as-possible");
        await host.OnPageAsync($"dsl-{Urn}", _school, "Lena", "refer-csc");
        await _school.OwesNoAsync("Lena", "refer-csc-day-one", "refer-police-day-one", "csc-as-soon-as-possible", "reason");
        (await _school.OnBoardAsync("desk")).ShouldBe(["Lena"], "The council has a record of her as a missing person now.");
    }

    private async Task NotKnownToOtherAgencies_TheCmeOfficerIsTold()
    {
        await _school.DoAsync("Thu 22 Oct 2026 11:30", "Kofi", "vulnerability-assessment", role: "dsl", more: new { together = "Hilary Stannard, attendance officer" });
        await _school.OwesNoAsync("Kofi", "risk-assessment");
        await _school.OwesAsync("Kofi", "inform-cme-officer", "MID-07", "dsl", "Fri 23 Oct 2026 15:30");
        await _school.DoAsync("Thu 22 Oct 2026 11:40", "Kofi", "question-set", "no-concern", more: new { answers = new[] { new { question = "highly-mobile", answer = "yes", why = "Third school." } } });
        await _school.OwesNoAsync("Kofi", "reason");
        await _school.RegisterAsync("Thu 22 Oct 2026 13:10", "PM", ("Kofi", "N"), ("Lena", "N"));
        await _school.MissingAsync(["Fri 23 Oct 2026"], "Kofi", "Lena");
        await _school.DoAsync("Fri 23 Oct 2026 14:00", "Kofi", "notify", role: "dsl", more: new { whom = "cme-officer" });
        await _school.OwesNoAsync("Kofi", "inform-cme-officer");
        await _school.DoAsync("Fri 23 Oct 2026 14:10", "Lena", "meeting", "convened", "dsl", new { whom = "section-47" });
        foreach (var pupil in new[] { "Kofi", "Lena" }) { await _school.DoAsync("Fri 23 Oct 2026 14:20", pupil, "review", role: "dsl"); }
        await _school.OwesNoAsync("Kofi", "holiday-review");
    }

    private async Task TheHalfTerm_TheMeetingGoesOn()
    {
        await _school.OwesAsync("Lena", "take-part", "MID-15", "dsl", "Fri 30 Oct 2026 17:00");
        await _school.ClockAsync("Wed 28 Oct 2026 09:00");
        ((string)(await _school.EpisodeAsync("Lena"))["owner"]!).ShouldBe(EdgeHost.Authority);
        await _school.DoAsync("Wed 28 Oct 2026 10:00", "Lena", "meeting", "attended", "dsl", new { whom = "section-47" });
        await _school.OwesNoAsync("Lena", "take-part");
        await _school.MorningAsync("Mon 2 Nov 2026 09:05", ("Kofi", "N"));
        (await _school.OwedAsync("Lena")).ShouldContainKey("confirm-seen", "She was referred: no code closes that.");
        await host.OnPageAsync($"dsl-{Urn}", _school, "Lena", "close", ("Outcome", "returned-same-school"));
        await _school.ClosedAsync("Lena", "returned-same-school");
    }

    private async Task PersistentAbsence_OnTheSafeguardingRecord()
    {
        await _school.RegisterAsync("Mon 2 Nov 2026 13:10", "PM", ("Kofi", "N"));
        await _school.MissingAsync(["Tue 3 Nov 2026", "Wed 4 Nov 2026"], "Kofi");
        await _school.OwesAsync("Kofi", "replace-code-n", "B3", "attendance-officer", "Thu 5 Nov 2026 15:30");
        await _school.MissingAsync(["Thu 5 Nov 2026", "Fri 6 Nov 2026", "Mon 9 Nov 2026", "Tue 10 Nov 2026"], "Kofi");
        await _school.OwesNoAsync("Kofi", "safeguarding-record", "actions-decided", "attendance-return");

        await _school.MissingAsync(["Wed 11 Nov 2026"], "Kofi");

        ((int)(await _school.EpisodeAsync("Kofi"))["counts"]!["irregularDays"]!).ShouldBe(10);
        await _school.OwesAsync("Kofi", "safeguarding-record", "MID-11", "dsl", "Thu 12 Nov 2026 15:30");
        await _school.OwesAsync("Kofi", "actions-decided", "MID-12", "dsl", "Wed 18 Nov 2026 15:30");
        await _school.OwesAsync("Kofi", "attendance-return", "B5", "attendance-officer", "Wed 9 Dec 2026 15:30");
        await _school.DoAsync("Wed 11 Nov 2026 14:00", "Kofi", "review", role: "dsl", more: new { plan = new { what = "Visit the home.", owner = "The DSL", by = "2026-11-13" } });
        await _school.OwesNoAsync("Kofi", "safeguarding-record");
        await _school.DoAsync("Fri 13 Nov 2026 10:00", "Kofi", "visit", "no-access", "dsl");
        await _school.OwesNoAsync("Kofi", "actions-decided");
    }

    private async Task FurtherAction_WithTheCmeOfficer()
    {
        await _school.MissingAsync(["Fri 13 Nov 2026"], "Kofi");
        await host.OnPageAsync($"dsl-{Urn}", _school, "Kofi", "refer-authority", ("Note", "Ten days, and nobody opens."));
        await _school.OwesNoAsync("Kofi", "attendance-return");
        await _school.OwesAsync("Kofi", "cme-officer-checks", "MID-16", "tracking-officer", "Fri 20 Nov 2026 17:00");
        await _school.ClockAsync("Fri 20 Nov 2026 17:01");
        await _school.IsOverdueAsync("Kofi", "cme-officer-checks", level: 0);
        await _school.ClockAsync("Mon 23 Nov 2026 09:01");
        await _school.IsOverdueAsync("Kofi", "cme-officer-checks", level: 3);
        await _school.DoAsync("Mon 23 Nov 2026 09:02", "Kofi", "check", role: "tracking-officer", more: new { whom = "authority-databases" });
        await _school.OwesNoAsync("Kofi", "cme-officer-checks");
    }

    private async Task BackAtSchool()
    {
        await _school.DoAsync("Mon 23 Nov 2026 09:03", "Kofi", "reply", "contact-made");
        await _school.OwesNoAsync("Kofi", "contact-parent");
        await _school.MorningAsync("Mon 23 Nov 2026 09:05");
        (await _school.OwedAsync("Kofi")).ShouldContainKey("confirm-seen");
        await host.OnPageAsync($"dsl-{Urn}", _school, "Kofi", "close", ("Outcome", "returned-same-school"));
        await _school.ClosedAsync("Kofi", "returned-same-school");
        (await host.ReadsAsync($"dsl-{Urn}", $"/schools/{Urn}/board")).ShouldNotContain(await _school.ReferenceAsync("Kofi"));
    }

    private Task<JsonObject> TakenAsync(string group, string at) => _school.TellAsync(
        Urn, HttpMethod.Put, $"/api/v1/schools/{Urn}/lessons/2026-10-22", new { lesson = "Period 1", group, takenAt = SchoolOfTheStory.Instant(at) });

    private async Task<string[]> LessonsAsync() =>
    [
        .. (await _school.TellAsync(Urn, HttpMethod.Get, $"/api/v1/schools/{Urn}/lessons/2026-10-22", null))["lessons"]!.AsArray().Select(one => $"{one!["group"]} {one["state"]}"),
    ];
}
