using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Cme.Domain;
using Cme.Domain.Concerns;
using Cme.Storage.Concerns;
using Cme.Storage.Schools;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Cme.Web.Api.Concerns;

/// <summary>
/// Takes a concern in, however it came. It looks for no child: what a reporter is answered, and how soon, is the same whether a child is
/// known or not (CHE-05, ADR 0285). Who reported is sealed and kept apart.
/// </summary>
public sealed class ConcernIntake(
    IConcerns concerns, ISchools schools, ConcernBell bell, IOptions<ConcernSettings> settings, IDataProtectionProvider protection,
    [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private readonly IDataProtector _reporters = protection.CreateProtector("cme.concern.reporter");

    /// <summary>The code of the council that a concern is for; null with what is wrong where that cannot be told.</summary>
    public async Task<(string? Authority, PlaceProblem? Problem)> AuthorityOfAsync(string? authority, string? postcode, CancellationToken cancel)
    {
        var all = (await schools.AuthoritiesAsync(cancel)).Select(one => one.Code).ToImmutableArray();
        if (authority is not null)
        {
            return all.Contains(authority) ? (authority, null)
                : (null, new("/authority", "unknown-value", "'authority' is no council of this service. Leave it out and give the postcode."));
        }
        if (all is [var only]) { return (only, null); }
        return OfArea(postcode, all) is { } found ? (found, null)
            : (null, new("/postcode", "unknown-area", "'postcode' is in no area of this service. Say which council it is for in 'authority', or report it to the council where the child lives."));
    }

    /// <summary>Stores a concern.</summary>
    /// <param name="sending">Tells a repetition from another; null where nobody repeats.</param>
    /// <param name="recordedBy">The officer who wrote it down; empty for the public itself.</param>
    /// <param name="at">When the council heard of it; null for now.</param>
    /// <returns>Its reference.</returns>
    public async Task<string> TakeAsync(
        string authority, ConcernDocument sent, string channel, string? sending, bool suspect, string recordedBy, DateTimeOffset? at, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var reporter = sent.Reporter is { IsNobody: false } somebody
            ? _reporters.Protect(JsonSerializer.SerializeToUtf8Bytes(somebody, EdgeJson.Default.ReporterDocument)) : null;
        var reference = await concerns.AddAsync(
            new()
            {
                Reference = ConcernReference.Create(RandomNumberGenerator.GetBytes(8)), Authority = authority, Sending = sending, RecordedBy = recordedBy,
                Suspect = suspect, Concern = new(new(at ?? now, now, channel, sent.Worry, sent.ImmediateDanger), []),
                Body = JsonSerializer.SerializeToUtf8Bytes(sent with { Authority = null, Reporter = null }, EdgeJson.Default.ConcernDocument),
            },
            reporter, cancel);
        bell.Ring(authority);
        return reference;
    }

    /// <summary>Who reported, for whoever may know (ADR 0285); null if they said nothing of themselves, or the reader need not know.</summary>
    public async Task<ReporterDocument?> ReporterAsync(string authority, string reference, CancellationToken cancel) =>
        await concerns.ReporterAsync(authority, reference, cancel) is { } content
            ? JsonSerializer.Deserialize(_reporters.Unprotect(content), EdgeJson.Default.ReporterDocument) : null;

    /// <summary>What was told, without who told it.</summary>
    public static ConcernDocument Told(ConcernRecord concern) =>
        JsonSerializer.Deserialize(concern.Body, EdgeJson.Default.ConcernDocument) ?? throw new JsonException("A stored concern was null.");

    /// <summary>The council with the longest beginning of the postcode among its area's.</summary>
    private string? OfArea(string? postcode, ImmutableArray<string> authorities)
    {
        var sought = postcode?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() ?? "";
        return (from area in settings.Value.Postcodes
                where authorities.Contains(area.Key)
                from beginning in area.Value
                where beginning.Length > 0 && sought.StartsWith(beginning.ToUpperInvariant(), StringComparison.Ordinal)
                orderby beginning.Length descending
                select area.Key).FirstOrDefault();
    }
}
