using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cme.Browser.Tests.Journeys;

/// <summary>A day's work of each of those who see cases at the council.</summary>
[Collection(OnOneDay.Name)]
public sealed class AtTheCouncil(WorkingDay day)
{
    [Theory, InWindows(4)]
    public async Task The_duty_officer_takes_a_case_from_the_desk_and_records_a_check(string window, bool script)
    {
        var child = day.Child();
        await using var duty = await Journey.BeginAsync(day, "duty-desk", window, script);
        await duty.SeeAsync("the desk");
        await duty.Row(child).GetByRole(AriaRole.Button, new() { Name = "Take on" }).ClickAsync();
        await Expect(duty.Row(child)).ToContainTextAsync("You have taken it on");
        await duty.SeeAsync("the desk, a row taken on");

        await duty.FollowAsync(child);
        await duty.UnfoldAsync("Enquiries and reports");
        await duty.FollowAsync("Record a check");
        await duty.FillAsync("What was checked, and what came of it (optional)", "The council tax register: the family still lives there.");
        await duty.RecordAsync("Record");
        await Expect(duty.Page.Locator(".moj-timeline")).ToContainTextAsync("council tax register");

        await duty.GoAsync("Work");
        await duty.Row(child).GetByRole(AriaRole.Button, new() { Name = "Give up" }).ClickAsync();
        await Expect(duty.Page.Locator(".cme-acted")).ToContainTextAsync("You have given up");
        await duty.EndAsync();
    }

