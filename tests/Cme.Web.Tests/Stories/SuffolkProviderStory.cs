using System.Text.Json.Nodes;
using Cme.TestSupport.Stories;
using Cme.Web.Tests.Hosting;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Stories;

/// <summary>
/// The policy of the alternative provider in Suffolk as it is lived from Thursday 22 October 2026. Amina is referred on the Friday before half term:
/// three school days end on 4 November, and 72 hours on the Monday of the holiday. Ben has a child protection plan, Cleo comes twenty minutes late.
/// Source: SUF-03 to SUF-33.
/// </summary>
public sealed class SuffolkProviderStory(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Provider = "local:riverside", Commissioner = "900001";

    private readonly SchoolOfTheStory _provider = host.School(Provider);

    [Fact]
    public async Task SUF29_From_a_quarter_of_an_hour_late_to_a_child_who_is_found_at_another_address()
    {
        await _provider.FollowAsync("suffolk-alternative-provider", "Riverside Centre", Commissioner);
        await _provider.CalendarAsync(new
        {
            sessions = new { am = new { start = "08:50", registrationCloses = "09:05" }, pm = new { start = "13:00", registrationCloses = "13:15" } },
        });
        await _provider.RollAsync(["Amina", "Ben", "Cleo", .. Enumerable.Range(1, 10).Select(number => $"Present{number}")]);
        await _provider.ChangeAsync("Ben", new { flags = new[] { "cp_plan" } });

        await MoreThanFifteenMinutesLate_TheCommissionerIsTold();
        await SeriousWelfareConcerns_AreContactedImmediately();
        await TheCmeTeamIsNotified_AndTheOfficerTakesTheReferral();
        await AVisitWithin72HoursOrThreeSchoolDays_TheEarlierAlerts();
        await NotLocated_ReferredToSocialCareOrPolice();
        await Found_TheOfficerJudges_AndReportsTheOutcome();
    }

    private async Task MoreThanFifteenMinutesLate_TheCommissionerIsTold()
    {
        await _provider.MorningAsync("Thu 22 Oct 2026 09:04", ("Amina", "N"), ("Ben", "N"), ("Cleo", "N"));
        ((string)(await _provider.OwedAsync("Amina"))["tell-commissioner"]["state"]!).ShouldBe("pending", "The quarter of an hour is not over: she may still come.");
        await _provider.ClockAsync("Thu 22 Oct 2026 09:06");
        await _provider.OwesAsync("Amina", "tell-commissioner", "SUF-10", "attendance-officer", "Thu 22 Oct 2026 09:05");
        await _provider.OwesAsync("Amina", "refer-attendance", "SUF-06", "attendance-officer", "Thu 22 Oct 2026 15:30");
        await _provider.OwesNoAsync("Amina", "contact-immediately");
        await _provider.DoAsync("Thu 22 Oct 2026 09:08", "Amina", "notify", more: new { whom = "commissioner" });
        await _provider.OwesNoAsync("Amina", "tell-commissioner", "refer-attendance");

        await _provider.TellAsync(Provider, HttpMethod.Patch, $"/api/v1/schools/{Provider}/registers/2026-10-22/AM", new
        {
            asOf = SchoolOfTheStory.Instant("Thu 22 Oct 2026 09:10"), complete = false, marks = new[] { new { schoolPupilId = "cleo", code = "L", minutesLate = 20 } },
        });
        await _provider.ClosedAsync("Cleo", "returned-same-school");
        (await ReturnAsync()).ShouldBe(["amina N False", "ben N False", "cleo L True"], "More than fifteen minutes late is reported too.");
    }

    private async Task SeriousWelfareConcerns_AreContactedImmediately()
    {
        await _provider.OwesAsync("Ben", "contact-immediately", "SUF-13", "dsl", "Thu 22 Oct 2026 09:05");
        await _provider.IsOverdueAsync("Ben", "contact-immediately", level: 3);
        (await _provider.OnBoardAsync("desk")).ShouldBe(["Ben"]);
        await _provider.DoAsync("Thu 22 Oct 2026 09:15", "Ben", "notify", role: "dsl", more: new { whom = "childrens-services" });
        await _provider.OwesNoAsync("Ben", "contact-immediately");

        await _provider.DoAsync("Thu 22 Oct 2026 09:20", "Ben", "refer-authority", role: "dsl");
        await _provider.OwesAsync("Ben", "school-refers-itself", "SUF-25", "dsl", "Thu 22 Oct 2026 09:20");
        await host.OnPageAsync($"dsl-{Provider}", _provider, "Ben", "refer-csc");
        await _provider.OwesNoAsync("Ben", "school-refers-itself", "not-located");

        await _provider.DoAsync("Thu 22 Oct 2026 10:00", "Ben", "sighting", "seen", "tracking-officer", new { whom = "family" });
        await _provider.OwesAsync("Ben", "found-judgement", "SUF-28", "tracking-officer", "Fri 23 Oct 2026 17:00");
        await _provider.DoAsync("Thu 22 Oct 2026 10:05", "Ben", "hold-referral", role: "tracking-officer", more: new { note = "With his grandmother, who is known to us." });
        await _provider.OwesNoAsync("Ben", "found-judgement");
        await _provider.DoAsync("Thu 22 Oct 2026 10:10", "Ben", "close", "explained-absence", "dsl");
        await _provider.ClosedAsync("Ben", "explained-absence");
    }

    private async Task TheCmeTeamIsNotified_AndTheOfficerTakesTheReferral()
    {
        await _provider.DoAsync("Thu 22 Oct 2026 10:15", "Amina", "call", "no-answer");
        await _provider.OwesAsync("Amina", "risk-assessment", "SUF-32", "dsl", "Thu 22 Oct 2026 12:15");
        await _provider.DoAsync("Thu 22 Oct 2026 11:00", "Amina", "risk-assessment", "no-concern", "deputy-dsl");
        await _provider.OwesNoAsync("Amina", "risk-assessment", "refer-harm");
        await _provider.MorningAsync("Fri 23 Oct 2026 09:06", ("Amina", "N"));
        await _provider.OwesAsync("Amina", "notify-cme-team", "SUF-24", "dsl", "Fri 23 Oct 2026 15:30");
        await _provider.DoAsync("Fri 23 Oct 2026 09:30", "Amina", "refer-authority", role: "dsl");
        await _provider.OwesNoAsync("Amina", "notify-cme-team", "school-refers-itself");
    }

    private async Task AVisitWithin72HoursOrThreeSchoolDays_TheEarlierAlerts()
    {
        await _provider.OwesAsync("Amina", "visit-risk", "SUF-26", "tracking-officer", "Mon 2 Nov 2026 15:30");
        foreach (var (step, clause) in new[] { ("visit-home", "SUF-26"), ("visit-other-addresses", "SUF-26"), ("not-located", "SUF-29") })
        {
            var owed = await _provider.OwesAsync("Amina", step, clause, "tracking-officer", "Wed 4 Nov 2026 15:30");
            ((DateTimeOffset)owed["alertAt"]!).ShouldBe(At("Mon 26 Oct 2026 08:30"), "Three times 24 hours: a holiday stops no social-care clock, and on the Sunday the clocks go back.");
        }
        await _provider.DoAsync("Mon 26 Oct 2026 09:00", "Amina", "risk-assessment", "no-concern", "tracking-officer");
        await _provider.DoAsync("Mon 26 Oct 2026 09:20", "Amina", "visit", "no-access", "tracking-officer", new { whom = "home" });
        await _provider.OwesNoAsync("Amina", "visit-risk", "visit-home");
        await _provider.OwesAsync("Amina", "report-outcome", "SUF-31", "tracking-officer", "Tue 27 Oct 2026 17:00");
        (await host.ReadsAsync("tracking-officer", $"/episodes/{await _provider.ReferenceAsync("Amina")}/enquiries")).ShouldContain("ask only whether they know where the family is");
        await _provider.DoAsync("Mon 26 Oct 2026 09:25", "Amina", "enquiry", role: "tracking-officer", more: new { whom = "neighbours" });
    }

    private async Task NotLocated_ReferredToSocialCareOrPolice()
    {
        await _provider.ClockAsync("Mon 26 Oct 2026 09:30");
        (await _provider.OnBoardAsync("desk")).ShouldBe(["Amina"], "The provider is closed, and the authority answers for her.");
        (await host.SeesAsync("tracking-officer", _provider, "Amina")).ShouldContain("the child has not been located");
        await host.OnPageAsync("tracking-officer", _provider, "Amina", "refer-csc");
        await _provider.OwesNoAsync("Amina", "not-located");
        await _provider.OwesAsync("Amina", "visit-other-addresses", "SUF-26", "tracking-officer", "Wed 4 Nov 2026 15:30");
    }

    private async Task Found_TheOfficerJudges_AndReportsTheOutcome()
    {
        await _provider.DoAsync("Tue 27 Oct 2026 10:00", "Amina", "risk-assessment", "no-concern", "tracking-officer");
        await _provider.DoAsync("Tue 27 Oct 2026 11:00", "Amina", "visit", "seen-safe", "tracking-officer", new { whom = "other-address" });
        await _provider.OwesNoAsync("Amina", "visit-other-addresses");
        await _provider.OwesAsync("Amina", "found-judgement", "SUF-28", "tracking-officer", "Wed 28 Oct 2026 17:00");
        await _provider.DoAsync("Tue 27 Oct 2026 11:30", "Amina", "hold-referral", role: "tracking-officer", more: new { note = "Safe with her aunt." });
        await _provider.DoAsync("Tue 27 Oct 2026 11:40", "Amina", "notify", role: "tracking-officer", more: new { whom = "cme-officer" });
        await _provider.OwesNoAsync("Amina", "found-judgement", "report-outcome");

        await _provider.MorningAsync("Mon 2 Nov 2026 09:04");
        ((string)(await _provider.EpisodeAsync("Amina"))["status"]!).ShouldBe("open", "She was referred: no code closes that.");
        (await _provider.OwedAsync("Amina")).ShouldContainKey("confirm-seen");
        await host.OnPageAsync($"dsl-{Provider}", _provider, "Amina", "close", ("Outcome", "returned-same-school"));
        await _provider.ClosedAsync("Amina", "returned-same-school");
        (await host.SeesAsync("cme-lead", _provider, "Amina")).ShouldContain("Returned to the same school");
    }

    /// <summary>The pupils of the first day's return who were not there in time, as the authority reads it.</summary>
    private async Task<string[]> ReturnAsync()
    {
        var made = await _provider.TellAsync(EdgeHost.Authority, HttpMethod.Get, $"/api/v1/schools/{Provider}/returns/2026-10-22", null);
        ((string)made["commissioner"]!).ShouldBe(Commissioner);
        return [.. made["pupils"]!.AsArray().Where(one => (bool)Mark(one)["absent"]!).Select(one => $"{one!["schoolPupilId"]} {Mark(one)["code"]} {Mark(one)["late"]!.GetValue<bool>()}").Order()];
    }

    private static JsonNode Mark(JsonNode? pupil) => pupil!["marks"]![0]!;
}
