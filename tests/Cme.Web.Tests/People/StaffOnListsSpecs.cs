using System.Net;
using Cme.Contracts.Episodes;
using Cme.Storage.People;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Cme.Web.Tests.People;

/// <summary>Whoever works here can be chosen, and whoever no longer does has nothing left that waits for them.</summary>
public sealed class StaffOnListsSpecs(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task Whoever_joined_can_be_named_and_given_work_and_whoever_left_or_never_joined_cannot()
    {
        var (school, episodes) = await SchoolAsync(1);
        var joined = await host.NewPersonAsync(Roles.TrackingOfficer, null);
        var left = await host.NewPersonAsync(Roles.TrackingOfficer, null);
        var never = await host.NewPersonAsync(Roles.TrackingOfficer, null, password: false);
        await EndAsync(left);
        using var lead = await host.SignedInAsync("cme-lead");

        foreach (var page in new[] { $"/episodes/{episodes[0]}/named-readers", $"/schools/{school.Urn}/board" })
        {
            var html = (await lead.OpenAsync(page)).Html;
            html.ShouldContain($"value=\"{joined.Id}\"");
            html.ShouldNotContain(left.Id);
            html.ShouldNotContain(never.Id);
        }
    }

    [Fact]
    public async Task Administrators_see_no_case_and_cannot_be_named_for_one()
    {
        var (_, episodes) = await SchoolAsync(1);
        using var lead = await host.SignedInAsync("cme-lead");

        var html = (await lead.OpenAsync($"/episodes/{episodes[0]}/named-readers")).Html;

        html.ShouldContain("value=\"duty-desk\"");
        html.ShouldNotContain("value=\"authority-admin\"");
    }

    [Fact]
    public async Task What_a_leaver_had_taken_on_goes_back_and_a_colleague_of_the_same_name_keeps_theirs()
    {
        var (school, episodes) = await SchoolAsync(2);
        var leaver = await host.NewPersonAsync(Roles.AttendanceOfficer, school.Urn);
        var namesake = await host.NewPersonAsync(Roles.AttendanceOfficer, school.Urn);
        await TakeOnAsync(leaver, episodes[0]);
        await TakeOnAsync(namesake, episodes[1]);

        await EndAsync(leaver);

        (await school.Get($"/api/v1/episodes/{episodes[0]}"))["claimedBy"].ShouldBeNull();
        ((string?)(await school.Get($"/api/v1/episodes/{episodes[1]}"))["claimedBy"]).ShouldBe(namesake.Name);
        using var dsl = await host.SignedInAsync("duty-desk");
        (await dsl.OpenAsync($"/episodes/{episodes[0]}")).Html.ShouldContain($"{leaver.Name} no longer works there. Nobody has it now.");
        using var administrator = await host.SignedInAsync("authority-admin");
        (await administrator.OpenAsync($"/people/{leaver.Id}")).Html.ShouldContain("1 episode given back to their colleagues");
    }

    [Fact]
    public async Task Whoever_goes_to_another_school_gives_back_what_they_had_at_the_first_and_whoever_stays_keeps_it()
    {
        var (school, episodes) = await SchoolAsync(1);
        var person = await host.NewPersonAsync(Roles.AttendanceOfficer, school.Urn);
        await TakeOnAsync(person, episodes[0]);
        using var administrator = await host.SignedInAsync("authority-admin");

        await ChangeAsync(Roles.DeputyDsl, school.Urn);
        ((string?)(await school.Get($"/api/v1/episodes/{episodes[0]}"))["claimedBy"]).ShouldBe(person.Name);

        await ChangeAsync(Roles.DeputyDsl, "900002");
        (await school.Get($"/api/v1/episodes/{episodes[0]}"))["claimedBy"].ShouldBeNull();

        async Task ChangeAsync(string role, string urn)
        {
            (await administrator.OpenAsync($"/people/{person.Id}/role")).Html.ShouldContain("1 episode");
            (await administrator.SendAsync($"/people/{person.Id}/role", ("role", role), ("school", urn))).Location.ShouldBe($"/people/{person.Id}");
        }
    }

    [Fact]
    public async Task Whom_a_system_names_is_the_one_person_of_its_organisation_who_is_called_so()
    {
        var (school, episodes) = await SchoolAsync(2);
        var only = await host.NewPersonAsync(Roles.AttendanceOfficer, school.Urn);
        await ClaimAsync(episodes[0], only.Name);
        await host.NewPersonAsync(Roles.AttendanceOfficer, school.Urn);
        await ClaimAsync(episodes[1], only.Name);

        (await host.Sql($"select claimed_by_id from cme.episode_row where reference in ('{episodes[0]}', '{episodes[1]}') order by reference = '{episodes[1]}'"))
            .ShouldBe([only.Id, ""]);

        Task ClaimAsync(string episode, string officer) =>
            host.Send(school.Key, HttpMethod.Post, $"/api/v1/episodes/{episode}/claim", $$"""{"officer":"{{officer}}"}""", HttpStatusCode.OK);
    }

    private async Task<(TestSchool School, string[] Episodes)> SchoolAsync(int absent)
    {
        var school = await host.NewSchoolAsync(absent);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await school.Register(string.Join(',', Enumerable.Range(0, absent).Select(pupil => $$"""{"schoolPupilId":"P{{pupil}}","code":"N"}""")));
        return (school, [.. (await school.Get("/api/v1/episodes"))["data"]!.AsArray().Select(row => (string)row!["reference"]!)]);
    }

    /// <summary>As the person's own board does it.</summary>
    private async Task TakeOnAsync(Person person, string episode) =>
        (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IEpisodeGrain>(episode).Claim(new ClaimEpisode
        {
            Officer = person.Name, OfficerId = person.Id, Org = person.School!, RecordedBy = person.Id,
        })).RefusalCode.ShouldBeNull();

    private async Task EndAsync(Person person)
    {
        using var administrator = await host.SignedInAsync("authority-admin");
        await administrator.OpenAsync($"/people/{person.Id}/end");
        (await administrator.SendAsync($"/people/{person.Id}/end")).Location.ShouldBe($"/people/{person.Id}");
    }
}
