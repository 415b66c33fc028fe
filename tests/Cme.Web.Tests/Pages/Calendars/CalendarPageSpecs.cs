using System.Net;
using Cme.Web.Pages.Calendars;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Calendars;

/// <summary>Publishing calendars on a page: what would move is shown before, and what moved after.</summary>
public sealed class CalendarPageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Own = "900001";

    private static readonly (string, string)[] s_autumn =
    [
        ("Year", "2026-27"), ("Form.Term[0].From", "3 September 2026"), ("Form.Term[0].To", "23/10/2026"), ("Form.Term[1].From", "Mon 2 November 2026"),
        ("Form.Term[1].To", "2026-12-18"), ("Form.Inset", "3 September 2026"), ("Form.AmStart", "8:50am"), ("Form.AmCloses", "9:20am"), ("Form.PmStart", "1pm"),
        ("Form.PmCloses", "13:20"), ("Form.DayEnds", "3:20pm"),
    ];

    public async Task InitializeAsync()
    {
        await host.Send(host.KeyOf(Own), HttpMethod.Put, $"/api/v1/schools/{Own}/roll", TestSchool.Roll([1]), HttpStatusCode.OK);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_closure_is_shown_with_what_it_would_move_before_it_is_published_and_with_what_moved_after()
    {
        using var head = await host.PersonAsync("head-900001");
        var form = $"/schools/{Own}/calendar?year=2026-27";
        using var first = await head.SubmitAsync(form, [.. s_autumn, ("Version", Version(await head.GetStringAsync(form))), ("Press", "publish")]);
        (await first.Content.ReadAsStringAsync()).ShouldContain("No deadline of an open episode moved.");
        await new TestSchool(host, Own, host.KeyOf(Own)).Register("""{"schoolPupilId":"P1","code":"N"}""");
        var reference = await new TestSchool(host, Own, host.KeyOf(Own)).OnlyEpisode();
        (string, string)[] closed = [.. s_autumn, ("Form.Closures", "9 September 2026 Y4"), ("Version", Version(await head.GetStringAsync(form)))];

        using var look = await head.SubmitAsync(form, [.. closed, ("Press", "look")]);
        var before = WebUtility.HtmlDecode(await look.Content.ReadAsStringAsync());
        before.ShouldContain("Nothing is published yet");
        before.ShouldContain("of 1 open episode would move.");
        before.ShouldContain($"/episodes/{reference}\">Amina Testcase1</a>: Letter, from Wednesday 9 September at 3:20pm to Thursday 10 September at 3:20pm (later)");
        (await head.ReadAsync($"/schools/{Own}")).ShouldNotContain("Wed 9: Closed");

        using var publish = await head.SubmitAsync(form, [.. closed, ("Press", "publish")]);
        var after = WebUtility.HtmlDecode(await publish.Content.ReadAsStringAsync());
        after.ShouldContain("of 1 open episode moved.");
        (await head.ReadAsync($"/schools/{Own}")).ShouldContain("Wed 9: Closed: whole school site unexpectedly closed (Y4)");

        using var stale = await head.SubmitAsync(form, [.. closed, ("Form.Closures", "10 September 2026 Y4"), ("Press", "publish")]);
        WebUtility.HtmlDecode(await stale.Content.ReadAsStringAsync()).ShouldContain("Somebody published this school year while the form was open");
    }

    [Fact]
    public async Task What_cannot_be_read_and_what_cannot_be_is_told_beside_its_field()
    {
        using var lead = await host.PersonAsync("cme-lead");
        var form = "/schools/900002/calendar?year=2026-27";

        using var unreadable = await lead.SubmitAsync(form, ("Year", "2026-27"), ("Form.Term[0].From", "soon"), ("Form.Closures", "never"), ("Form.AmStart", "early"));
        var page = WebUtility.HtmlDecode(await unreadable.Content.ReadAsStringAsync());
        page.ShouldContain("Term 1: enter its first and last day");
        page.ShouldContain("“never” cannot be read");
        page.ShouldContain("Enter a time, such as 8:50am");
        using var impossible = await lead.SubmitAsync(form, [.. s_autumn.Where(field => field.Item1 != "Form.Term[0].To"), ("Form.Term[0].To", "1 September 2026"), ("Version", "0"), ("Press", "publish")]);
        WebUtility.HtmlDecode(await impossible.Content.ReadAsStringAsync()).ShouldContain("before it starts");
    }

    [Fact]
    public async Task Only_those_who_answer_for_the_school_and_the_lead_may_publish()
    {
        using var officer = await host.PersonAsync("attendance-officer-900001");
        using var other = await host.PersonAsync("head-900002");
        using var desk = await host.PersonAsync("duty-desk");

        await officer.ReadAsync($"/schools/{Own}/calendar", HttpStatusCode.Forbidden);
        await desk.ReadAsync($"/schools/{Own}/calendar", HttpStatusCode.Forbidden);
        await other.ReadAsync($"/schools/{Own}/calendar", HttpStatusCode.NotFound);
        await desk.ReadAsync("/calendar", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Office_hours_are_published_and_somebody_else_s_are_not_overwritten()
    {
        using var lead = await host.PersonAsync("cme-lead");
        (string, string)[] hours = [("Opens", "9am"), ("Closes", "4:30pm"), ("Closed", "29 December 2026\n30 December 2026"), ("Phone", "01632 960000")];

        using var published = await lead.SubmitAsync("/calendar", [.. hours, ("Version", "0")]);
        (await published.Content.ReadAsStringAsync()).ShouldContain("Published");
        (await lead.ReadAsync("/calendar")).ShouldContain("Tue 29 December 2026\nWed 30 December 2026");
        using var stale = await lead.SubmitAsync("/calendar", [.. hours, ("Closes", "5pm"), ("Version", "0")]);
        (await stale.Content.ReadAsStringAsync()).ShouldContain("Somebody published other hours");
        using var wrong = await lead.SubmitAsync("/calendar", ("Opens", "9am"), ("Closes", "8am"), ("Version", "1"));
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("Correct one of the two times");
    }

    [Theory]
    [InlineData("3 September 2026"), InlineData("3 Sep 2026"), InlineData("Thu 3 September 2026"), InlineData("3/9/2026"), InlineData("3 9 2026"), InlineData("2026-09-03")]
    public void A_day_is_read_however_people_write_it(string typed) => DayText.Read(typed).ShouldBe(new DateOnly(2026, 9, 3));

    private static string Version(string page) => PageForms.Value(page[page.IndexOf("<main", StringComparison.Ordinal)..], "Version");
}
