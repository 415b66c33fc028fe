using System.Text.Json.Nodes;
using Cme.TestSupport.Stories;
using Cme.Web.Tests.Hosting;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Stories;

/// <summary>
/// Cheshire East's page as it is lived, in the half term from 26 to 30 October 2026. Kai is missing from his school since Thursday 22 October, and
/// the school refers him the day after; on the Saturday a neighbour reports him too, and Lina, whom no school has. The council's days go on
/// while the schools are closed. Source: CHE-01 to CHE-12.
/// </summary>
public sealed class CheshireEastStory(EdgeHost host) : IClassFixture<EdgeHost>
{
    private const string Urn = "900003";

    private readonly SchoolOfTheStory _school = host.School(Urn);
    private string _ofKai = "", _ofLina = "";

    [Fact]
    public async Task CHE09_From_the_first_absence_and_a_neighbour_s_report_to_two_children_back_in_education()
    {
        await _school.FollowAsync("cheshire-east", "Saxon Mere School");
        await _school.CalendarAsync();
        await _school.RollAsync(["Kai", .. Enumerable.Range(1, 10).Select(number => $"Present{number}")]);

        await TheSchoolAsksAndRefers();
        await AnybodyReports_InConfidence_AndKnowsLittle();
        await ChecksAlwaysComeBeforeTheFamilyIsContacted();
        await ThePoliceWhereAChildCannotBeTracedQuickly();
        await SharedWithTheRestOfTheCountry_AndTheOtherChildrenAskedAfter();
        await TheFamilyIsHelped_AndTheChildrenAreBack();
    }

    private async Task TheSchoolAsksAndRefers()
    {
        await _school.MorningAsync("Thu 22 Oct 2026 09:10", ("Kai", "N"));
        await _school.OwesAsync("Kai", "first-call", "product", "attendance-officer", "Thu 22 Oct 2026 09:50");
        await _school.OwesAsync("Kai", "contact-parent", "B7", "attendance-officer", "Thu 22 Oct 2026 15:30");
        await _school.DoAsync("Thu 22 Oct 2026 09:40", "Kai", "call", "no-answer");
        await _school.OwesNoAsync("Kai", "first-call");
        await _school.RegisterAsync("Thu 22 Oct 2026 13:10", "PM", ("Kai", "N"));
        await _school.MorningAsync("Fri 23 Oct 2026 09:10", ("Kai", "N"));
        await _school.OwesAsync("Kai", "second-day-call", "B7", "attendance-officer", "Fri 23 Oct 2026 15:30");
        await _school.DoAsync("Fri 23 Oct 2026 10:00", "Kai", "call", "voicemail");
        await _school.RegisterAsync("Fri 23 Oct 2026 13:10", "PM", ("Kai", "N"));

        await host.OnPageAsync($"dsl-{Urn}", _school, "Kai", "refer-authority", ("Note", "Nobody answers."));

        await _school.OwesAsync("Kai", "checks-first", "CHE-06", "tracking-officer", "Mon 26 Oct 2026 17:00");
        await _school.OwesAsync("Kai", "contact-police", "CHE-09", "tracking-officer", "Tue 27 Oct 2026 17:00");
        await _school.OwesAsync("Kai", "share-nationally", "CHE-10", "tracking-officer", "Fri 30 Oct 2026 17:00");
        await _school.OwesAsync("Kai", "other-children", "CHE-11", "tracking-officer", "Fri 30 Oct 2026 17:00");
        await _school.OwesNoAsync("Kai", "contact-family");
    }

    private async Task AnybodyReports_InConfidence_AndKnowsLittle()
    {
        await _school.ClockAsync("Sat 24 Oct 2026 10:00");
        _ofKai = await ReportAsync(new { name = "Kai Example" }, "Doreen Nextdoor");
        _ofLina = await ReportAsync(new { description = "A girl of about nine, red coat, by the canal", postcode = "NN1 1AA" }, null);

        var held = await ConcernAsync(_ofLina);
        Duty(held, "screen").ShouldBe((At("Mon 26 Oct 2026 10:30"), "due"));
        Duty(held, "checks-first").ShouldBe((At("Mon 26 Oct 2026 17:00"), "due"));
        Duty(held, "contact-police").ShouldBe((At("Tue 27 Oct 2026 17:00"), "due"));
        Duty(held, "share-nationally").ShouldBe((At("Fri 30 Oct 2026 17:00"), "due"));
        var board = await host.ReadsAsync("duty-desk", "/desk");
        board.ShouldContain(">2 concerns");
        (await host.ReadsAsync("duty-desk", $"/concerns/{_ofKai}")).ShouldNotContain("Doreen");
        (await host.SeesAsync($"dsl-{Urn}", _school, "Kai")).ShouldNotContain(_ofKai, customMessage: "All reports are confidential.");
    }

