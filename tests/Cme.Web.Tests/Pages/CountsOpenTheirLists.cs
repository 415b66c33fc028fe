using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Pages;

/// <summary>Every count on every board is a link, and the list behind it has exactly so many rows.</summary>
public sealed partial class CountsOpenTheirLists(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Fact]
    public async Task Every_count_on_every_board_opens_a_list_of_exactly_so_many_rows()
    {
        var (first, second) = (await host.NewSchoolAsync(8), await host.NewSchoolAsync(8));
        await host.MoveTo("2026-09-07T09:00:00+01:00");
        await first.Register(string.Join(',', Enumerable.Range(0, 4).Select(Absent)));
        await second.Register(Absent(1));
        await host.MoveTo("2026-09-07T13:00:00+01:00");
        var flagged = TestSchool.Pupil(7).Replace("\"contacts\"", "\"flags\":[\"cp_plan\"],\"contacts\"", StringComparison.Ordinal);
        await host.Send(second.Key, HttpMethod.Patch, $"{second.Path}/roll", $$"""{"pupils":[{{flagged}}]}""", HttpStatusCode.OK);
        await second.Register($"{Absent(7)},{Absent(3)}", asOf: "2026-09-07T12:59:00+01:00");
        var own = (await first.Get("/api/v1/episodes"))["data"]!.AsArray().Select(row => (string)row!["reference"]!).ToArray();
        await host.Send(host.AuthorityKey, HttpMethod.Post, $"/api/v1/episodes/{own[0]}/assign", """{"officer":"Owen Reid"}""", HttpStatusCode.OK);

        var followed = 0;
        foreach (var (who, board, expected) in new[] { ("cme-lead", "/lead", 15), ("duty-desk", "/desk", 12), ("duty-desk", "/work", 3), ("duty-desk", $"/schools/{first.Urn}/board", 6), ("cme-lead", "/desk", 12) })
        {
            using var person = await host.PersonAsync(who);
            var counts = await CountsOn(person, board, expected);
            foreach (var (address, count) in counts)
            {
                var list = await person.GetStringAsync(address);
                Row().Count(list).ShouldBe(count, $"{board} says {count}, and {address} lists otherwise");
                followed++;
            }
            counts.Any(one => one.Count > 0).ShouldBe(board != "/work" || counts[2].Count > 0, board);
        }
        followed.ShouldBeGreaterThan(45);
    }

    /// <summary>The counts of a board once everything is published: they are the same twice running.</summary>
    private static async Task<(string Address, int Count)[]> CountsOn(HttpClient person, string board, int atLeast)
    {
        var waited = Stopwatch.StartNew();
        (string, int)[] before = [], now = [];
        do
        {
            before = now;
            var html = await person.GetStringAsync(board);
            now = [.. Counted().Matches(html).Select(found => (WebUtility.HtmlDecode(found.Groups[1].Value), int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture)))];
        }
        while ((now.Length < atLeast || !now.SequenceEqual(before)) && waited.Elapsed < TimeSpan.FromSeconds(60));
        now.Length.ShouldBeGreaterThanOrEqualTo(atLeast, board);
        return now;
    }

    private static string Absent(int pupil) => $$"""{"schoolPupilId":"P{{pupil}}","code":"N"}""";

    [GeneratedRegex("""<a [^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*?data-count>(\d+)<""", RegexOptions.Singleline)]
    private static partial Regex Counted();

    [GeneratedRegex("""<tr [^>]*(data-reference|data-step)""")]
    private static partial Regex Row();
}
