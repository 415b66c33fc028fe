using Cme.TestSupport.Stories;
using Cme.Web.Tests.Hosting;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Stories;

/// <summary>
/// The Pan-Dorset procedure as it is lived from Thursday 22 October 2026, over the half term from 26 to 30 October. Of Amina nothing speaks for
/// harm: the referral is held, every reasonable enquiry is made, and nobody finds her for four weeks. Ben is looked after, Dina's answers give
/// concern, Chidi does not return from leave, Farah is subject to immigration restriction. Source: DOR-04 to DOR-48, FACTS C5.
/// </summary>
public sealed class PanDorsetStory(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Urn = "900002", NewSchool = "900003";

    private readonly SchoolOfTheStory _school = host.School(Urn);

    [Fact]
    public async Task DOR33_From_the_first_day_to_the_school_that_the_child_has_joined_with_everybody_told()
    {
        await _school.FollowAsync("pan-dorset", "Harbour View School");
        await _school.CalendarAsync();
        await _school.RollAsync(["Amina", "Ben", "Chidi", "Dina", "Farah", .. Enumerable.Range(1, 25).Select(number => $"Present{number}")]);
        await _school.ChangeAsync("Ben", new { flags = new[] { "looked_after" } });
        await _school.ChangeAsync("Farah", new { flags = new[] { "subject_to_restriction" } });

        await LeaveOfChidi_TheTimeLineStartsOnTheExpectedReturn();
        await DayOne_WhoIsMissingAndWhoIsAlwaysReferred();
        await DayOne_TheAnswersGiveConcern_StepsOneToFour();
        await DayOne_NoReasonToBelieveInHarm_TheReferralIsHeld();
        await TheHalfTerm_ForeignNational_RegularWeeklyContact();
        await ReasonableEnquiry_AndWithinTwoWeeks();
        await FurtherActions_OfTheEducationWelfareOfficer();
        await WithinTenDays_PoliceSocialCareAndTheService();
        await MoreThanFourWeeks_TheFileAndTheRoll();
        await JoinedAnotherSchool_EverybodyIsTold();
    }

    private async Task LeaveOfChidi_TheTimeLineStartsOnTheExpectedReturn()
    {
        await _school.TellAsync(Urn, HttpMethod.Post, $"/api/v1/schools/{Urn}/leaves",
            new { pupil = "chidi", from = "2026-10-19", expectedReturn = "2026-10-22", reason = "Wedding abroad", authorisedBy = "Ruth Hale, head" });
        await _school.MorningAsync("Wed 21 Oct 2026 09:10", ("Chidi", "N"));
        (await _school.FindAsync("Chidi")).ShouldBeNull("The leave was granted, whatever the register says.");
    }

    private async Task DayOne_WhoIsMissingAndWhoIsAlwaysReferred()
    {
        await _school.MorningAsync("Thu 22 Oct 2026 09:10", ("Amina", "N"), ("Ben", "N"), ("Chidi", "N"), ("Dina", "N"), ("Farah", "N"));
        ((string)(await _school.EpisodeAsync("Chidi"))["firstDayMissing"]!).ShouldBe("2026-10-22");
        await _school.OwesAsync("Chidi", "refer-education-welfare", "DOR-11", "dsl", "Thu 5 Nov 2026 15:30");
        await _school.DoAsync("Thu 22 Oct 2026 09:25", "Chidi", "call", "parent-child-safe");
        await _school.ClosedAsync("Chidi", "explained-absence");

        await _school.OwesAsync("Amina", "contact-parent", "DOR-06", "attendance-officer", "Thu 22 Oct 2026 15:30");
        await _school.OwesNoAsync("Amina", "refer-always", "weekly-police");
        await _school.OwesAsync("Ben", "refer-always", "DOR-08", "dsl", "Thu 22 Oct 2026 10:20");
        foreach (var enquiry in new[] { "ask-staff", "phone-all-numbers", "ask-friends", "ask-relatives", "letter", "visit" })
        {
            await _school.OwesAsync("Ben", enquiry, "DOR-21", "attendance-officer", "Thu 22 Oct 2026 15:30");
        }
        (await _school.OnBoardAsync("desk")).ShouldBe(["Ben"], "Flagged children are on the desk from the start.");

        await _school.DoAsync("Thu 22 Oct 2026 09:40", "Amina", "call", "no-answer");
        await _school.OwesAsync("Amina", "risk-assessment", "DOR-05", "dsl", "Thu 22 Oct 2026 11:40");
        await _school.DoAsync("Thu 22 Oct 2026 09:45", "Dina", "call", "other-person-not-reassured");
        await _school.OwesAsync("Dina", "consult-dsl", "DOR-07", "dsl", "Thu 22 Oct 2026 10:15");

        await _school.ClockAsync("Thu 22 Oct 2026 10:21");
        await _school.IsOverdueAsync("Ben", "refer-always", level: 3);
        await _school.DoAsync("Thu 22 Oct 2026 10:25", "Ben", "refer-csc", role: "dsl");
        await _school.OwesNoAsync("Ben", "refer-always", "tell-social-worker");
        await _school.OwesAsync("Ben", "tell-education-welfare", "DOR-15", "dsl", "Thu 22 Oct 2026 15:30");
    }

    private async Task DayOne_TheAnswersGiveConcern_StepsOneToFour()
    {
        var path = $"/episodes/{await _school.ReferenceAsync("Dina")}/record-question-set";
        (await host.ReadsAsync($"dsl-{Urn}", path)).ShouldContain("Has the child been a victim of bullying?");
        await _school.DoAsync("Thu 22 Oct 2026 10:30", "Dina", "question-set", "concern", "dsl",
            new { answers = new[] { new { question = "bullying", answer = "yes", why = "A fight last week." } } });
        foreach (var step in new[] { "refer-csc-day-one", "refer-police-day-one" })
        {
            await _school.OwesAsync("Dina", step, "DOR-14", "dsl", "Thu 22 Oct 2026 10:30");
            await _school.IsOverdueAsync("Dina", step, level: 3);
        }

        await _school.DoAsync("Thu 22 Oct 2026 10:35", "Dina", "refer-police", role: "dsl");
        await _school.OwesAsync("Dina", "police-reference", "DOR-16", "dsl", "Thu 22 Oct 2026 11:35");
        await _school.OwesAsync("Dina", "police-grade", "DOR-17", "dsl", "Fri 23 Oct 2026 15:30");
        await _school.OwesAsync("Dina", "csc-as-soon-as-possible", "DOR-18", "dsl", "Thu 22 Oct 2026 11:35");
        await _school.DoAsync("Thu 22 Oct 2026 10:40", "Dina", "refer-csc", role: "dsl");
        await _school.DoAsync("Thu 22 Oct 2026 10:45", "Dina", "agency-update", "reference", "dsl", new { whom = "police", note = "Reference 55210" });
        await _school.DoAsync("Thu 22 Oct 2026 10:50", "Dina", "notify", role: "dsl", more: new { whom = "education-welfare" });
        await _school.DoAsync("Thu 22 Oct 2026 10:55", "Dina", "meeting", "convened", "dsl", new { whom = "strategy-discussion" });
        await _school.OwesNoAsync("Dina", "refer-csc-day-one", "refer-police-day-one", "police-reference", "csc-as-soon-as-possible", "tell-education-welfare");
        await _school.OwesAsync("Dina", "take-part", "DOR-19", "dsl", "Thu 29 Oct 2026 17:00");
    }

    private async Task DayOne_NoReasonToBelieveInHarm_TheReferralIsHeld()
    {
        await _school.DoAsync("Thu 22 Oct 2026 11:00", "Amina", "vulnerability-assessment", role: "dsl", more: new { together = "Tom Baker, class teacher" });
        await _school.OwesNoAsync("Amina", "risk-assessment");
        await _school.OwesAsync("Amina", "judgement-questions", "DOR-09", "dsl", "Thu 22 Oct 2026 15:30");
        await _school.DoAsync("Thu 22 Oct 2026 11:10", "Amina", "question-set", "no-concern", "dsl",
            new { answers = new[] { new { question = "sudden", answer = "no", why = "Away before." } } });
        await _school.OwesAsync("Amina", "judge-referral", "DOR-20", "dsl", "Thu 22 Oct 2026 15:30");
        await _school.DoAsync("Thu 22 Oct 2026 11:15", "Amina", "hold-referral", role: "dsl", more: new { note = "The family often visits an aunt." });
        await _school.OwesNoAsync("Amina", "judge-referral", "refer-csc-day-one", "refer-police-day-one");
        await _school.OwesAsync("Amina", "ask-staff", "DOR-21", "attendance-officer", "Fri 23 Oct 2026 15:30");
        await _school.OwesAsync("Amina", "ask-friends", "DOR-21", "attendance-officer", "Mon 2 Nov 2026 15:30");
        await _school.OwesAsync("Amina", "visit", "DOR-21", "attendance-officer", "Wed 4 Nov 2026 15:30");

        await _school.OwesAsync("Farah", "restricted-police", "DOR-36", "duty-desk", "Thu 22 Oct 2026 10:20");
        await _school.DoAsync("Thu 22 Oct 2026 11:20", "Farah", "refer-police", role: "dsl");
        await _school.OwesNoAsync("Farah", "weekly-police", "weekly-home-office");
        await _school.OneReportAlreadyAsync("Farah", "Thu 22 Oct 2026 11:22");
        await _school.OwesNoAsync("Farah", "restricted-police");
        await _school.OwesAsync("Farah", "tell-home-office", "DOR-41", "duty-desk", "Thu 22 Oct 2026 12:20");
        await _school.DoAsync("Thu 22 Oct 2026 11:30", "Farah", "notify", role: "duty-desk", more: new { whom = "home-office" });
        await _school.OwesNoAsync("Farah", "tell-home-office");
        await _school.RegisterAsync("Thu 22 Oct 2026 13:10", "PM", ("Amina", "N"), ("Ben", "N"), ("Dina", "N"), ("Farah", "N"));
    }

    private async Task TheHalfTerm_ForeignNational_RegularWeeklyContact()
    {
        await _school.MorningAsync("Fri 23 Oct 2026 09:10", ("Amina", "N"), ("Ben", "N"), ("Dina", "N"), ("Farah", "N"));
        foreach (var whom in new[] { "staff", "all-numbers" }) { await _school.DoAsync("Fri 23 Oct 2026 10:00", "Amina", "enquiry", more: new { whom }); }
        await _school.OwesNoAsync("Amina", "ask-staff", "phone-all-numbers");
        await _school.DoAsync("Fri 23 Oct 2026 11:00", "Dina", "sighting", "seen", "dsl", new { whom = "police" });
        await _school.RegisterAsync("Fri 23 Oct 2026 13:10", "PM", ("Amina", "N"), ("Ben", "N"), ("Dina", "N"), ("Farah", "N"));
        await _school.OwesAsync("Farah", "weekly-police", "DOR-44", "tracking-officer", "Thu 29 Oct 2026 17:00");
        await _school.OwesAsync("Farah", "weekly-home-office", "DOR-44", "tracking-officer", "Thu 29 Oct 2026 17:00");

        await _school.DoAsync("Wed 28 Oct 2026 10:00", "Dina", "meeting", "attended", "dsl", new { whom = "strategy-discussion" });
        await _school.OwesNoAsync("Dina", "take-part");
        await _school.DoAsync("Wed 28 Oct 2026 10:05", "Dina", "close", "returned-same-school", "dsl");
        await _school.DoAsync("Wed 28 Oct 2026 11:00", "Farah", "agency-update", "contact", "tracking-officer", new { whom = "police" });
        await _school.OwesAsync("Farah", "weekly-police", "DOR-44", "tracking-officer", "Wed 4 Nov 2026 17:00");

        await _school.ClockAsync("Thu 29 Oct 2026 17:01");
        await _school.IsOverdueAsync("Farah", "weekly-home-office", level: 4);
        (await host.ReadsAsync("cme-lead", "/lead")).ShouldContain(await _school.ReferenceAsync("Farah"), customMessage: "A week without contact alerts the CME lead at once.");
        await _school.DoAsync("Fri 30 Oct 2026 09:00", "Farah", "agency-update", "contact", "tracking-officer", new { whom = "home-office" });
        await _school.OwesAsync("Farah", "weekly-home-office", "DOR-44", "tracking-officer", "Fri 6 Nov 2026 17:00");

        await _school.DoAsync("Fri 30 Oct 2026 11:00", "Farah", "sighting", "seen", "tracking-officer", new { whom = "authority" });
        await _school.OwesNoAsync("Farah", "weekly-police", "weekly-home-office");
        await _school.OwesAsync("Farah", "tell-home-office-found", "DOR-48", "duty-desk", "Fri 30 Oct 2026 12:00");
        await _school.DoAsync("Fri 30 Oct 2026 11:30", "Farah", "notify", role: "duty-desk", more: new { whom = "home-office" });
        await _school.OwesNoAsync("Farah", "tell-home-office-found");
        await _school.DoAsync("Fri 30 Oct 2026 11:35", "Farah", "close", "in-ap", "tracking-officer");
        await _school.ClosedAsync("Farah", "in-ap");
    }

    private async Task ReasonableEnquiry_AndWithinTwoWeeks()
    {
        await _school.MorningAsync("Mon 2 Nov 2026 09:10", ("Amina", "N"));
        (await _school.OwedAsync("Ben")).ShouldContainKey("confirm-seen", "No code closes the case of a flagged child.");
        await _school.DoAsync("Mon 2 Nov 2026 09:30", "Ben", "close", "returned-same-school", "dsl");
        foreach (var whom in new[] { "friends-and-parents", "known-relatives" }) { await _school.DoAsync("Mon 2 Nov 2026 11:00", "Amina", "enquiry", more: new { whom }); }
        await _school.DoAsync("Mon 2 Nov 2026 11:10", "Amina", "letter", "sent", more: new { channel = "post", languages = new[] { "ENG" } });
        await _school.RegisterAsync("Mon 2 Nov 2026 13:10", "PM", ("Amina", "N"));
        await _school.MissingAsync(["Tue 3 Nov 2026", "Wed 4 Nov 2026"], "Amina");
        await _school.OwesAsync("Amina", "refer-education-welfare", "DOR-11", "dsl", "Thu 5 Nov 2026 15:30");

        await _school.DoAsync("Wed 4 Nov 2026 13:20", "Amina", "risk-assessment", "no-concern", "dsl");
        await _school.DoAsync("Wed 4 Nov 2026 14:00", "Amina", "visit", "no-access");
        await _school.OwesNoAsync("Amina", "visit", "visit-risk-assessment");
        await _school.DoAsync("Wed 4 Nov 2026 14:10", "Amina", "enquiry", more: new { whom = "authority-staff" });
        await _school.OwesAsync("Amina", "refer-education-welfare", "DOR-11", "dsl", "Wed 4 Nov 2026 14:00");
        var list = await host.ReadsAsync($"attendance-officer-{Urn}", $"/episodes/{await _school.ReferenceAsync("Amina")}/enquiries");
        foreach (var line in new[] { "enquiry-staff", "enquiry-all-numbers", "enquiry-friends-and-parents", "enquiry-known-relatives", "letter", "visit-home" })
        {
            list.ShouldMatch($"data-line=\"{line}\" data-state=\"Asked\"");
        }
        await _school.DoAsync("Wed 4 Nov 2026 15:00", "Amina", "refer-authority", role: "dsl", more: new { note = "All enquiries are in the record." });
        await _school.OwesNoAsync("Amina", "refer-education-welfare");
    }

    private async Task FurtherActions_OfTheEducationWelfareOfficer()
    {
        await _school.OwesAsync("Amina", "authority-visit-risk", "DOR-24", "tracking-officer", "Mon 9 Nov 2026 17:00");
        await _school.OwesAsync("Amina", "authority-visit", "DOR-24", "tracking-officer", "Wed 11 Nov 2026 17:00");
        await _school.OwesAsync("Amina", "authority-neighbours", "DOR-24", "tracking-officer", "Wed 11 Nov 2026 17:00");
        string[] sources = ["authority-databases", "housing", "health", "police", "known-agency", "origin-authority", "destination-authority"];
        string[] checks = ["check-authority", "check-housing", "check-health", "check-police", "check-agencies", "check-origin", "check-destination"];
        foreach (var check in checks) { await _school.OwesAsync("Amina", check, "DOR-25", "tracking-officer", "Wed 11 Nov 2026 17:00"); }
        await _school.OwesAsync("Amina", "joint-review", "DOR-26", "tracking-officer", "Wed 18 Nov 2026 17:00");

        await _school.MissingAsync(["Thu 5 Nov 2026", "Fri 6 Nov 2026"], "Amina");
        await _school.DoAsync("Fri 6 Nov 2026 14:00", "Amina", "risk-assessment", "no-concern", "tracking-officer");
        await _school.DoAsync("Fri 6 Nov 2026 15:00", "Amina", "visit", "no-access", "tracking-officer");
        await _school.DoAsync("Fri 6 Nov 2026 15:10", "Amina", "enquiry", role: "tracking-officer", more: new { whom = "neighbours" });
        foreach (var whom in sources) { await _school.DoAsync("Fri 6 Nov 2026 16:00", "Amina", "check", role: "tracking-officer", more: new { whom }); }
        await _school.OwesNoAsync("Amina", ["authority-visit-risk", "authority-visit", "authority-neighbours", .. checks]);
    }

    private async Task WithinTenDays_PoliceSocialCareAndTheService()
    {
        await _school.MissingAsync(["Mon 9 Nov 2026", "Tue 10 Nov 2026"], "Amina");
        foreach (var step in new[] { "unresolved-police", "unresolved-social-care" })
        {
            var owed = await _school.OwesAsync("Amina", step, "DOR-12", "dsl", "Wed 11 Nov 2026 15:30");
            ((DateTimeOffset)owed["alertAt"]!).ShouldBe(At("Fri 23 Oct 2026 15:30"), "Ten calendar days end in the half term.");
            ((int)owed["level"]!).ShouldBe(3, "So the desk has known of it since.");
        }
        await _school.OwesNoAsync("Amina", "unresolved-education-welfare");
        await _school.MissingAsync(["Wed 11 Nov 2026"], "Amina");
        await _school.DoAsync("Wed 11 Nov 2026 14:00", "Amina", "refer-police", role: "dsl");
        await _school.DoAsync("Wed 11 Nov 2026 14:05", "Amina", "refer-csc", role: "dsl");
        await _school.OwesNoAsync("Amina", "unresolved-police", "unresolved-social-care", "csc-as-soon-as-possible");
        await _school.OwesAsync("Amina", "tell-education-welfare", "DOR-15", "dsl", "Wed 11 Nov 2026 15:30");
        await _school.DoAsync("Wed 11 Nov 2026 14:10", "Amina", "notify", role: "dsl", more: new { whom = "education-welfare" });
        foreach (var outcome in new[] { "reference", "risk-grade" }) { await _school.DoAsync("Wed 11 Nov 2026 14:20", "Amina", "agency-update", outcome, "dsl", new { whom = "police" }); }

        await _school.MissingAsync(["Thu 12 Nov 2026", "Fri 13 Nov 2026", "Mon 16 Nov 2026", "Tue 17 Nov 2026", "Wed 18 Nov 2026"], "Amina");
        await _school.DoAsync("Wed 18 Nov 2026 14:00", "Amina", "review", role: "tracking-officer",
            more: new { plan = new { what = "Ask the ferry line.", owner = "Yusuf Adeyemi", by = "2026-11-20" } });
        await _school.OwesAsync("Amina", "joint-review", "DOR-26", "tracking-officer", "Wed 2 Dec 2026 17:00");
    }

    private async Task MoreThanFourWeeks_TheFileAndTheRoll()
    {
        await _school.OwesAsync("Amina", "upload-ctf", "DOR-29", "attendance-officer", "Thu 19 Nov 2026 15:30");
        await _school.MissingAsync(["Thu 19 Nov 2026", "Fri 20 Nov 2026"], "Amina");
        await _school.DoAsync("Fri 20 Nov 2026 14:00", "Amina", "ctf", more: new { channel = "lost-pupils", evidence = new[] { new { kind = "ctf", @ref = "8121234_CTF_XXXXXXX_001.xml" } } });
        await _school.OwesNoAsync("Amina", "upload-ctf");
        var answer = await _school.OwesAsync("Amina", "roll-answer", "DOR-28", "tracking-officer", "Thu 26 Nov 2026 15:30");
        ((DateTimeOffset)answer["alertAt"]!).ShouldBe(At("Thu 19 Nov 2026 17:00"), "Four weeks are the earlier reading.");

        await _school.MissingAsync(["Mon 23 Nov 2026", "Tue 24 Nov 2026", "Wed 25 Nov 2026"], "Amina");
        await host.OnPageAsync($"head-{Urn}", _school, "Amina", "removal-statement", ("Note", "Nothing suggests illness."));
        await host.OnPageAsync($"head-{Urn}", _school, "Amina", "joint-log", ("Outcome", "signed"));
        await host.OnPageAsync("tracking-officer", _school, "Amina", "joint-log", ("Outcome", "signed"));
        await _school.DoAsync("Wed 25 Nov 2026 15:00", "Amina", "roll-decision", "remove", "head");
        (await _school.UnmetAsync("Amina")).ShouldBe(["authority-decision", "four-weeks"], "A school may not authorise itself, and it is school day 20.");
        (await _school.OwedAsync("Amina")).ShouldNotContainKey("removed-all-the-same");

        await _school.MissingAsync(["Thu 26 Nov 2026"], "Amina");
        await host.OnPageAsync("tracking-officer", _school, "Amina", "roll-decision", ("Outcome", "remove"));
        (await _school.UnmetAsync("Amina")).ShouldBeEmpty();
        await _school.DoAsync("Thu 26 Nov 2026 14:00", "Amina", "notify", more: new { whom = "cme-officer" });
        await _school.ChangeAsync("Amina", new { leavingDate = "2026-11-26", ground = "i", destination = "Not known" });
        ((bool)(await _school.ListAsync(Urn, "/api/v1/removals")).ShouldHaveSingleItem()["lawful"]!).ShouldBeTrue();
        await _school.OwesAsync("Amina", "send-information", "DOR-31", "head", "Thu 17 Dec 2026 15:30");
    }

    private async Task JoinedAnotherSchool_EverybodyIsTold()
    {
        await _school.ClockAsync("Fri 27 Nov 2026 09:00");
        _school.Call("Amina's record", await host.RecordOfAsync(_school, "Amina"));
        await _school.OwesAsync("Amina's record", "check-destination", "DOR-25", "tracking-officer", "Fri 4 Dec 2026 17:00");
        (await _school.OnBoardAsync("desk")).ShouldContain("Amina");

        await _school.DoAsync("Mon 7 Dec 2026 10:00", "Amina's record", "sighting", "seen", "tracking-officer", new { whom = "police" });
        await _school.OwesNoAsync("Amina's record", "check-destination", "visit");
        await _school.OwesAsync("Amina's record", "found-judgement", "SUF-28", "tracking-officer", "Tue 8 Dec 2026 17:00");
        await _school.OwesAsync("Amina's record", "tell-agencies", "DOR-33", "tracking-officer", "Tue 8 Dec 2026 17:00");
        await _school.OwesAsync("Amina's record", "tell-previous-school", "DOR-33", "tracking-officer", "Tue 8 Dec 2026 17:00");
        await _school.OwesAsync("Amina's record", "seek-place", "CHE-03", "tracking-officer", "Mon 14 Dec 2026 17:00");
        await _school.DoAsync("Mon 7 Dec 2026 10:05", "Amina's record", "risk-assessment", "no-concern", "tracking-officer");
        await _school.EntersAsync(NewSchool, "Amina", "Mon 7 Dec 2026");
        await _school.DoAsync("Mon 7 Dec 2026 11:00", "Amina's record", "school-place", "started", "tracking-officer");
        (await host.SeesAsync("cme-lead", _school, "Amina's record")).ShouldContain("Who must be told");
        foreach (var whom in new[] { "all-agencies", "previous-school", "new-school" })
        {
            (await Should.ThrowAsync<HttpRequestException>(
                () => _school.DoAsync("Mon 7 Dec 2026 11:10", "Amina's record", "close", "on-roll-new-school", "tracking-officer"))).Message.ShouldContain("still-to-tell");
            await _school.DoAsync("Mon 7 Dec 2026 11:10", "Amina's record", "notify", null, "tracking-officer", new { whom });
        }
        await _school.DoAsync("Mon 7 Dec 2026 11:10", "Amina's record", "close", "on-roll-new-school", "tracking-officer");
        await _school.ClosedAsync("Amina's record", "on-roll-new-school");

        await _school.TellAsync(Urn, HttpMethod.Post, $"/api/v1/schools/{Urn}/transfers", new
        {
            pupil = "amina", route = "new-school", destination = "Saxon Mere School", reference = "8121234_CTF_8125678_001.xml",
            at = SchoolOfTheStory.Instant("Mon 7 Dec 2026 11:10"), performedBy = new { name = "Ruth Hale", role = "head", org = Urn },
        });
        await _school.OwesNoAsync("Amina", "send-information");
        await _school.DoAsync("Mon 7 Dec 2026 11:20", "Amina", "close", "on-roll-new-school", "dsl");
        await _school.ClosedAsync("Amina", "on-roll-new-school");
    }
}
