using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>The returns that the feed asks a school for. It is the afternoon of Monday 5 October.</summary>
public sealed class ReturnSpecs(OctoberHost host) : IClassFixture<OctoberHost>
{
    [Fact]
    public async Task B5_The_feed_asks_for_the_returns_of_pupils_with_an_episode_or_without()
    {
        var school = await host.NewSchoolAsync(5);
        await host.Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""
            {"pupils":[{{Pupil("X1", "9", "2026-09-28")}},{{Pupil("X2", "7", "2026-09-03")}},
             {{Pupil("X3", "8", "2025-09-03", ",\"leavingDate\":\"2026-10-01\",\"ground\":\"a\",\"destination\":\"Riverside\"")}}]}
            """, HttpStatusCode.OK);
        for (var day = new DateOnly(2026, 9, 14); day <= new DateOnly(2026, 10, 2); day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) { continue; }
            await school.Register("""{"schoolPupilId":"P0","code":"I"},{"schoolPupilId":"P1","code":"/"},{"schoolPupilId":"P2","code":"N"}""",
                day: $"{day:yyyy-MM-dd}/AM", asOf: $"{day:yyyy-MM-dd}T09:30:00+01:00");
        }

        var feed = await school.Get($"{school.Path}/feed");

        feed["returns"]!.AsArray().Select(one => $"{one!["schoolPupilId"]} {one["step"]} {one["clause"]} since {one["since"]} by {((string)one["dueAt"]!)[..10]}").ShouldBe(
        [
            "P0 sickness-return B5 since 2026-10-02 by 2026-10-05",
            "P2 attendance-return B5 since 2026-09-25 by 2026-10-23",
            "X1 new-pupil-return B5 since 2026-09-28 by 2026-10-05",
            "X3 deletion-return B5 since 2026-10-01 by 2026-10-01",
        ]);
        feed["returns"]!.AsArray().Where(one => one!["episode"] is not null).Select(one => (string)one!["episode"]!).ShouldBe([await school.OnlyEpisode()]);
    }

    private static string Pupil(string id, string yearGroup, string entered, string more = "") =>
        $$"""{"schoolPupilId":"{{id}}","forename":"Amina","surname":"Testcase{{id}}","dateOfBirth":"2014-03-02","sex":"F","yearGroup":"{{yearGroup}}","entryDate":"{{entered}}"{{more}}}""";
}
