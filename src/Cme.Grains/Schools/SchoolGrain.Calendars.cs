using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Microsoft.Extensions.Logging;

namespace Cme.Grains.Schools;

internal sealed partial class SchoolGrain
{
    public async Task<CalendarAnswer> TakeCalendars() => _school is null
        ? new CalendarAnswer { Outcome = UnknownSchool() }
        : new CalendarAnswer { Outcome = Outcome.Done(_school.Version, []), Moved = await BringToCalendars() };

    public async Task<CalendarAnswer> PreviewCalendar(SchoolYearCalendar calendar)
    {
        if (_school is null)
        {
            return new CalendarAnswer { Outcome = UnknownSchool() };
        }
        if (Invalid(calendar.ToDomain()) is { } invalid)
        {
            return invalid;
        }
        var open = await episodes.OpenOfSchoolAsync(_key.Authority, _key.Urn);
        var moved = await Task.WhenAll(open.Select(one => GrainFactory.GetGrain<IEpisodeGrain>(one.Reference).WouldMove(calendar)));
        return new CalendarAnswer { Outcome = Outcome.Done(_calendar?.Version ?? 0, []), Moved = [.. moved.SelectMany(one => one)] };
    }

    /// <summary>What is wrong with a year, or null if it can be published.</summary>
    private static CalendarAnswer? Invalid(SchoolYearDocument document)
    {
        var faults = SchoolCalendar.Check(document).Where(fault => !fault.IsWarning)
            .Select(fault => new FieldFault(fault.Place, fault.Code, fault.Detail)).ToImmutableArray();
        return faults.IsEmpty ? null : new CalendarAnswer
        {
            Outcome = Outcome.Refused("calendar-invalid", "The calendar was not published. Correct the places named."), Faults = faults,
        };
    }

    /// <summary>
    /// Takes over what is published, tells every open episode, and looks at the registers again. What fails on the way is found by
    /// the auditor, from the versions that the obligations' rows carry, and done again.
    /// </summary>
    /// <returns>The deadlines that moved.</returns>
    private async Task<ImmutableArray<MovedDeadline>> BringToCalendars()
    {
        var latest = (await schools.CalendarsAsync(_key.Authority, _key.Urn)).Select(year => year.Version).DefaultIfEmpty().Max();
        if (latest == 0)
        {
            return [];                                               // Without a year of its own it has no deadlines yet.
        }
        if (await schools.AuthorityCalendarAsync(_key.Authority) is { } offices)
        {
            var taken = await Durably(() => schools.PublishCalendarAsync(
                _key.Authority, _key.Urn, AuthorityCalendar.Year, offices.Body, clock.GetUtcNow()));
            latest = Math.Max(latest, taken);
        }
        var isNews = latest != _calendar?.Version;
        _calendar = await Durably(() => rulebook.Calendar(_key.Authority, _key.Urn, latest).AsTask());
        var open = await episodes.OpenOfSchoolAsync(_key.Authority, _key.Urn);
        var moved = await Task.WhenAll(open.Select(one => Tell(one.Reference, latest)));
        await Rebase(isNews);
        return [.. moved.SelectMany(one => one)];
    }

    /// <summary>One that cannot be told now must not keep the others from being told.</summary>
    private async Task<ImmutableArray<MovedDeadline>> Tell(string reference, int version)
    {
        try
        {
            return await GrainFactory.GetGrain<IEpisodeGrain>(reference).TakeCalendar(version);
        }
        catch (Exception why) when (why is not OutOfMemoryException)
        {
            LogNotTold(logger, why, _key.Urn, reference, version);
            return [];
        }
    }

    [LoggerMessage(2103, LogLevel.Warning, "School {Urn}: {Reference} was not told of calendar {Version}; the auditor will find it.")]
    private static partial void LogNotTold(ILogger logger, Exception why, string urn, string reference, int version);
}
