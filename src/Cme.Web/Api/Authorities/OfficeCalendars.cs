using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Cme.Web.Records;
using Orleans;

namespace Cme.Web.Api.Authorities;

/// <summary>Publishes the days and hours of an authority's offices, and has every school bring its open episodes to them.</summary>
public sealed class OfficeCalendars(ISchools schools, IGrainFactory grains, AuthorityRecords records, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private static readonly Outcome s_stale =
        Outcome.Refused("precondition-failed", "It has changed since you read it. Read it again, and send the new ETag as If-Match.");

    /// <summary>What is published, or what holds where nothing is.</summary>
    public static AuthorityCalendar Of(CalendarRecord? record) => record is null
        ? new AuthorityCalendar { OfficeStart = WorkingCalendar.Usual.Opens, OfficeEnd = WorkingCalendar.Usual.Closes }
        : PublishedCalendars.AuthorityOf(record);

    /// <summary>
    /// Publishes days and hours that have passed their check; the bank holidays stay as they are. Refused with
    /// <c>precondition-failed</c> or <c>if-match-required</c>.
    /// </summary>
    public Task<CalendarAnswer> PublishAsync(string code, AuthorityCalendar calendar, Precondition presumed, CancellationToken cancel) =>
        ChangeAsync(code, held => calendar with { BankHolidays = held.BankHolidays }, presumed, cancel);

    /// <summary>Publishes a list of bank holidays that has passed its check; days and hours stay as they are. Refused likewise.</summary>
    public Task<CalendarAnswer> PublishAsync(string code, ImmutableArray<BankHoliday> list, Precondition presumed, CancellationToken cancel) =>
        ChangeAsync(code, held => held with { BankHolidays = [.. list.OrderBy(day => day.Date)] }, presumed, cancel);

    private async Task<CalendarAnswer> ChangeAsync(
        string code, Func<AuthorityCalendar, AuthorityCalendar> change, Precondition presumed, CancellationToken cancel)
    {
        var held = await schools.AuthorityCalendarAsync(code, cancel: cancel);
        var body = Written(change(Of(held)));
        if (presumed.Refusal(held?.Version, held is null || Written(Of(held)) != body) is { } stale) { return new() { Outcome = stale }; }
        var version = await schools.PublishAuthorityCalendarAsync(code, body, held?.Version ?? 0, clock.GetUtcNow(), cancel);
        return version is { } published
            ? new() { Outcome = Outcome.Done(published, []), Moved = await TellSchoolsAsync(code) }
            : new() { Outcome = s_stale };
    }

    /// <summary>Each school brings its open episodes to the calendar, and so does the authority with the records that it leads. One that cannot now is found by the auditor, and does so then.</summary>
    private async Task<ImmutableArray<MovedDeadline>> TellSchoolsAsync(string code)
    {
        var all = await schools.ListAsync(code);
        var answers = await Task.WhenAll(all.Select(school => grains.GetGrain<ISchoolGrain>(Keys.School(code, school.Urn)).TakeCalendars()));
        return [.. answers.SelectMany(answer => answer.Moved), .. await records.TakeCalendarAsync(code)];
    }

    private static string Written(AuthorityCalendar calendar) => JsonSerializer.Serialize(calendar, JsonSerializerOptions.Web);
}
