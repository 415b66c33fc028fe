using System.Net;
using Cme.Web.Tests.Hosting;

namespace Cme.Web.Tests.Security;

/// <summary>The program with a small limit for those whom it does not know.</summary>
public sealed class StrictHost : EdgeHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Anonymous:PerMinute"] = "5" };
}

/// <summary>Who guesses keys, or asks without one, is slowed down; who is known is not.</summary>
public sealed class AnonymousLimitSpecs(StrictHost host) : IClassFixture<StrictHost>
{
    [Fact]
    public async Task Whoever_is_not_known_is_refused_after_so_many_requests_and_told_how_long_to_wait()
    {
        using var guessing = host.Client("cme_nobody");
        var answers = new List<HttpResponseMessage>();
        for (var number = 0; number < 8; number++) { answers.Add(await guessing.GetAsync("/api/v1/schools")); }

        answers[0].StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var refused = answers[^1];
        ((int)refused.StatusCode).ShouldBe(429);
        await refused.ShouldBeProblem("too-many-requests");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        using var known = host.Client(host.AuthorityKey);
        for (var number = 0; number < 8; number++) { (await known.GetAsync("/api/v1/schools")).StatusCode.ShouldBe(HttpStatusCode.OK); }
        (await guessing.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