    private async Task ChecksAlwaysComeBeforeTheFamilyIsContacted()
    {
        await _school.ClockAsync("Mon 26 Oct 2026 09:00");
        ((string)(await _school.EpisodeAsync("Kai"))["owner"]!).ShouldBe(EdgeHost.Authority, "The school is closed.");
        await ConcernAsync(_ofKai, new { action = "screen", outcome = "education" });
        var child = (string)(await _school.EpisodeAsync("Kai"))["child"]!["id"]!;
        ((string)(await ConcernAsync(_ofKai, new { action = "match", outcome = "child", childId = child }))["episode"]!).ShouldBe(await _school.ReferenceAsync("Kai"));
        await ConcernAsync(_ofKai, new { action = "close", outcome = "followed-in-episode" });

        await ConcernAsync(_ofLina, new { action = "screen", outcome = "education" });
        await ConcernAsync(_ofLina, new { action = "match", outcome = "not-known" });
        var early = new { action = "contact-family", outcome = "no-answer", way = "visit" };
        (await Should.ThrowAsync<HttpRequestException>(() => ConcernAsync(_ofLina, early))).Message.ShouldContain("checks-first");
        await ConcernAsync(_ofLina, new { action = "check", whom = "admissions", note = "No place was asked for." });
        var held = await ConcernAsync(_ofLina, new { action = "conclude-checks", outcome = "may-contact" });
        Duty(held, "contact-family").ShouldBe((At("Wed 28 Oct 2026 17:00"), "due"));
        await ConcernAsync(_ofLina, early);

        await _school.DoAsync("Mon 26 Oct 2026 11:00", "Kai", "check", role: "tracking-officer", more: new { whom = "housing" });
        await _school.OwesNoAsync("Kai", "checks-first");
        await _school.OwesAsync("Kai", "contact-family", "CHE-08", "tracking-officer", "Wed 28 Oct 2026 17:00");
    }

    private async Task ThePoliceWhereAChildCannotBeTracedQuickly()
    {
        await _school.ClockAsync("Tue 27 Oct 2026 17:01");
        await _school.IsOverdueAsync("Kai", "contact-police", level: 3);
        (await _school.OnBoardAsync("desk")).ShouldBe(["Kai"]);
        Duty(await ConcernAsync(_ofLina), "contact-police").State.ShouldBe("overdue");
        (await host.ReadsAsync("duty-desk", $"/concerns/{_ofLina}")).ShouldContain("the child cannot be traced quickly");

        await _school.DoAsync("Tue 27 Oct 2026 17:10", "Kai", "refer-police", role: "tracking-officer");
        await ConcernAsync(_ofLina, new { action = "refer-police" });

        await _school.OwesNoAsync("Kai", "contact-police");
        Duty(await ConcernAsync(_ofLina), "contact-police").State.ShouldBe("satisfied");
    }

    private async Task SharedWithTheRestOfTheCountry_AndTheOtherChildrenAskedAfter()
    {
        await _school.DoAsync("Wed 28 Oct 2026 10:00", "Kai", "check", role: "tracking-officer", more: new { whom = "s2s" });
        await _school.DoAsync("Wed 28 Oct 2026 10:10", "Kai", "enquiry", role: "tracking-officer", more: new { whom = "siblings-other-school" });
        await _school.OwesNoAsync("Kai", "share-nationally", "other-children");
        await ConcernAsync(_ofLina, new { action = "share", whom = "s2s" });
        (await Should.ThrowAsync<HttpRequestException>(() => ConcernAsync(_ofLina, new { action = "close", outcome = "not-traced", note = "Nobody knows her." })))
            .Message.ShouldContain("other-children-first");
        await ConcernAsync(_ofLina, new { action = "other-children", outcome = "none-known" });
    }

    private async Task TheFamilyIsHelped_AndTheChildrenAreBack()
    {
        await _school.DoAsync("Wed 28 Oct 2026 15:00", "Kai", "visit", "seen-safe", "tracking-officer");
        await _school.OwesNoAsync("Kai", "contact-family");
        var held = await ConcernAsync(_ofLina, new { action = "contact-family", outcome = "reached-safe", way = "visit" });
        ((string)held["stage"]!).ShouldBe("family-contacted");
        await ConcernAsync(_ofLina, new { action = "locate", outcome = "not-in-education", note = "She waits for a place." });

        await _school.MorningAsync("Mon 2 Nov 2026 09:10");
        ((string)(await _school.EpisodeAsync("Kai"))["status"]!).ShouldBe("open", "He was referred: no code closes that.");
        (await _school.OwedAsync("Kai")).ShouldContainKey("confirm-seen");
        await host.OnPageAsync($"dsl-{Urn}", _school, "Kai", "sighting", ("Outcome", "seen"), ("Whom", "school"));
        await _school.OwesNoAsync("Kai", "confirm-seen");
        await host.OnPageAsync($"dsl-{Urn}", _school, "Kai", "close", ("Outcome", "returned-same-school"));
        await _school.ClosedAsync("Kai", "returned-same-school");

        await ConcernAsync(_ofLina, new { action = "close", outcome = "back-in-education" });
        (await host.ReadsAsync("duty-desk", "/concerns?show=closed")).ShouldContain(_ofLina);
        (await _school.OnBoardAsync("desk")).ShouldBe(["Kai"], "The record of him as a missing person is the council's to close.");
        await _school.OneReportAlreadyAsync("Kai", "Mon 2 Nov 2026 17:00");
        (await _school.OnBoardAsync("desk")).ShouldBeEmpty();
    }

    /// <summary>Anybody reports, without a key.</summary>
    private async Task<string> ReportAsync(object child, string? reporter)
    {
        using var anybody = host.Client();
        using var answer = await anybody.PostAsJsonAsync("/api/v1/concerns",
            new { authority = EdgeHost.Authority, worry = "missing-education", child, seen = "Not at school for days", reporter = new { name = reporter } });
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["reference"]!;
    }

    private Task<JsonObject> ConcernAsync(string reference, object? deed = null) => deed is null
        ? _school.TellAsync(EdgeHost.Authority, HttpMethod.Get, $"/api/v1/concerns/{reference}", null)
        : _school.TellAsync(EdgeHost.Authority, HttpMethod.Post, $"/api/v1/concerns/{reference}/actions", deed);

    private static (DateTimeOffset DueAt, string State) Duty(JsonObject held, string step) =>
        held["duties"]!.AsArray().Single(duty => (string)duty!["step"]! == step) is { } one ? ((DateTimeOffset)one["dueAt"]!, (string)one["state"]!) : default;
}