    [Theory, InWindows(5)]
    public async Task The_tracking_officer_finds_a_child_sets_a_flag_and_records_a_visit(string window, bool script)
    {
        var child = day.Child();
        await using var officer = await Journey.BeginAsync(day, "tracking-officer", window, script);
        await officer.GoAsync("Search");
        await officer.FillAsync("Name", child);
        await officer.PressAsync("Search");
        await officer.FollowAsync("Missing since");
        await officer.FollowAsync(child);
        await officer.SeeAsync("the child");
        await officer.PressAsync("Set or clear flags");
        await officer.IsToldAsync("Save the flags", "Enter");
        await officer.Page.GetByLabel("Flag", new() { Exact = true }).SelectOptionAsync("young_carer");
        await officer.FillAsync("Who says so", "The school nurse");
        foreach (var (part, value) in new[] { ("Day", "7"), ("Month", "12"), ("Year", "2026") }) { await officer.FillAsync(part, value); }
        await officer.FillAsync("Reason for the change", "Told this morning.");
        await officer.PressAsync("Save the flags");
        await Expect(officer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("flag", new() { IgnoreCase = true });
        await officer.SeeAsync("the child, flagged");

        await officer.FollowAsync("first day missing");
        await officer.UnfoldAsync("Contact with the family");
        await officer.FollowAsync("Record the home visit");
        await officer.ChooseAsync("Nobody answered, or nobody let us in");
        await officer.RecordAsync("Record the visit");
        await officer.EndAsync();
    }

    [Theory, InWindows(6)]
    public async Task The_lead_reads_why_acknowledges_and_gives_a_case_to_an_officer(string window, bool script)
    {
        var child = day.Child();
        await using var lead = await Journey.BeginAsync(day, "cme-lead", window, script);
        await lead.SeeAsync("the lead's board");
        var why = lead.Page.GetByRole(AriaRole.Region, new() { Name = "Table: why" }).Locator("tbody tr").First.GetByRole(AriaRole.Link).Last;
        var counted = int.Parse((await why.InnerTextAsync()).Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        await why.ClickAsync();
        await Expect(lead.Page.Locator("[data-found]")).ToHaveAttributeAsync("data-found", $"{counted}");
        await lead.SeeAsync("overdue, by why");

        await lead.GoAsync("CME lead");
        await lead.Row(child).GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(lead.Page.Locator(".cme-acted")).ToContainTextAsync("You have acknowledged");
        await lead.Row(child).GetByRole(AriaRole.Checkbox).CheckAsync();
        await lead.Page.GetByLabel("Give to").SelectOptionAsync(new SelectOptionValue { Value = "tracking-officer" });
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
        await Expect(lead.Page.Locator(".cme-acted")).ToContainTextAsync($"You have given Yusuf Adeyemi the episode of {child}");
        await Expect(lead.Row(child)).ToContainTextAsync("Taken on by Yusuf Adeyemi");
        await lead.SeeAsync("given to an officer");

        await lead.Page.Locator(".cme-week a").First.ClickAsync();
        await lead.SeeAsync("what falls due");
        await lead.GoAsync("CME lead");
        await lead.FollowAsync("Records opened with a reason");
        await lead.SeeAsync("records opened with a reason");
        await lead.EndAsync();
    }

    [Theory, InWindows(10)]
    public async Task The_lead_opens_a_record_from_a_removal_works_on_it_tells_everybody_and_closes_it(string window, bool script)
    {
        var child = day.Child();
        await day.LeaveAsync(child);
        await using var lead = await Journey.BeginAsync(day, "cme-lead", window, script);
        await lead.GoAsync("Duty desk");
        await lead.Page.Locator("a[data-removed]").ClickAsync();
        await lead.SeeAsync("names removed all the same");
        await lead.FollowAsync(child);
        await Expect(lead.Page.Locator("[data-removed]")).ToContainTextAsync("The council’s duty desk was told.");
        await lead.FollowAsync("Back to the episode");
        await lead.FollowAsync("Open a record of the council for this child");
        await lead.SeeAsync("opening a record");
        await lead.Page.GetByLabel("Why is the child missing education? (optional)").SelectOptionAsync("whereabouts-unknown");
        await lead.PressAsync("Open the record");
        await Expect(lead.Page.Locator("main")).ToContainTextAsync("The record is open.");
        await Expect(lead.Page.Locator("main")).ToContainTextAsync("Check with housing");
        await lead.SeeAsync("the record");
        var record = new Uri(lead.Page.Url).AbsolutePath;

        await lead.UnfoldAsync("Contact with the family");
        await lead.FollowAsync("Record that the child was seen");
        await lead.ChooseAsync("Yes, by the person named below");
        await lead.RecordAsync("Record");
        await Expect(lead.Page.Locator("main")).ToContainTextAsync("Judge whether the child who was found is to be referred");
        await lead.UnfoldAsync("A school place or education at home");
        await lead.FollowAsync("Record what became of a school place");
        await lead.ChooseAsync("The child has started");
        await lead.RecordAsync("Record");

        await lead.UnfoldAsync("This episode");
        await lead.FollowAsync("Close this episode");
        await lead.ChooseAsync("On roll and attending another school");
        await lead.PressAsync("Close the episode");
        await Expect(lead.Page.Locator(".govuk-error-summary")).ToContainTextAsync("Somebody must be told before this is closed");
        await lead.SeeAsync("somebody must be told first");
        await TellEverybodyAsync(lead, record);
        await lead.UnfoldAsync("This episode");
        await lead.FollowAsync("Close this episode");
        await lead.ChooseAsync("On roll and attending another school");
        await lead.RecordAsync("Close the episode");
        await Expect(lead.Page.Locator("main")).ToContainTextAsync("On roll and attending another school");

        await lead.GoAsync("Reports");
        await Expect(lead.Page.GetByRole(AriaRole.Link, new() { Name = "July to September 2026", Exact = true })).ToHaveAttributeAsync("href", "/reports/quarterly/2026-q3");
        await Expect(lead.Page.GetByRole(AriaRole.Link, new() { Name = "School year 2026-27" })).ToHaveAttributeAsync("href", "/reports/annual/2026-27");
        await lead.EndAsync();
    }

    /// <summary>Follows each link of the list of those who must be told, until nobody is left.</summary>
    private static async Task TellEverybodyAsync(Journey lead, string record)
    {
        var untold = lead.Page.GetByRole(AriaRole.Link, new() { Name = "Record that they were told" });
        await lead.Page.GotoAsync(record);
        await Expect(untold).ToHaveCountAsync(3);
        await lead.SeeAsync("who must be told");
        for (var left = 2; left >= 0; left--)
        {
            await untold.First.ClickAsync();
            await lead.RecordAsync("Record the notice");
            await lead.Page.GotoAsync(record);
            await Expect(untold).ToHaveCountAsync(left);
        }
    }

    [Theory, InWindows(7)]
    public async Task The_auditor_reads_a_case_as_it_was_known_and_who_read_it_and_changes_nothing(string window, bool script)
    {
        var child = day.Child();
        await using var auditor = await Journey.BeginAsync(day, "auditor", window, script);
        await auditor.FollowAsync(child);
        await Expect(auditor.Page.GetByRole(AriaRole.Link, new() { Name = "Record a call" })).ToHaveCountAsync(0);
        await auditor.UnfoldAsync("As known on another day");
        await auditor.FillAsync("Time", "10am");
        await auditor.PressAsync("Show");
        await Expect(auditor.Page.GetByText("This page shows what was known at")).ToBeVisibleAsync();
        await auditor.SeeAsync("the episode as known at ten");
        var reference = new Uri(auditor.Page.Url).Segments[^1];

        await auditor.Page.GotoAsync("/audit");
        await Expect(auditor.Page.Locator("[data-proof]")).ToContainTextAsync("log");
        await auditor.FillAsync("Record", reference);
        await auditor.PressAsync("Show");
        await Expect(auditor.Page.Locator("main")).ToContainTextAsync("Neville Stroud");
        await auditor.SeeAsync("who read it");
        await auditor.GoAsync("Charts");
        await auditor.EndAsync();
    }
}
