using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.Schools;
using Cme.Web.Api;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Schools;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>Somebody whom the school may reach about the child.</summary>
/// <param name="Who">Name and relationship.</param>
/// <param name="Last">What came of trying them last; null if nobody has.</param>
public sealed record ContactView(string Id, string Who, ImmutableArray<string> Phones, string? Email, string? Last)
{
    /// <summary>The contacts that the school has listed for a child, the first to call first.</summary>
    /// <param name="history">Of the episode, for what came of each.</param>
    public static ImmutableArray<ContactView> Of(PupilRecord pupil, ImmutableArray<EventRow> history, DateTimeOffset now)
    {
        var tried = history.Where(row => row.Type == nameof(EpisodeEvent.ActionRecorded))
            .Select(row => (EpisodeEvent.ActionRecorded)EventCodec.Read(row.Type, row.HappenedAt, row.KnownAt, row.Data))
            .Where(act => act.Deed.ContactId is not null).ToLookup(act => act.Deed.ContactId!);
        var particulars = JsonSerializer.Deserialize(pupil.Particulars, EdgeJson.Default.Particulars);
        return
        [
            .. (particulars?.Contacts ?? []).OrderBy(contact => contact.Priority).Select(contact => new ContactView(
                contact.Id, Name(contact), contact.Phones, contact.Email, tried[contact.Id].MaxBy(act => act.HappenedAt) is { } last ? Told(last, now) : null)),
        ];
    }

    /// <summary>Whom somebody tried last; null if nobody of these was.</summary>
    public static string? LastTried(ImmutableArray<EventRow> history) => history
        .Where(row => row.Type == nameof(EpisodeEvent.ActionRecorded))
        .Select(row => ((EpisodeEvent.ActionRecorded)EventCodec.Read(row.Type, row.HappenedAt, row.KnownAt, row.Data)).Deed.ContactId)
        .LastOrDefault(contact => contact is not null);

    private static string Name(ContactDocument contact) =>
        $"{contact.Name}{(string.IsNullOrEmpty(contact.Relationship) ? "" : $", {contact.Relationship.ToLowerInvariant()}")}{(contact.ParentalResponsibility ? "" : ", no parental responsibility")}";

    private static string Told(EpisodeEvent.ActionRecorded act, DateTimeOffset now) =>
        $"{Labels.Words(act.Deed.Action)} at {Times.Near(act.HappenedAt, now)}{(act.Deed.Outcome is { } outcome ? $": {outcome.Replace('-', ' ')}" : "")}";
}
