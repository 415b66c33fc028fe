using Cme.Storage.Access;
using Cme.Storage.Schools;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Cme.Web.Security.People;

namespace Cme.Web.Pages.ApiKeys;

/// <summary>What administrators do about the keys of their own organisation, each told to the audit first.</summary>
internal sealed class KeyDesk(IApiKeys keys, ISchools schools, IKeyring keyring, PersonAudit audit)
{
    /// <summary>A key and its successor: more would only be forgotten.</summary>
    private const int MostOfOneLabel = 2;

    public async Task<IReadOnlyList<KeyRow>> ListAsync(Viewer administrator)
    {
        var places = await schools.ListAsync(administrator.Authority);
        return [.. from key in await keys.ListAsync(administrator.Authority)
                   where IsOf(administrator, key.Grant)
                   orderby key.RevokedAt is null descending, key.CreatedAt descending
                   select new KeyRow(key.Id, key.Grant.Label, PlaceOf(key.Grant, places), Times.ShortDay(Domain.Calendars.London.DateOf(key.CreatedAt)), key.RevokedAt is null)];
    }

    /// <summary>A key of the administrator's organisation; null if there is none so.</summary>
    public async Task<ApiKeyRecord?> FindAsync(Viewer administrator, Guid id) =>
        (await keys.ListAsync(administrator.Authority)).FirstOrDefault(key => key.Id == id && IsOf(administrator, key.Grant));

    /// <summary>Makes a key; null if two with its label work already.</summary>
    public async Task<MadeKey?> MakeAsync(Viewer administrator, ApiKeyGrant grant)
    {
        var working = (await keys.ListAsync(administrator.Authority)).Count(key => key.RevokedAt is null && key.Grant.Urn == grant.Urn && key.Grant.Label == grant.Label);
        if (working >= MostOfOneLabel) { return null; }
        await audit.TellOfKeyAsync("key-made", administrator, grant.Urn ?? grant.Authority);
        var made = await keys.CreateAsync(grant);
        return new(grant.Label, PlaceOf(grant, await schools.ListAsync(administrator.Authority)), made.Key);
    }

    /// <summary>Ends a key: its next request is refused, and what it watches is closed.</summary>
    public async Task RevokeAsync(Viewer administrator, Guid id)
    {
        if (await FindAsync(administrator, id) is not { } held) { return; }
        await audit.TellOfKeyAsync("key-revoked", administrator, held.Grant.Urn ?? held.Grant.Authority);
        await keys.RevokeAsync(administrator.Authority, id);
        keyring.Forget(id);
    }

    private static bool IsOf(Viewer administrator, ApiKeyGrant grant) => administrator.OfAuthority || grant.Urn == administrator.School;

    private static string PlaceOf(ApiKeyGrant grant, IEnumerable<SchoolRecord> places) =>
        grant.Urn is { } urn ? places.FirstOrDefault(school => school.Urn == urn)?.Name ?? urn : "The council";
}

public sealed record KeyRow(Guid Id, string Label, string Place, string Made, bool Works);

/// <param name="Key">The whole key, shown once.</param>
public sealed record MadeKey(string Label, string Place, string Key);
