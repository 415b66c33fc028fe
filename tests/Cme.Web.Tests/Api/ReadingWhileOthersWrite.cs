using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Lists and the feed are read page by page while fifty others write: nothing is missed and nothing comes twice.</summary>
public sealed class ReadingWhileOthersWrite(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    // So few of so many that no register looks wrong and is held.
    private const int Pupils = 400, Writers = 50, There = 30, Added = 9, Notes = 4;

    private TestSchool _school = null!, _other = null!;
    private List<string> _references = [];

    public async Task InitializeAsync()
    {
        (_school, _other) = (await host.NewSchoolAsync(Pupils), await host.NewSchoolAsync());
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
        await _school.Register(Missing(0, There));
        _references = await All("/api/v1/episodes?limit=500");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_list_read_page_by_page_misses_nothing_that_was_there_throughout_and_tells_nothing_twice()
    {
        var writing = WriteAsync();
        do
        {
            var read = await All("/api/v1/episodes?limit=7");
            read.ShouldBeUnique();
            _references.Except(read).ShouldBeEmpty();
        }
        while (!writing.IsCompleted);
        await writing;
        (await All("/api/v1/episodes?limit=500")).Count.ShouldBe(There + Added);
    }

    [Fact]
    public async Task The_feed_tells_each_event_once_and_in_order_and_never_puts_one_before_a_number_already_read()
    {
        var writing = WriteAsync();
        var (numbers, told) = (new List<long>(), new HashSet<(string, long)>());
        var (after, expected) = (0L, int.MaxValue);
        while (told.Count < expected)
        {
            var page = await _school.Get($"/api/v1/events?after={after}&limit=13&wait=1");
            foreach (var one in page["data"]!.AsArray())
            {
                numbers.Add((long)one!["number"]!);
                told.Add(((string)one["episode"]!, (long)one["version"]!)).ShouldBeTrue();
            }
            after = (long)page["next"]!;
            if (writing.IsCompleted && expected == int.MaxValue)
            {
                await writing;
                expected = int.Parse((await host.Sql($"select count(*) from cme.event e join cme.episode h on h.reference = e.episode where h.urn = '{_school.Urn}'"))[0], null);
            }
        }
        numbers.ShouldBe(numbers.Order());
        told.Count.ShouldBe(expected);
        told.Count.ShouldBeGreaterThanOrEqualTo(There + Added + (Writers * Notes));
        told.GroupBy(one => one.Item1).ShouldAllBe(of => of.Select(one => one.Item2).SequenceEqual(Enumerable.Range(1, of.Count()).Select(number => (long)number)));
    }

    [Fact]
    public async Task A_school_reads_its_own_events_and_the_authority_all()
    {
        await _other.Register(Missing(0, 2));
        var page = await UntilAsync(host.AuthorityKey, _other.Urn, 2);

        var own = (await _school.Get("/api/v1/events?limit=500"))["data"]!.AsArray().Select(one => (string)one!["episode"]!).ToHashSet();
        own.Except(_references).ShouldBeEmpty();
        page.Intersect(_references).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("after=99999999", HttpStatusCode.Conflict, "epoch-changed")]
    [InlineData("after=0&epoch=00000000000000000000000000000000", HttpStatusCode.Conflict, "epoch-changed")]
    [InlineData("after=-1", HttpStatusCode.UnprocessableEntity, "invalid")]
    [InlineData("after=x", HttpStatusCode.UnprocessableEntity, "invalid")]
    [InlineData("wait=21", HttpStatusCode.UnprocessableEntity, "invalid")]
    [InlineData("limit=501", HttpStatusCode.UnprocessableEntity, "invalid")]
    public async Task What_the_feed_cannot_go_on_from_is_told(string query, HttpStatusCode status, string code) =>
        ((string)(await _school.Get($"/api/v1/events?{query}", status))["code"]!).ShouldBe(code);

    /// <summary>Fifty at once: more pupils become missing, and notes are recorded of those who are.</summary>
    private Task WriteAsync() => Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
    {
        using var client = host.Client(_school.Key);
        for (var note = 0; note < Notes; note++)
        {
            using var answer = await client.PostAsync($"/api/v1/episodes/{_references[((writer * Notes) + note) % There]}/actions",
                new StringContent(_school.Deed("note", null), Encoding.UTF8, "application/json"));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }
        if (writer < Added) { await _school.Register(Missing(There + writer, 1)); }
    }));

    private async Task<List<string>> UntilAsync(string key, string urn, int events)
    {
        var (after, seen) = (0L, new List<string>());
        while (true)
        {
            var page = await host.Send(key, HttpMethod.Get, $"/api/v1/events?after={after}&limit=500&wait=5", null, HttpStatusCode.OK);
            seen.AddRange(page["data"]!.AsArray().Select(one => (string)one!["episode"]!));
            after = (long)page["next"]!;
            var told = await host.Sql($"select count(*) from cme.feed where urn = '{urn}' and number <= {after}");
            if (int.Parse(told[0], null) >= events) { return seen; }
        }
    }

    private async Task<List<string>> All(string path)
    {
        using var client = host.Client(_school.Key);
        var all = new List<string>();
        for (var next = path; next is not null;)
        {
            using var answer = await client.GetAsync(next);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            all.AddRange(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!.AsArray().Select(one => (string)one!["reference"]!));
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }
        return all;
    }

    private static string Missing(int from, int count) => string.Join(',', Enumerable.Range(from, count).Select(pupil => $$"""{"schoolPupilId":"P{{pupil}}","code":"N"}"""));
}
