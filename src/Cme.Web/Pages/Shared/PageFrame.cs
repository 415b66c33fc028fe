using Cme.Domain;
using Cme.Storage;
using Cme.Storage.Schools;
using Cme.Web.Demo;
using Cme.Web.Pages.Notices;
using Cme.Web.Security;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Cme.Web.Pages.Shared;

/// <summary>What surrounds every page: whose service it is, who is signed in, where they can go, and what time it is.</summary>
public sealed class PageFrame(
    ISchools schools, IMemoryCache cache, IHttpContextAccessor http, IOptions<CouncilSettings> councils,
    [FromKeyedServices(Clock.Business)] TimeProvider clock, PersonaSignIn? personas = null, DemoPlayer? player = null)
{
    /// <summary>What the service is called.</summary>
    public const string Service = "Children missing education";

    private const string Anyone = "Local council";

    /// <summary>True in the demo, where everybody is invented and the clock can be moved.</summary>
    public bool IsDemo => personas is not null;

    /// <summary>Whether the demo's days are going by by themselves.</summary>
    public bool IsPlaying => player?.MinutesPerSecond > 0;

    /// <summary>Who is signed in; null for nobody.</summary>
    public Viewer? Viewer => Viewer.TryOf(http.HttpContext?.User);

    /// <summary>The business clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The council's name; a word for any where it cannot be said whose service this is.</summary>
    public async Task<string> CouncilAsync() => (await AuthorityAsync())?.Name ?? Anyone;

    /// <summary>The council whose notices stand on these pages.</summary>
    public async Task<CouncilView> NoticeAsync() => await AuthorityAsync() is { } authority
        ? new(authority.Name, councils.Value.Of(authority.Code)) : new(IsDemo ? DemoAuthority.Name : "Your council", new());

    /// <summary>The viewer's authority, and for somebody who has not signed in the only one that there is; null where nobody can say.</summary>
    private async Task<AuthorityRecord?> AuthorityAsync()
    {
        var code = Viewer?.Authority ?? "";
        return await cache.GetOrCreateAsync($"council-{code}", async entry =>
        {
            // A council hardly ever changes its name, and a page must not need the database to say that it is away.
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5);
            try
            {
                if (code.Length > 0) { return await schools.GetAuthorityAsync(code); }
                return await schools.AuthoritiesAsync() is [var only] ? only : null;
            }
            catch (StorageUnavailableException)
            {
                entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1);
                return null;
            }
        });
    }

    /// <summary>Where the viewer can go, in order.</summary>
    public IReadOnlyList<Place> Places => Viewer switch
    {
        null => [],
        { Role: Roles.AuthorityAdmin } => [new("Set up", "/set-up"), new("People", "/people"), new("Keys", "/keys")],
        { Role: Roles.SchoolAdmin } => [new("People", "/people"), new("Keys", "/keys")],
        { School: { } urn } => [new("My school’s board", $"/schools/{urn}/board"), Work, Search, new("My school", $"/schools/{urn}"), Procedures],
        var officer when Scope.MayWatch(officer, Board.Lead) => [Desk, new("CME lead", "/lead"), Work, Search, Pictures, new("Reports", "/reports"), Procedures],
        _ => [Desk, Work, Search, Pictures, Procedures],
    };

    /// <summary>Where the viewer's work starts.</summary>
    public string Home => Viewer switch
    {
        null => EdgeSecurity.SignInPath,
        { Role: Roles.AuthorityAdmin } => "/set-up",
        { Role: Roles.SchoolAdmin } => "/people",
        { School: { } urn } => $"/schools/{urn}/board",
        { Role: Roles.CmeLead } => "/lead",
        _ => "/desk",
    };

    private static Place Search => new("Search", "/search");

    private static Place Work => new("Work", "/work");

    private static Place Desk => new("Duty desk", "/desk");

    private static Place Pictures => new("Charts", "/pictures");

    private static Place Procedures => new("Procedures", "/procedures");
}

/// <summary>A link of the service navigation.</summary>
public sealed record Place(string Words, string Address);
