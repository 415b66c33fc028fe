using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Orleans;

namespace Cme.Web.Api.Authorities;

/// <summary>Publishes the days and hours of an authority's offices, and has every school bring its open episodes to them.</summary>
public sealed class OfficeCalendars(ISchools schools, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private static readonly Outcome s_stale =
        Outcome.Refused("precondition-failed", "It has changed since you read it. Read it again, and send the new ETag as If-Match.");

    /// <summary>What is published, or what holds where nothing is.</summary>
    public static AuthorityCalendar Of(CalendarRecord? record) => record is null
        ? new AuthorityCalendar { OfficeStart = WorkingCalendar.Usual.Opens, OfficeEnd = WorkingCalendar.Usual.Closes }
        : JsonSerializer.Deserialize<AuthorityCalendar>(record.Body, JsonSerializerOptions.Web) ?? throw new JsonException("A stored calendar was null.");

    /// <summary>Publishes a calendar that has passed its check. Refused with <c>precondition-failed</c> or <c>if-match-required</c>.</summary>
    public async Task<CalendarAnswer> PublishAsync(string code, AuthorityCalendar calendar, Precondition presumed, CancellationToken cancel)
    {
        var held = await schools.AuthorityCalendarAsync(code, cancel);
        if (presumed.Refusal(held?.Version, held is null || !Same(Of(held), calendar)) is { } stale) { return new() { Outcome = stale }; }
        var version = await schools.PublishAuthorityCalendarAsync(
            code, JsonSerializer.Serialize(calendar, JsonSerializerOptions.Web), held?.Version ?? 0, clock.GetUtcNow(), cancel);
        return version is { } published
            ? new() { Outcome = Outcome.Done(published, []), Moved = await TellSchoolsAsync(code) }
            : new() { Outcome = s_stale };
    }

    /// <summary>Each school brings its open episodes to the calendar. One that cannot now is found by the auditor, and does so then.</summary>
    private async Task<ImmutableArray<MovedDeadline>> TellSchoolsAsync(string code)
    {
        var all = await schools.ListAsync(code);
        var answers = await Task.WhenAll(all.Select(school => grains.GetGrain<ISchoolGrain>(Keys.School(code, school.Urn)).TakeCalendars()));
        return [.. answers.SelectMany(answer => answer.Moved)];
    }

    private static bool Same(AuthorityCalendar one, AuthorityCalendar other) =>
        one.ClosedDays.SequenceEqual(other.ClosedDays) && one with { ClosedDays = [] } == other with { ClosedDays = [] };
}
