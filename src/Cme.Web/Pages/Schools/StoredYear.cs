using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;

namespace Cme.Web.Pages.Schools;

/// <summary>A published calendar as it is stored.</summary>
internal static class StoredYear
{
    /// <exception cref="JsonException">It is damaged.</exception>
    public static SchoolYearDocument Read(CalendarRecord record) =>
        JsonSerializer.Deserialize<SchoolYearDocument>(record.Body, JsonSerializerOptions.Web) ?? throw new JsonException("A stored calendar was null.");
}
