using System.Collections.Concurrent;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage;

namespace Cme.Web.Api.Episodes;

/// <summary>
/// Counts the school days of an absence by the school's own calendar, as of now. It is not stored, because it grows without
/// anything happening.
/// </summary>
public sealed class SchoolDaysMissing(
    SchoolCalendars calendars, [FromKeyedServices(Clock.Business)] TimeProvider business, [FromKeyedServices(Clock.System)] TimeProvider system)
{
    // A list asks for the same few schools hundreds of times; a new calendar may show half a minute late in this count only.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Authority, string Urn), (long ReadAt, SchoolCalendar? Calendar)> _calendars = new();

    /// <summary>The instant that is counted to.</summary>
    public DateTimeOffset Now => business.GetUtcNow();

    /// <summary>School days from the first day missing to the closure, or to today while it is open; both days included.</summary>
    /// <returns>0 for a school that has published no calendar for these days.</returns>
    public async ValueTask<int> CountAsync(string authority, string urn, DateOnly first, DateTimeOffset? closedAt, CancellationToken cancel)
    {
        var calendar = await CalendarAsync(authority, urn, cancel);
        return calendar?.SchoolDaysBetween(first, London.DateOf(closedAt ?? Now)).Count ?? 0;
    }

    private async ValueTask<SchoolCalendar?> CalendarAsync(string authority, string urn, CancellationToken cancel)
    {
        if (_calendars.TryGetValue((authority, urn), out var held) && system.GetElapsedTime(held.ReadAt) < KeptFor) { return held.Calendar; }
        SchoolCalendar? calendar;
        try
        {
            calendar = await calendars.ReadAsync(authority, urn, cancel);
        }
        catch (StorageUnavailableException)
        {
            return held.Calendar;                                    // A count that may be old must not hold up what is new.
        }
        _calendars[(authority, urn)] = (system.GetTimestamp(), calendar);
        return calendar;
    }
}
