using System.Collections.Concurrent;
using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;

namespace Cme.Web.Api.Episodes;

/// <summary>Schools' calendars as they are published now. Each version is put together once.</summary>
public sealed class SchoolCalendars(ISchools schools, BankHolidays bankHolidays)
{
    private readonly ConcurrentDictionary<(string Authority, string Urn), SchoolCalendar> _latest = new();

    /// <summary>The calendar of all years that the school has published; null if it has published none.</summary>
    public async ValueTask<SchoolCalendar?> ReadAsync(string authority, string urn, CancellationToken cancel)
    {
        var years = await schools.CalendarsAsync(authority, urn, cancel: cancel);
        if (years.IsEmpty) { return null; }
        var version = years.Max(year => year.Version);
        return _latest.TryGetValue((authority, urn), out var known) && known.Version == version
            ? known
            : _latest[(authority, urn)] = SchoolCalendar.Of(urn, version, years.Select(YearOf).OfType<SchoolYear>(), bankHolidays);
    }

    private static SchoolYear? YearOf(CalendarRecord record) =>
        SchoolYear.Parse(JsonSerializer.Deserialize<SchoolYearDocument>(record.Body, JsonSerializerOptions.Web)!).Year;
}
