using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Api;

/// <summary>Nobody overwrites what they have not seen, and nobody is sent again what they have.</summary>
public sealed class PreconditionSpecs(EdgeHost host) : IClassFixture<EdgeHost>, IAsyncLifetime
{
    private const string Present = """{"asOf":"2026-09-07T08:55:00+01:00","complete":false,"marks":[{"schoolPupilId":"P0","code":"/"}]}""";
    private const string Missing = """{"asOf":"2026-09-07T08:56:00+01:00","complete":false,"marks":[{"schoolPupilId":"P0","code":"N"}]}""";

    private static readonly string Changed = TestSchool.Calendar.Replace("15:20", "15:30", StringComparison.Ordinal);

    private TestSchool _school = null!;

    public async Task InitializeAsync()
    {
        _school = await host.NewSchoolAsync(2);
        await host.ReachAsync("2026-09-07T09:00:00+01:00");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_reading_has_a_strong_ETag_and_is_not_sent_again_while_it_is_the_same()
    {
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        var reference = await _school.OnlyEpisode();
        foreach (var path in new[]
        {
            "/api/v1/schools", _school.Path, $"{_school.Path}/calendar/2026-27", $"{_school.Path}/roll", $"{_school.Path}/registers/2026-09-07/AM",
            "/api/v1/episodes", $"/api/v1/episodes/{reference}", $"/api/v1/episodes/{reference}/timeline",
        })
        {
            using var first = await Ask(HttpMethod.Get, path, null);
            var tag = first.Headers.ETag.ShouldNotBeNull(path);
            tag.IsWeak.ShouldBeFalse(path);
            using var second = await Ask(HttpMethod.Get, path, null, request => request.Headers.IfNoneMatch.Add(tag));
            second.StatusCode.ShouldBe(HttpStatusCode.NotModified, path);
            second.Headers.ETag.ShouldBe(tag);
            (await second.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_name_that_the_roll_changed_gives_the_episode_another_ETag_although_nothing_happened_to_it()
    {
        await _school.Register("""{"schoolPupilId":"P0","code":"N"}""");
        var path = $"/api/v1/episodes/{await _school.OnlyEpisode()}";
        using var before = await Ask(HttpMethod.Get, path, null);
        (await Ask(HttpMethod.Patch, $"{_school.Path}/roll", $$"""{"pupils":[{{TestSchool.Pupil(0).Replace("Testcase0", "Testcase-Married", StringComparison.Ordinal)}}]}""")).Dispose();

        using var after = await Ask(HttpMethod.Get, path, null);
        after.Headers.ETag.ShouldNotBe(before.Headers.ETag);
    }

    [Theory]
    [InlineData("school")]
    [InlineData("calendar")]
    [InlineData("roll")]
    [InlineData("register")]
    public async Task If_Match_lets_through_who_has_read_the_latest_and_refuses_who_has_not(string what)
    {
        var (path, key, one, other) = what switch
        {
            "school" => (_school.Path, host.AuthorityKey, """{"name":"One"}""", """{"name":"Other"}"""),
            "calendar" => ($"{_school.Path}/calendar/2026-27", _school.Key, Changed, TestSchool.Calendar),
            "roll" => ($"{_school.Path}/roll", _school.Key, TestSchool.Roll([0, 1, 2]), TestSchool.Roll([0, 1, 2, 3])),
            _ => ($"{_school.Path}/registers/2026-09-07/AM", _school.Key, Missing, Present.Replace("08:55", "08:57", StringComparison.Ordinal)),
        };
        if (what == "register") { (await Ask(HttpMethod.Put, path, Present)).Dispose(); }
        using var read = await Ask(HttpMethod.Get, path, null, key: key);
        var tag = read.Headers.ETag!;

        using var first = await Ask(HttpMethod.Put, path, one, request => request.Headers.IfMatch.Add(tag), key);
        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        using var late = await Ask(HttpMethod.Put, path, other, request => request.Headers.IfMatch.Add(tag), key);
        late.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        await late.ShouldBeProblem("precondition-failed");
        using var next = await Ask(HttpMethod.Put, path, other, request => request.Headers.IfMatch.Add(first.Headers.ETag!), key);
        next.StatusCode.ShouldBe(HttpStatusCode.OK, await next.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_calendar_that_exists_is_changed_only_by_who_says_which_one_was_read()
    {
        var path = $"{_school.Path}/calendar/2026-27";
        using (var unsaid = await Ask(HttpMethod.Put, path, Changed))
        {
            ((int)unsaid.StatusCode).ShouldBe(428);
            await unsaid.ShouldBeProblem("if-match-required");
        }
        using (var same = await Ask(HttpMethod.Put, path, TestSchool.Calendar)) { same.StatusCode.ShouldBe(HttpStatusCode.OK); }
        using (var any = await Ask(HttpMethod.Put, path, Changed, request => request.Headers.IfMatch.Add(EntityTagHeaderValue.Any)))
        {
            any.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var other = TestSchool.Calendar.Replace("2026-", "2027-", StringComparison.Ordinal);
        using var new27 = await Ask(HttpMethod.Put, $"{_school.Path}/calendar/2027-28", other, request => request.Headers.IfMatch.Add(EntityTagHeaderValue.Any));
        new27.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task If_None_Match_of_anything_creates_and_never_replaces()
    {
        using var answer = await Ask(HttpMethod.Put, _school.Path, """{"name":"Again"}""", request => request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any), host.AuthorityKey);

        answer.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        await answer.ShouldBeProblem("precondition-failed");
    }

    [Fact]
    public async Task A_weak_tag_or_one_that_we_never_gave_matches_nothing()
    {
        foreach (var tag in new[] { "W/\"v1\"", "\"abc\"", "\"v99\"", "nonsense" })
        {
            using var answer = await Ask(HttpMethod.Put, _school.Path, """{"name":"Again"}""", request => request.Headers.TryAddWithoutValidation("If-Match", tag), host.AuthorityKey);
            answer.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed, tag);
        }
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, string? json, Action<HttpRequestMessage>? prepare = null, string? key = null)
    {
        using var client = host.Client(key ?? _school.Key);
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) { request.Content = new StringContent(json, Encoding.UTF8, "application/json"); }
        prepare?.Invoke(request);
        return await client.SendAsync(request);
    }
}
