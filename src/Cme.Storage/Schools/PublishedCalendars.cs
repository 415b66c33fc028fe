using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain.Calendars;

namespace Cme.Storage.Schools;

/// <summary>
/// What a school and its authority have published, put together: the school's own years stand beside its authority's calendar, whose bank
/// holidays count for both. All of it was checked before it was stored.
/// </summary>
/// <param name="records">As <see cref="ISchools.CalendarsAsync"/> reads them.</param>
/// <param name="installed">The bank holidays of an authority that has sent no list of its own.</param>
public sealed class PublishedCalendars(ImmutableArray<CalendarRecord> records, BankHolidays installed)
{
    private readonly AuthorityCalendar? _offices = records.FirstOrDefault(record => record.SchoolYear == AuthorityCalendar.Year) is { } record
        ? AuthorityOf(record) : null;

    /// <summary>The number that stands for all of it; 0 if nothing is published.</summary>
    public int Version => records.Select(record => record.Version).DefaultIfEmpty().Max();

    /// <summary>The bank holidays that hold.</summary>
    public BankHolidays BankHolidays => _offices?.HolidaysOr(installed) ?? installed;

    /// <summary>The school's calendar; null if it has published no year.</summary>
    public SchoolCalendar? School(string urn) => School(urn, Version, null);

    /// <summary>The school's calendar with one of its years replaced.</summary>
    /// <param name="version">What it is to be known by.</param>
    public SchoolCalendar? School(string urn, int version, SchoolYear? instead)
    {
        List<SchoolYear> years =
        [
            .. records.Where(record => record.SchoolYear != AuthorityCalendar.Year).Select(YearOf).Where(year => year.StartYear != instead?.StartYear),
            .. instead is null ? [] : new[] { instead },
        ];
        return years.Count > 0 ? SchoolCalendar.Of(urn, version, years, BankHolidays) : null;
    }

    /// <summary>When the authority's offices are open.</summary>
    public WorkingCalendar Offices(string authority) =>
        _offices?.ToCalendar($"office hours of {authority}", installed) ?? WorkingCalendar.UsualOn(installed);

    /// <summary>An authority's calendar as it is stored.</summary>
    public static AuthorityCalendar AuthorityOf(CalendarRecord record) =>
        JsonSerializer.Deserialize<AuthorityCalendar>(record.Body, JsonSerializerOptions.Web) ?? throw new JsonException("A stored calendar was null.");

    private static SchoolYear YearOf(CalendarRecord record)
    {
        var document = JsonSerializer.Deserialize<SchoolYearDocument>(record.Body, JsonSerializerOptions.Web)!;
        return SchoolYear.Parse(document).Year
            ?? throw new InvalidOperationException($"The stored calendar {record.SchoolYear}, version {record.Version}, does not pass its own check.");
    }
}
