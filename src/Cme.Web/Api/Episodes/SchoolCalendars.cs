using System.Collections.Concurrent;
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
        var published = new PublishedCalendars(await schools.CalendarsAsync(authority, urn, cancel: cancel), bankHolidays);
        return _latest.TryGetValue((authority, urn), out var known) && known.Version == published.Version ? known
            : published.School(urn) is { } calendar ? _latest[(authority, urn)] = calendar
            : null;
    }
}
