using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Journeys;

/// <summary>A day's work of each of those who see cases at a school.</summary>
[Collection(OnOneDay.Name)]
public sealed class AtSchool(WorkingDay day)
{
    [Theory, InWindows(0)]
    public async Task The_attendance_officer_calls_home_and_sees_the_row_change(string window, bool script)
    {
        var child = day.Child();
        await using var officer = await Journey.BeginAsync(day, $"attendance-officer-{WorkingDay.Urn}", window, script);
        await officer.SeeAsync("the school's board");
        await Expect(officer.Row(child)).ToContainTextAsync("Call home");

        await officer.FollowAsync(child);
        await officer.SeeAsync("the episode");
        await officer.FollowAsync("Record a call");
        await officer.IsToldAsync("Record the call", "Select who answered the call");
        await officer.ChooseAsync("It rang and nobody answered");
        await officer.FillAsync("Note (optional)", "It rang for a minute.");
        if (script) { await Expect(officer.Page.Locator("[data-part=consequences]")).ToContainTextAsync("no longer needed: Call home"); }
        await officer.RecordAsync("Record the call");

        await officer.FollowAsync("Back to the board");
        await Expect(officer.Row(child)).ToContainTextAsync("Assess the risk", new() { IgnoreCase = true });
        await Expect(officer.Row(child)).Not.ToContainTextAsync("Call home");
        await officer.EndAsync();
    }

    [Theory, InWindows(1)]
    public async Task The_safeguarding_lead_takes_a_case_on_judges_the_risk_and_names_who_may_read_on(string window, bool script)
    {
        var child = day.Child();
        await using var dsl = await Journey.BeginAsync(day, $"dsl-{WorkingDay.Urn}", window, script);
        await dsl.Row(child).GetByRole(AriaRole.Button, new() { Name = "Take on" }).ClickAsync();
        await Expect(dsl.Page.Locator(".cme-acted")).ToContainTextAsync($"You have taken on the episode of {child}");
        await dsl.SeeAsync("the board, a row taken on");
        await dsl.GoAsync("Work");
        await dsl.FollowAsync(child);

        await dsl.UnfoldAsync("Safeguarding");
        await dsl.FollowAsync("Record the risk assessment");
        await dsl.IsToldAsync("Record", "Select what the risk assessment found");
        await dsl.ChooseAsync("Some concern");
        await dsl.FillAsync("What you based it on (optional)", "What the neighbour said.");
        await dsl.RecordAsync("Record");
        await Expect(dsl.Page.Locator(".moj-timeline")).ToContainTextAsync("What the neighbour said.");

        await dsl.FollowAsync("Who may read them");
        await dsl.IsToldAsync("Name this person", "Select");
        await dsl.EndAsync();
    }

    [Theory, InWindows(2)]
    public async Task The_deputy_finds_a_child_asks_the_questions_and_leaves_a_note_for_few(string window, bool script)
    {
        var child = day.Child();
        await using var deputy = await Journey.BeginAsync(day, $"deputy-dsl-{WorkingDay.Urn}", window, script);
        await deputy.GoAsync("Search");
        await deputy.IsToldAsync("Search", "Enter");
        await deputy.FillAsync("Name", child);
        await deputy.PressAsync("Search");
        await Expect(deputy.Page.Locator("[data-child]")).ToContainTextAsync(child);
        await deputy.SeeAsync("what was found");
        await deputy.FollowAsync("Missing since");

        await deputy.PressAsync("Take this on");
        await Expect(deputy.Page.GetByRole(AriaRole.Button, new() { Name = "Give this up" })).ToBeVisibleAsync();
        await deputy.UnfoldAsync("Safeguarding");
        await deputy.FollowAsync("Record the safeguarding questions");
        await deputy.IsToldAsync("Record the answers", "Select whether there is reason for concern");
        await deputy.Page.Locator("input[name=Outcome][value=no-concern]").CheckAsync();
        await deputy.FillAsync("Reasons for your judgement (optional)", "No to each of them.");
        await deputy.RecordAsync("Record the answers");
        await deputy.UnfoldAsync("This episode");
        await deputy.FollowAsync("Add a note");
        await deputy.ChooseAsync("Only those who answer for safeguarding");
        await deputy.FillAsync("Note", "The class teacher knows more.");
        await deputy.RecordAsync("Add the note");
        await Expect(deputy.Page.Locator(".moj-timeline")).ToContainTextAsync("The class teacher knows more.");
        await deputy.EndAsync();
    }

    [Theory, InWindows(3)]
    public async Task The_head_reads_what_is_overdue_the_register_and_the_pictures_and_tries_a_closure(string window, bool script)
    {
        var child = day.Child();
        await using var head = await Journey.BeginAsync(day, $"head-{WorkingDay.Urn}", window, script);
        await head.UnfoldAsync("Filter and sort");
        await head.Page.Locator("#filter-overdue").SelectOptionAsync("yes");
        await head.PressAsync("Apply");
        await Expect(head.Page.Locator(".cme-found__on")).ToContainTextAsync("A step is overdue");
        await head.SeeAsync("the board, filtered");
        await head.FollowAsync(child);
        await head.FollowAsync(child);                               // The identity bar leads to the child.
        await head.SeeAsync("the child");

        await head.GoAsync("My school");
        await head.FollowAsync("Morning");
        await head.SeeAsync("the register");
        await head.GoAsync("My school");
        await head.FollowAsync("Charts");
        await head.SeeAsync("the pictures");
        await head.GoAsync("My school");
        await head.FollowAsync("Publish a calendar");
        await head.FillAsync("Other days on which the school is closed", "10 September 2026 Y4");
        await head.PressAsync("Show what would move");
        await Expect(head.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing is published yet");
        await head.SeeAsync("what a closure would move");
        await head.EndAsync();
    }
}
