using Cme.Domain;
using Cme.Storage;
using Cme.Storage.Schools;
using Cme.Web.Demo;
using Cme.Web.Security;
using Microsoft.Extensions.Caching.Memory;

namespace Cme.Web.Pages.Shared;

/// <summary>What surrounds every page: whose service it is, who is signed in, where they can go, and what time it is.</summary>
public sealed class PageFrame(
    ISchools schools, IMemoryCache cache, IHttpContextAccessor http, [FromKeyedServices(Clock.Business)] TimeProvider clock,
    PersonaSignIn? personas = null, DemoPlayer? player = null)
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

    /// <summary>The council's name; the service's own where nobody is signed in or the name cannot be read.</summary>
    public async Task<string> CouncilAsync()
    {
        if (Viewer is not { } viewer) { return IsDemo ? DemoAuthority.Name : Anyone; }
        return await cache.GetOrCreateAsync($"council-{viewer.Authority}", async entry =>
        {
            // A council hardly ever changes its name, and a page must not need the database to say that it is away.
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5);
            try { return (await schools.GetAuthorityAsync(viewer.Authority))?.Name; }
            catch (StorageUnavailableException)
            {
                entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1);
                return null;
            }
        }) ?? Anyone;
    }

    /// <summary>Where the viewer can go, in order.</summary>
    public IReadOnlyList<Place> Places => Viewer switch
    {
        null => [],
        { Role: Roles.AuthorityAdmin } => [new("Set up", "/set-up"), new("People", "/people"), new("Keys", "/keys")],
        { Role: Roles.SchoolAdmin } => [new("People", "/people"), new("Keys", "/keys")],
        { School: { } urn } => [new("My school’s board", $"/schools/{urn}/board"), Work, Search, new("My school", $"/schools/{urn}"), Procedures],
        var officer when Scope.MayWatch(officer, Board.Lead) => [Desk, new("CME lead", "/lead"), Work, Search, Pictures, Procedures],
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

    private static Place Pictures => new("Pictures", "/pictures");

    private static Place Procedures => new("Procedures", "/procedures");
}

/// <summary>A link of the service navigation.</summary>
public sealed record Place(string Words, string Address);
