using System.Net;
using System.Text.Json.Nodes;
using Cme.Web.Security;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>A provider's daily return, read by the provider, its authority, the school that placed one of its two pupils, and nobody else.</summary>
public sealed class DailyReturnSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Day = "2026-09-08", Placing = "900001";

    private TestSchool _provider = null!;

    private string Address => $"{_provider.Path}/returns/{Day}";

    public async Task InitializeAsync()
    {
        _provider = await host.NewSchoolAsync(0);
        await host.Send(host.AuthorityKey, HttpMethod.Put, $"/api/v1/schools/{_provider.Urn}", $$"""{"name":"Test Provider","kind":"provider","commissioner":"{{Placing}}"}""", HttpStatusCode.OK);
        await host.Send(_provider.Key, HttpMethod.Put, $"{_provider.Path}/roll", $$"""{"pupils":[{{Pupil("A1", "A920000126001", "Placed")}},{{Pupil("B1", "R920000126002", "Elsewhere")}}]}""", HttpStatusCode.OK);
        await host.Send(host.KeyOf(Placing), HttpMethod.Put, $"/api/v1/schools/{Placing}/roll", $$"""{"pupils":[{{Pupil("P1", "A920000126001", "Placed")}}]}""", HttpStatusCode.OK);
        await host.ReachAsync($"{Day}T13:30:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task SUF11_The_return_has_absence_and_attendance_of_every_pupil_with_minutes_and_a_pattern()
    {
        await RegisterAsync("2026-09-04/AM", "O", "/");
        await RegisterAsync("2026-09-07/AM", "O", "/");
        await RegisterAsync($"{Day}/AM", "O", "L", 20);

        var found = await host.Send(_provider.Key, HttpMethod.Get, Address, null, HttpStatusCode.OK);

        ((string)found["state"]!).ShouldBe("awaited");
        ((string)found["commissioner"]!).ShouldBe(Placing);
        var pupils = found["pupils"]!.AsArray();
        pupils.Select(one => $"{one!["schoolPupilId"]} {one["absentSessions"]} {one["pattern"]} {one["marks"]![0]!["code"]} {one["marks"]![0]!["late"]} {one["marks"]![0]!["absent"]}")
            .ShouldBe(["B1 1 false L true true", "A1 3 true O false true"], ignoreOrder: true);
        found["sessions"]![0]!["reportBy"]!.ToJsonString().ShouldContain("08:05", Case.Sensitive, "9:05 in London");
    }

    [Fact]
    public async Task SUF12_The_legal_basis_stands_with_what_is_shared() =>
        ((string)(await host.Send(_provider.Key, HttpMethod.Get, Address, null, HttpStatusCode.OK))["basis"]!).ShouldContain("Article 6(1)(e) and Article 9(2)(g)");

    [Fact]
    public async Task SUF11_The_school_that_placed_a_pupil_reads_of_that_pupil_and_of_no_other()
    {
        await RegisterAsync($"{Day}/AM", "/", "O");
        var read = await host.Send(host.KeyOf(Placing), HttpMethod.Get, Address, null, HttpStatusCode.OK);

        read["pupils"]!.AsArray().Select(one => (string)one!["schoolPupilId"]!).ShouldBe(["A1"]);
        read.ToJsonString().ShouldNotContain("Elsewhere");
        using var dsl = await host.PersonAsync($"dsl-{Placing}");
        var page = await dsl.ReadAsync($"/schools/{_provider.Urn}/returns/{Day}");
        page.ShouldContain("Placed");
        page.ShouldNotContain("Elsewhere");
        (await dsl.ReadAsync($"/schools/{Placing}")).ShouldContain($"/schools/{_provider.Urn}/returns/{Day}");
    }

    [Fact]
    public async Task Another_school_and_another_authority_are_told_that_there_is_no_such_provider_and_an_authority_reads_all()
    {
        (await host.Send(host.AuthorityKey, HttpMethod.Get, Address, null, HttpStatusCode.OK))["pupils"]!.AsArray().Count.ShouldBe(2);
        await host.Send(host.KeyOf("900002"), HttpMethod.Get, Address, null, HttpStatusCode.NotFound);
        await host.Send(await host.NewKeyAsync("998", null, [.. Scopes.All]), HttpMethod.Get, Address, null, HttpStatusCode.NotFound);
        using var other = await host.PersonAsync("dsl-900002");
        await other.ReadAsync($"/schools/{_provider.Urn}/returns/{Day}", HttpStatusCode.NotFound);
        using var placing = await host.PersonAsync($"dsl-{Placing}");
        await placing.ReadAsync($"/schools/{_provider.Urn}", HttpStatusCode.NotFound);
        await host.Send(_provider.Key, HttpMethod.Get, $"{_provider.Path}/returns/someday", null, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task On_a_day_without_sessions_none_is_due() =>
        ((string)(await host.Send(_provider.Key, HttpMethod.Get, $"{_provider.Path}/returns/2026-09-06", null, HttpStatusCode.OK))["state"]!).ShouldBe("none");

    [Fact]
    public async Task SUF11_A_return_that_is_late_stands_on_the_board_of_who_placed_the_pupils_on_the_provider_s_and_on_the_desk_s_until_it_is_made()
    {
        await RegisterAsync($"{Day}/AM", "/", "/");
        await host.ReachAsync($"{Day}T15:19:00+01:00");
        (await BoardsAsync(Day)).ShouldBe("no no no", "the day is not over");

        await host.ReachAsync($"{Day}T15:21:00+01:00");
        (await BoardsAsync(Day)).ShouldBe("yes yes no", "and another school is told nothing");

        await RegisterAsync($"{Day}/PM", "/", "/");
        (await BoardsAsync(Day)).ShouldBe("no no no");
    }

    /// <summary>Whether the return of a day is called late on the boards of the desk, of the school that placed a pupil, and of another school.</summary>
    private async Task<string> BoardsAsync(string day)
    {
        var told = new List<string>();
        foreach (var (who, board) in new[] { ("duty-desk", "/desk"), ($"dsl-{Placing}", $"/schools/{Placing}/board"), ("dsl-900002", "/schools/900002/board") })
        {
            using var person = await host.PersonAsync(who);
            told.Add((await person.ReadAsync(board)).Contains($"href=\"/schools/{_provider.Urn}/returns/{day}\" data-late-return", StringComparison.Ordinal) ? "yes" : "no");
        }
        return string.Join(' ', told);
    }

    private Task<JsonObject> RegisterAsync(string day, string placed, string elsewhere, int? late = null) => host.Send(_provider.Key, HttpMethod.Put, $"{_provider.Path}/registers/{day}",
        $$"""{"asOf":"{{day[..10]}}T09:10:00+01:00","complete":true,"marks":[{"schoolPupilId":"A1","code":"{{placed}}"},{"schoolPupilId":"B1","code":"{{elsewhere}}"{{(late is null ? "" : $",\"minutesLate\":{late}")}}}]}""",
        HttpStatusCode.OK);

    private static string Pupil(string id, string upn, string surname) =>
        $$"""{"schoolPupilId":"{{id}}","upn":"{{upn}}","forename":"Amina","surname":"{{surname}}","dateOfBirth":"2012-03-02","sex":"F","yearGroup":"10","entryDate":"2025-09-03"}""";
}
