using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Storage.Schools;
using Microsoft.Extensions.Options;

namespace Cme.Grains.Rules;

/// <summary>Which procedure applies where nothing else is said.</summary>
public sealed class ProcedureOptions
{
    /// <summary>The pack of every school that has none of its own.</summary>
    /// <value>An installed pack; <c>northamptonshire</c> unless configured.</value>
    public string DefaultPack { get; init; } = "northamptonshire";
}


/// <summary>Finds what an episode or a school is judged by. Calendars are immutable by version, so what was found is kept.</summary>
public interface IRulebook
{
    /// <summary>The rules of an episode: its pack and the calendars as they were published under that version.</summary>
    /// <exception cref="KeyNotFoundException">No such pack is installed.</exception>
    ValueTask<Ruleset> For(string authority, string urn, int calendarVersion, string yearGroup, PackVersion pack);

    /// <summary>The pack of a school that has none of its own.</summary>
    string DefaultPack { get; }

    /// <summary>A school's calendar as published under a version; null if it has published none.</summary>
    ValueTask<SchoolCalendar?> Calendar(string authority, string urn, int version);

    /// <summary>A school's calendar as published last; null if it has published none.</summary>
    ValueTask<SchoolCalendar?> Calendar(string authority, string urn);
}

/// <inheritdoc cref="IRulebook"/>
public sealed class Rulebook(ISchools schools, PackCatalogue packs, IOptions<ProcedureOptions> options) : IRulebook
{
    public string DefaultPack => options.Value.DefaultPack;

    private readonly ConcurrentDictionary<(string Authority, string Urn, int Version), SchoolCalendar> _calendars = new();

    public async ValueTask<Ruleset> For(
        string authority, string urn, int calendarVersion, string yearGroup, PackVersion pack)
    {
        var calendar = await Calendar(authority, urn, calendarVersion)
            ?? throw new InvalidOperationException($"School {urn} of authority {authority} has no calendar of version {calendarVersion}.");
        return new(packs[pack], calendar.For(yearGroup), WorkingCalendar.Usual);
    }

    public async ValueTask<SchoolCalendar?> Calendar(string authority, string urn, int version)
    {
        if (_calendars.TryGetValue((authority, urn, version), out var known))
        {
            return known;
        }
        var records = await schools.CalendarsAsync(authority, urn, version);
        return records.IsEmpty ? null : _calendars.GetOrAdd((authority, urn, version), CalendarOf(urn, version, records));
    }

    public async ValueTask<SchoolCalendar?> Calendar(string authority, string urn)
    {
        var records = await schools.CalendarsAsync(authority, urn);
        if (records.IsEmpty)
        {
            return null;
        }
        var latest = records.Max(year => year.Version);
        return _calendars.TryGetValue((authority, urn, latest), out var known)
            ? known
            : _calendars.GetOrAdd((authority, urn, latest), CalendarOf(urn, latest, records));
    }

    /// <summary>Builds the calendar from stored years. They were checked before they were stored.</summary>
    private static SchoolCalendar CalendarOf(string urn, int version, ImmutableArray<CalendarRecord> records) =>
        SchoolCalendar.Of(urn, version, records.Select(YearOf), BankHolidays.England);

    private static SchoolYear YearOf(CalendarRecord record)
    {
        var document = JsonSerializer.Deserialize<SchoolYearDocument>(record.Body, JsonSerializerOptions.Web)!;
        return SchoolYear.Parse(document).Year
            ?? throw new InvalidOperationException($"The stored calendar {record.SchoolYear}, version {record.Version}, does not pass its own check.");
    }
}
