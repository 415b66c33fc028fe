using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Storage.Schools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cme.Grains.Rules;

/// <summary>Which procedure applies where nothing else is said.</summary>
public sealed class ProcedureOptions
{
    /// <summary>The pack of a school that has none of its own, in an authority that has chosen none.</summary>
    /// <value>An installed pack; <c>northamptonshire</c> unless configured.</value>
    public string DefaultPack { get; init; } = "northamptonshire";

    /// <summary>The pack of the records of children who are on no roll.</summary>
    /// <value>An installed pack for records of that kind, like the two after it.</value>
    public string CmePack { get; init; } = "cme-episode";

    /// <summary>The pack of the records of children reported to the police.</summary>
    public string MissingPersonPack { get; init; } = "missing-person";

    /// <summary>The pack of the records of children educated at home.</summary>
    public string HomeEducationPack { get; init; } = "home-education";
}

/// <summary>Finds what an episode or a school is judged by. Calendars are immutable by version, so what was found is kept.</summary>
public interface IRulebook
{
    /// <summary>
    /// The rules of an episode: its pack and the calendars as they were published under that version. A record that an authority leads has
    /// the authority's code for a URN, and goes by the authority's own calendar.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No such pack is installed.</exception>
    ValueTask<Ruleset> For(string authority, string urn, int calendarVersion, string yearGroup, PackVersion pack);

    /// <summary>The rules of an episode as they would be if its school published this year; the year has passed its check.</summary>
    /// <exception cref="KeyNotFoundException">No such pack is installed.</exception>
    ValueTask<Ruleset> Proposed(string authority, string urn, string yearGroup, PackVersion pack, SchoolYearDocument year);

    /// <summary>The pack of an authority's schools that have none of their own. What it chose anew is known within a minute.</summary>
    ValueTask<string> PackOf(string authority);

    /// <summary>The pack that a record of that kind starts under now, one of those that an authority leads.</summary>
    PackVersion PackOfKind(string kind);

    /// <summary>The version of an authority's own calendar as published last; 0 if it has published none.</summary>
    ValueTask<int> OfficesVersion(string authority);

    /// <summary>A school's calendar as published under a version; null if it has published none.</summary>
    ValueTask<SchoolCalendar?> Calendar(string authority, string urn, int version);

    /// <summary>A school's calendar as published last; null if it has published none.</summary>
    ValueTask<SchoolCalendar?> Calendar(string authority, string urn);
}

/// <inheritdoc cref="IRulebook"/>
public sealed class Rulebook(
    ISchools schools, PackCatalogue packs, BankHolidays bankHolidays, IOptions<ProcedureOptions> options, [FromKeyedServices(Clock.System)] TimeProvider clock) : IRulebook
{
    /// <summary>An episode keeps the procedure that it opened under, so that one which opens within it is right by what was chosen before.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string Pack, long Asked)> _chosen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Authority, string Urn, int Version), Calendars> _calendars = new();

    public async ValueTask<string> PackOf(string authority)
    {
        if (_chosen.TryGetValue(authority, out var known) && clock.GetElapsedTime(known.Asked) < Remembered) { return known.Pack; }
        var asked = clock.GetTimestamp();
        var pack = (await schools.GetAuthorityAsync(authority))?.Pack ?? options.Value.DefaultPack;
        _chosen[authority] = (pack, asked);
        return pack;
    }

    public async ValueTask<Ruleset> For(
        string authority, string urn, int calendarVersion, string yearGroup, PackVersion pack)
    {
        var calendars = await Read(authority, urn, calendarVersion);
        return urn == authority ? new(packs[pack], SchoolCalendar.None, calendars.Authority)
            : calendars is { School: { } school, Authority: var offices }
            ? new(packs[pack], school.For(yearGroup), offices)
            : throw new InvalidOperationException($"School {urn} of authority {authority} has no calendar of version {calendarVersion}.");
    }

    public async ValueTask<Ruleset> Proposed(string authority, string urn, string yearGroup, PackVersion pack, SchoolYearDocument year)
    {
        var records = await schools.CalendarsAsync(authority, urn);
        var proposed = SchoolYear.Parse(year).Year ?? throw new ArgumentException($"The school year {year.SchoolYear} does not pass its check.", nameof(year));
        var published = new PublishedCalendars(records, bankHolidays);
        return new(packs[pack], published.School(urn, int.MaxValue, proposed)!.For(yearGroup), published.Offices(authority));
    }

    public PackVersion PackOfKind(string kind)
    {
        var id = kind switch
        {
            EpisodeKinds.Cme => options.Value.CmePack,
            EpisodeKinds.MissingPerson => options.Value.MissingPersonPack,
            EpisodeKinds.HomeEducation => options.Value.HomeEducationPack,
            _ => throw new ArgumentException($"An authority leads no record of the kind '{kind}'.", nameof(kind)),
        };
        return new(id, packs[id].Version);
    }

    public async ValueTask<int> OfficesVersion(string authority) => (await schools.AuthorityCalendarAsync(authority))?.Version ?? 0;

    public async ValueTask<SchoolCalendar?> Calendar(string authority, string urn, int version) => (await Read(authority, urn, version)).School;

    public async ValueTask<SchoolCalendar?> Calendar(string authority, string urn)
    {
        var records = await schools.CalendarsAsync(authority, urn);
        return Kept(authority, urn, records.Select(year => year.Version).DefaultIfEmpty().Max(), records).School;
    }

    private async ValueTask<Calendars> Read(string authority, string urn, int version) =>
        _calendars.TryGetValue((authority, urn, version), out var known)
            ? known : Kept(authority, urn, version, urn == authority ? await OfficesOf(authority, version) : await schools.CalendarsAsync(authority, urn, version));

    private async ValueTask<ImmutableArray<CalendarRecord>> OfficesOf(string authority, int version) =>
        await schools.AuthorityCalendarAsync(authority, version) is { } offices ? [offices] : [];

    private Calendars Kept(string authority, string urn, int version, ImmutableArray<CalendarRecord> records)
    {
        if (_calendars.TryGetValue((authority, urn, version), out var known))
        {
            return known;
        }
        var published = new PublishedCalendars(records, bankHolidays);
        var read = new Calendars(published.School(urn, version, null), published.Offices(authority));
        // What nobody has published yet may be published in a moment.
        return read.School is null && (urn != authority || records.IsEmpty) ? read : _calendars.GetOrAdd((authority, urn, version), read);
    }

    private readonly record struct Calendars(SchoolCalendar? School, WorkingCalendar Authority);
}
