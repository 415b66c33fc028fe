using System.Collections.Immutable;
using System.Security.Claims;
using Cme.Storage.Connections;

namespace Cme.Web.Security;

/// <summary>Whether a person signed in or a system sent a key.</summary>
public enum ViewerKind { Person, Key }

/// <summary>
/// Who is asking: the one form in which the edge knows its caller, whether a person or a key. Everything that depends on the
/// caller takes a <see cref="Viewer"/>, never a <see cref="ClaimsPrincipal"/>.
/// </summary>
/// <param name="Kind">A person or a key.</param>
/// <param name="Authority">The authority's code. Nobody belongs to two.</param>
/// <param name="School">The URN of the viewer's school, or null for a viewer of the whole authority.</param>
/// <param name="Role">A person's role, one of <see cref="Roles"/>; empty for a key.</param>
/// <param name="Scopes">A key's scopes; empty for a person, whose role decides.</param>
/// <param name="Name">What to call the viewer: a person's name or a key's label.</param>
/// <param name="Id">Stable and without personal data; what is recorded as the actor.</param>
public sealed record Viewer(
    ViewerKind Kind, string Authority, string? School, string Role, ImmutableHashSet<string> Scopes, string Name, string Id)
{
    private const string KindClaim = "cme:kind";
    private const string AuthorityClaim = "cme:authority";
    private const string SchoolClaim = "cme:school";

    /// <summary>The claim that carries a person's role.</summary>
    public const string RoleClaim = "role";
    /// <summary>The claim that carries a key's scope; one claim for each.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>True for a viewer of the whole authority.</summary>
    public bool OfAuthority => School is null;

    /// <summary>The organisation the viewer acts for: a school's URN or an authority's code.</summary>
    public string Organisation => School ?? Authority;

    /// <summary>True if the viewer only reads.</summary>
    public bool ReadOnly => Role == Roles.Auditor;

    /// <summary>True for a person whose role sees cases. Administrators see none; what a key sees its scopes say.</summary>
    public bool SeesCases => Kind == ViewerKind.Person && Roles.OfCases.Contains(Role);

    /// <summary>
    /// The highest layer of a record that the viewer reads (FACTS D3): 2 for keys and attendance officers, 3 for those who
    /// answer for safeguarding. Layer 4 is for named people, one record at a time.
    /// </summary>
    public int Layers => Kind == ViewerKind.Person && !SeesCases ? 0 : Kind == ViewerKind.Key || Role == Roles.AttendanceOfficer ? 2 : 3;

    /// <summary>As whom PostgreSQL lets this viewer read.</summary>
    public Reader Reader => new(Authority, School, Kind == ViewerKind.Person ? Id : "", Layers);

    /// <summary>The viewer behind an authenticated principal.</summary>
    /// <exception cref="InvalidOperationException">The principal was not made by <see cref="ToPrincipal"/>.</exception>
    public static Viewer Of(ClaimsPrincipal user) => TryOf(user)
        ?? throw new InvalidOperationException("Nobody is signed in here: the route's rule should have refused the request.");

    /// <summary>The viewer behind a principal, or null if it is anonymous or not one of ours.</summary>
    public static Viewer? TryOf(ClaimsPrincipal? user)
    {
        if (user?.Identity?.IsAuthenticated != true
            || !Enum.TryParse<ViewerKind>(user.FindFirstValue(KindClaim), out var kind)
            || user.FindFirstValue(AuthorityClaim) is not { Length: > 0 } authority)
        {
            return null;
        }
        return new Viewer(
            kind, authority, user.FindFirstValue(SchoolClaim), user.FindFirstValue(RoleClaim) ?? "",
            [.. user.FindAll(ScopeClaim).Select(claim => claim.Value)],
            user.FindFirstValue(ClaimTypes.Name) ?? "", user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");
    }

    /// <summary>The principal that carries this viewer through a request, made by the authentication scheme named.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, RoleClaim);
        identity.AddClaim(new(KindClaim, Kind.ToString()));
        identity.AddClaim(new(AuthorityClaim, Authority));
        identity.AddClaim(new(ClaimTypes.Name, Name));
        identity.AddClaim(new(ClaimTypes.NameIdentifier, Id));
        if (School is not null) { identity.AddClaim(new(SchoolClaim, School)); }
        if (Role.Length > 0) { identity.AddClaim(new(RoleClaim, Role)); }
        foreach (var scope in Scopes) { identity.AddClaim(new(ScopeClaim, scope)); }
        return new ClaimsPrincipal(identity);
    }
}
