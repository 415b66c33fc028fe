using System.Text.Json.Nodes;
using Cme.TestSupport.Stories;
using Cme.Web.Records;
using Cme.Web.Tests.Hosting;
using Cme.Web.Tests.Pages.Episodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Stories;

/// <summary>What the stories of the five documents ask of the service, in the words of the documents.</summary>
internal static class Telling
{
    /// <summary>A school of the demo, and its people.</summary>
    public static SchoolOfTheStory School(this EdgeHost host, string urn) => new(organisation => host.Client(host.KeyOf(organisation)), urn);

    /// <summary>The step is open, by that clause, for that role, and due at that instant.</summary>
    public static async Task<JsonObject> OwesAsync(this SchoolOfTheStory school, string pupil, string step, string clause, string role, string due)
    {
        var owed = await school.OwedAsync(pupil);
        owed.ShouldContainKey(step, $"{pupil} is owed {string.Join(", ", owed.Keys)}");
        var one = owed[step];
        ((string)one["clause"]!, (string)one["who"]!["role"]!, (DateTimeOffset)one["dueAt"]!).ShouldBe((clause, role, At(due)), $"{pupil}: {step}");
        return one;
    }

    /// <summary>The council closes the missing person's record, which the referral to the police opened: the police had one already.</summary>
    public static async Task OneReportAlreadyAsync(this SchoolOfTheStory school, string pupil, string at)
    {
        await school.ClockAsync(at);
        var record = (await school.ListAsync(EdgeHost.Authority, "/api/v1/episodes?kind=missing-person&limit=500")).Single(row => (string?)row["child"]!["forename"] == pupil);
        await school.TellAsync(EdgeHost.Authority, HttpMethod.Post, $"/api/v1/episodes/{record["reference"]}/actions", new
        {
            action = "close", outcome = "duplicate-record", at = At(at), performedBy = new { name = "Sam Sample", role = "duty-desk", org = EdgeHost.Authority },
        });
    }

    /// <summary>None of the steps is open.</summary>
    public static async Task OwesNoAsync(this SchoolOfTheStory school, string pupil, params string[] steps)
    {
        var owed = await school.OwedAsync(pupil);
        owed.Keys.Intersect(steps).ShouldBeEmpty(pupil);
    }

    /// <summary>The step is overdue, and has climbed so far: 0 its owner, 1 DSL, 2 head, 3 duty desk, 4 CME lead.</summary>
    public static async Task IsOverdueAsync(this SchoolOfTheStory school, string pupil, string step, int level)
    {
        var one = (await school.OwedAsync(pupil))[step];
        ((string)one["state"]!, (int)one["level"]!).ShouldBe(("overdue", level), $"{pupil}: {step}");
    }

    /// <summary>The forenames on a board of the authority, of the school's pupils.</summary>
    public static async Task<string[]> OnBoardAsync(this SchoolOfTheStory school, string board) =>
    [
        .. (await school.ListAsync(EdgeHost.Authority, $"/api/v1/episodes?board={board}&limit=500")).Select(row => (string)row["child"]!["forename"]!).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The conditions of ground i that are open.</summary>
    public static async Task<string[]> UnmetAsync(this SchoolOfTheStory school, string pupil)
    {
        var answer = await school.TellAsync(
            school.Urn, HttpMethod.Post, $"/api/v1/schools/{school.Urn}/removals", new { pupil = pupil.ToLowerInvariant(), ground = "i", evidence = new { } });
        string[] unmet = [.. answer["conditions"]!.AsArray().Where(one => !(bool)one!["met"]!).Select(one => (string)one!["condition"]!)];
        ((string)answer["gate"]!).ShouldBe(unmet.Length == 0 ? "open" : "closed");
        return unmet;
    }

    /// <summary>Somebody records an act on the episode's page, as of now.</summary>
    /// <returns>The page afterwards.</returns>
    public static async Task<string> OnPageAsync(
        this EdgeHost host, string persona, SchoolOfTheStory school, string pupil, string act, params (string Name, string Value)[] fields)
    {
        using var person = await host.PersonAsync(persona);
        var page = await PageForm.ActAsync(person, $"/episodes/{await school.ReferenceAsync(pupil)}", act, fields);
        page.ShouldNotContain("error-summary");
        return page;
    }

    /// <summary>What somebody reads at an address.</summary>
    public static async Task<string> ReadsAsync(this EdgeHost host, string persona, string path)
    {
        using var person = await host.PersonAsync(persona);
        return await person.ReadAsync(path);
    }

    /// <summary>What somebody reads on the episode's page.</summary>
    public static async Task<string> SeesAsync(this EdgeHost host, string persona, SchoolOfTheStory school, string pupil) =>
        await host.ReadsAsync(persona, $"/episodes/{await school.ReferenceAsync(pupil)}");

    /// <summary>The record that the authority leads of a pupil, once the schools' lists have been looked at.</summary>
    public static async Task<string> RecordOfAsync(this EdgeHost host, SchoolOfTheStory school, string pupil, string kind = "cme")
    {
        await host.Services.GetServices<IHostedService>().OfType<RollWatch>().Single().LookAsync(CancellationToken.None);
        var child = (string)(await school.EpisodeAsync(pupil))["child"]!["id"]!;
        return (string)(await school.ListAsync(EdgeHost.Authority, $"/api/v1/episodes?kind={kind}&child={child}&status=all")).ShouldHaveSingleItem()["reference"]!;
    }

    public static async Task ClosedAsync(this SchoolOfTheStory school, string pupil, string reason)
    {
        var episode = await school.EpisodeAsync(pupil);
        ((string)episode["status"]!, (string)episode["closure"]!).ShouldBe(("closed", reason), pupil);
        (await school.OwedAsync(pupil)).ShouldBeEmpty();
    }
}
