using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Cme.Domain;
using Cme.Domain.Registers;
using Cme.Storage.Lessons;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Lessons;

/// <summary>When the registers of lessons were taken (MID-08).</summary>
internal static class LessonEndpoints
{
    public static void MapLessons(this IEndpointRouteBuilder api)
    {
        var lessons = api.MapGroup("/schools/{urn}/lessons/{date}").WithTags("Registers");
        lessons.MapPut("", Take).RequireAuthorization(Scopes.RegisterWrite).WithName("TakeLessonRegister").WithSummary("Say that the register of a lesson was taken")
            .WithDescription("The first word stands: sent again with another time it changes nothing. Lessons and groups are those of the published calendar.")
            .Takes<LessonTakenDocument>().Answers<LessonDayDocument>(200).Refuses("unknown-school", "invalid");
        lessons.MapGet("", Get).Audited(ReadKinds.Register).RequireAuthorization(Scopes.RegisterRead).WithName("GetLessonRegisters")
            .WithSummary("Read which registers of a day's lessons were taken, late, or not at all").Answers<LessonDayDocument>(200).Refuses("unknown-school", "invalid");
    }

    internal static async Task<IResult> Take(
        HttpContext context, string urn, string date, ISchools schools, ILessons lessons, SchoolCalendars calendars, [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        var (viewer, cancel) = (Viewer.Of(context.User), context.RequestAborted);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        if (Fields.ParseDate(date) is not { } day) { return WrongDate(); }
        var (taken, problem) = await Body.ReadAsync(context.Request, body => new LessonTaken(body.Text("lesson"), body.TextOrNumber("group"), body.Instant("takenAt")));
        if (problem is not null) { return problem; }
        var now = clock.GetUtcNow();
        var expected = await calendars.ReadAsync(viewer.Authority, urn, cancel) is { } calendar
            ? LessonRegisters.Of(calendar, day, ImmutableDictionary<(string, string), DateTimeOffset>.Empty, now) : [];
        if (expected.FirstOrDefault(one => one.Lesson == taken.Lesson && one.Group == taken.Group) is not { } register)
        {
            return Problems.Invalid([new("/lesson", "unknown-lesson", "The calendar has no such lesson and group on that day. Publish its lessons first.")]);
        }
        if (taken.At > now || taken.At < register.Starts)
        {
            return Problems.Invalid([new("/takenAt", "at-outside-lesson", "A register is taken after the lesson has begun, and not in the future.")]);
        }
        await lessons.TakeAsync(viewer.Authority, urn, day, taken, now, cancel);
        return await Get(context, urn, date, schools, lessons, calendars, clock);
    }

    internal static async Task<IResult> Get(
        HttpContext context, string urn, string date, ISchools schools, ILessons lessons, SchoolCalendars calendars, [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        if (await SchoolEndpoints.Find(context, urn, schools) is not { } school) { return Problems.UnknownSchool(urn); }
        if (Fields.ParseDate(date) is not { } day) { return WrongDate(); }
        var held = await OfDayAsync(school, day, lessons, calendars, clock.GetUtcNow(), context.RequestAborted);
        return Answer.Ok(
            new LessonDayDocument(day, [.. held.Select(one => new LessonRegisterDocument(
                one.Lesson, one.Group, one.Starts, one.TakeBy, one.TakenAt, JsonNamingPolicy.KebabCaseLower.ConvertName(one.State.ToString())))]),
            EdgeJson.Default.LessonDayDocument);
    }

    /// <summary>How it stands with the registers of a day's lessons.</summary>
    internal static async Task<ImmutableArray<LessonRegister>> OfDayAsync(
        SchoolRecord school, DateOnly date, ILessons lessons, SchoolCalendars calendars, DateTimeOffset now, CancellationToken cancel)
    {
        if (await calendars.ReadAsync(school.Authority, school.Urn, cancel) is not { } calendar || calendar.LessonsOf(date).IsEmpty) { return []; }
        var taken = (await lessons.OfDayAsync(school.Authority, school.Urn, date, cancel)).ToDictionary(one => (one.Lesson, one.Group), one => one.At);
        return LessonRegisters.Of(calendar, date, taken, now);
    }

    private static ProblemResult WrongDate() => Problems.Invalid([Parameters.Wrong("date", "invalid-date", "must be a date such as 2026-09-07")]);
}

/// <summary>That the register of a lesson was taken.</summary>
/// <param name="Lesson">As the calendar names it.</param>
/// <param name="Group">The teaching group.</param>
/// <param name="TakenAt">By the source's clock.</param>
public sealed record LessonTakenDocument(string Lesson, string Group, DateTimeOffset TakenAt);

/// <summary>The registers of a day's lessons.</summary>
/// <param name="Lessons">In the order of the day; none on a day without school.</param>
public sealed record LessonDayDocument(DateOnly Date, ImmutableArray<LessonRegisterDocument> Lessons);

/// <summary>The register of a teaching group in a lesson.</summary>
/// <param name="TakeBy">Ten minutes after the start.</param>
/// <param name="TakenAt">Left out if nobody said that it was taken.</param>
/// <param name="State">awaited, taken, late or not-taken.</param>
public sealed record LessonRegisterDocument(
    string Lesson, string Group, DateTimeOffset Starts, DateTimeOffset TakeBy, DateTimeOffset? TakenAt,
    [property: Description("awaited, taken, late or not-taken.")] string State);
