using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages.Schools;

/// <summary>A school's page, its registers and its roll, asked over HTTP.</summary>
public sealed class SchoolPageSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Own = "900001";

    private readonly TestSchool _own = new(host, Own, "");

    private TestSchool School => _own with { Key = host.KeyOf(Own) };

    public async Task InitializeAsync()
    {
        await host.Send(host.KeyOf(Own), HttpMethod.Put, $"/api/v1/schools/{Own}/roll", TestSchool.Roll([1, 2, 3]), HttpStatusCode.OK);
        using var client = host.Client(host.KeyOf(Own));
        using var held = await client.GetAsync($"/api/v1/schools/{Own}/calendar/2026-27");
        if (held.StatusCode == HttpStatusCode.NotFound)
        {
            await host.Send(host.KeyOf(Own), HttpMethod.Put, $"/api/v1/schools/{Own}/calendar/2026-27", TestSchool.Calendar, HttpStatusCode.OK);
        }
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task C5_The_calendar_is_read_month_by_month_in_words()
    {
        using var dsl = await host.PersonAsync("dsl-900001");

        var page = await dsl.ReadAsync($"/schools/{Own}");

        page.ShouldContain("Thu 3: INSET day, staff only");
        page.ShouldContain("Fri 4 to Wed 30: School");
        page.ShouldContain("Mon 26 to Fri 30: Holiday");
        page.ShouldContain("Starts at 8:50am, registration closes at 9:20am");
        page.ShouldContain("Northamptonshire, version 2");
    }

    [Fact]
    public async Task Its_own_people_and_the_council_s_answer_for_a_school_and_nobody_of_another_nor_who_only_reads()
    {
        using var desk = await host.PersonAsync("duty-desk");

        var page = await desk.ReadAsync($"/schools/{Own}");

        page.ShouldContain("Daniel Whitlock");
        page.ShouldContain("Yusuf Adeyemi");
        page.ShouldNotContain("Gareth Lindqvist");
        page.ShouldNotContain("Neville Stroud");
    }

    [Fact]
    public async Task A_school_is_read_by_its_own_people_and_the_council_and_is_not_found_by_another_school()
    {
        using var desk = await host.PersonAsync("duty-desk");
        using var others = await host.PersonAsync("head-900002");

        (await desk.ReadAsync($"/schools/{Own}")).ShouldContain("Who answers for what");
        foreach (var path in new[] { $"/schools/{Own}", $"/schools/{Own}/roll", $"/schools/{Own}/registers/2026-09-07/AM", $"/schools/{Own}/pictures", "/schools/123456" })
        {
            (await others.ReadAsync(path, HttpStatusCode.NotFound)).ShouldContain("check that it is correct");
        }
    }

    [Fact]
    public async Task A_register_is_read_with_the_meaning_of_each_code_and_with_what_each_revision_changed()
    {
        await School.Register("""{"schoolPupilId":"P1","code":"N"},{"schoolPupilId":"P2","code":"L","minutesLate":7},{"schoolPupilId":"P3","code":"/"}""");
        await School.Register("""{"schoolPupilId":"P1","code":"I","reason":{"text":"Flu","reportedBy":"known-contact"}}""", asOf: "2026-09-07T08:58:00+01:00");
        using var dsl = await host.PersonAsync("dsl-900001");

        var page = await dsl.ReadAsync($"/schools/{Own}/registers/2026-09-07/AM");

        page.ShouldContain("Illness (physical or mental), not an appointment");
        page.ShouldContain("Flu. Told by a known contact.");
        page.ShouldContain("data-label=\"Minutes late\">7<");
        page.ShouldContain("Amina Testcase1: N became I");
        var first = await dsl.ReadAsync($"/schools/{Own}/registers/2026-09-07/AM?revision=1");
        first.ShouldContain("This is revision 1");
        first.ShouldContain("Reason for absence not yet established");
    }

    [Theory]
    [InlineData("registers/2026-09-03/AM", HttpStatusCode.OK, "The school does not meet: inset day, staff only.")]
    [InlineData("registers/2026-09-05/AM", HttpStatusCode.OK, "It is a weekend.")]
    [InlineData("registers/2026-09-09/PM", HttpStatusCode.OK, "No register is held.")]
    [InlineData("registers/2029-09-03/AM", HttpStatusCode.OK, "No calendar is published for this day")]
    [InlineData("registers/2026-13-40/AM", HttpStatusCode.NotFound, "check that it is correct")]
    [InlineData("registers/2026-09-07/EVENING", HttpStatusCode.NotFound, "check that it is correct")]
    [InlineData("registers/2026-09-07/AM?revision=99", HttpStatusCode.NotFound, "check that it is correct")]
    public async Task A_register_that_there_is_not_says_why(string register, HttpStatusCode status, string says)
    {
        using var dsl = await host.PersonAsync("dsl-900001");

        (await dsl.ReadAsync($"/schools/{Own}/{register}", status)).ShouldContain(says);
    }

    [Fact]
    public async Task What_is_looked_for_on_a_roll_is_sent_and_never_stands_in_an_address()
    {
        using var dsl = await host.PersonAsync("dsl-900001");

        (await dsl.ReadAsync($"/schools/{Own}/roll")).ShouldContain("Testcase3, Amina");
        using var found = await dsl.SubmitAsync($"/schools/{Own}/roll", ("Sought", "amina testcase2"));
        var page = await found.Content.ReadAsStringAsync();
        found.RequestMessage!.RequestUri!.Query.ShouldBe("");
        page.ShouldContain("Testcase2, Amina");
        page.ShouldNotContain("Testcase3, Amina");
        using var nobody = await dsl.SubmitAsync($"/schools/{Own}/roll", ("Sought", "zebedee"));
        (await nobody.Content.ReadAsStringAsync()).ShouldContain("Try the first letters of the surname alone");
    }

    [Fact]
    public async Task A_school_of_which_nothing_is_known_yet_says_what_to_do()
    {
        using var dsl = await host.PersonAsync("dsl-900003");

        (await dsl.ReadAsync("/schools/900003/roll")).ShouldContain("system has sent none");
        var page = await dsl.ReadAsync("/schools/900003");
        page.ShouldContain("No register has been due yet");
        page.ShouldContain("No calendar is published");
    }
}
