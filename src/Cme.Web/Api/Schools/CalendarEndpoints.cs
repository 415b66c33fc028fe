using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Schools;

/// <summary>The term dates and session times of a school, year by year.</summary>
internal static class CalendarEndpoints
{
    public static void MapSchoolCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/schools/{urn}/calendar/{schoolYear}").WithTags("Schools").RequireAuthorization(Scopes.SchoolWrite);

        calendars.MapPut("", Put).WithName("PutSchoolCalendar").WithSummary("Publish a school year")
            .WithDescription("Every version is kept. A day that has passed may be changed; open episodes whose deadlines move are listed. "
                + "Once it exists a change needs its ETag as If-Match; sending the same again does not.")
            .Takes<CalendarDocument>().Answers<CalendarReport>(200).Refuses("unknown-school", "calendar-invalid", "precondition-failed", "if-match-required");
        calendars.MapGet("", Get).WithName("GetSchoolCalendar").WithSummary("Read a school year as published")
            .Answers<HeldCalendar>(200).Refuses("unknown-school", "unknown-calendar");
    }

    internal static async Task<IResult> Put(HttpContext context, string urn, string schoolYear, ISchools schools, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (calendar, problem) = await Body.ReadAsync(context.Request, body => Read(schoolYear, body));
        if (problem is not null) { return problem; }

        var answer = await grains.GetGrain<ISchoolGrain>(Keys.School(viewer.Authority, urn)).PutCalendar(calendar with { IfMatch = Preconditions.Of(context.Request, demanded: true) });
        if (answer.Outcome.RefusalCode is null)
        {
            return Answer.Made(200, new CalendarReport(schoolYear, answer.Outcome.Version, [.. answer.Moved.Select(MovedDeadlineDocument.Of)]), EdgeJson.Default.CalendarReport, answer.Outcome.Version);
        }
        var refused = Problems.For(answer.Outcome);
        return answer.Faults.IsEmpty ? refused : refused with
        {
            Document = refused.Document with { Errors = [.. answer.Faults.Select(fault => new PlaceProblem(Sent(fault.Pointer), fault.Code, fault.Detail))] },
        };
    }

    internal static async Task<IResult> Get(HttpContext context, string urn, string schoolYear, ISchools schools)
    {
        if (await SchoolEndpoints.Find(context, urn, schools) is not { } school) { return Problems.UnknownSchool(urn); }
        var years = await schools.CalendarsAsync(school.Authority, urn, cancel: context.RequestAborted);
        return years.FirstOrDefault(year => year.SchoolYear == schoolYear) is { } held
            ? Answer.Versioned(Held(held), EdgeJson.Default.HeldCalendar, held.Version)
            : Problems.Of("unknown-calendar", $"This school has published no calendar for {schoolYear}.");
    }

    private static SchoolYearCalendar Read(string schoolYear, Fields body)
    {
        if (!Parameters.IsSchoolYear(schoolYear)) { body.WrongParameter("schoolYear", "invalid-school-year", "must be a school year such as 2026-27"); }
        var sessions = body.Object("sessions");
        return new()
        {
            SchoolYear = schoolYear,
            Terms = [.. body.Objects("terms", required: true).Select(term => new TermDates(term.Date("start"), term.Date("end")))],
            Inset = body.Dates("inset"),
            Closures = [.. body.Objects("closures").Select(closure => new ClosureDay(closure.Date("date"), closure.Text("code")))],
            Am = Times(sessions?.Object("am")), Pm = Times(sessions?.Object("pm")), DayEnds = body.Time("dayEnds"),
            YearGroupExceptions = [.. body.Objects("yearGroupExceptions").Select(day => new YearGroupException
            {
                YearGroup = day.TextOrNumber("yearGroup"), Date = day.Date("date"), Sessions = day.Texts("sessions"),
            })],
            Week = [.. body.Objects("week").Select(day => new DayHours
            {
                Day = day.Text("day"), Am = OptionalTimes(day, "am"), Pm = OptionalTimes(day, "pm"), DayEnds = day.Time("dayEnds"),
            })],
            Timetables = [.. body.Objects("timetables").Select(part => new PartWeek
            {
                Name = part.Text("name"), Days = [.. part.Objects("days").Select(day => new PartWeekDay(day.Text("day"), day.Texts("sessions")))],
            })],
            Lessons = [.. body.Objects("lessons").Select(lesson => new LessonTime
            {
                Name = lesson.Text("name"), Start = lesson.Time("start"), Groups = lesson.Texts("groups"),
            })],
        };
    }

    private static Cme.Contracts.Schools.SessionTimes? OptionalTimes(Fields day, string session) =>
        day.Object(session, required: false) is { } times ? Times(times) : null;

    private static Cme.Contracts.Schools.SessionTimes Times(Fields? session) =>
        session is { } times ? new(times.Time("start"), times.Time("registrationCloses")) : new();

    // The domain keeps the sessions beside the terms; the document sent has them together.
    private static string Sent(string pointer) =>
        pointer.StartsWith("/am", StringComparison.Ordinal) || pointer.StartsWith("/pm", StringComparison.Ordinal) ? "/sessions" + pointer : pointer;

    private static HeldCalendar Held(CalendarRecord record)
    {
        var year = JsonSerializer.Deserialize<SchoolYearDocument>(record.Body, JsonSerializerOptions.Web)
            ?? throw new JsonException("A stored calendar was null.");
        return new()
        {
            SchoolYear = record.SchoolYear, Version = record.Version, PublishedAt = record.PublishedAt,
            Calendar = new()
            {
                Terms = [.. year.Terms.Select(term => new TermDocument(term.Start, term.End))],
                Inset = year.Inset,
                Closures = [.. year.Closures.Select(closure => new ClosureDocument(closure.Date, closure.Code))],
                Sessions = new(Written(year.Am), Written(year.Pm)),
                DayEnds = Written(year.DayEnds),
                YearGroupExceptions = [.. year.YearGroupExceptions.Select(day => new YearGroupExceptionDocument(day.YearGroup, day.Date, day.Sessions))],
                Week = [.. year.Week.Select(hours => new DayHoursDocument(
                    hours.Day, hours.Sessions.Contains("AM") ? Written(hours.Am) : null, hours.Sessions.Contains("PM") ? Written(hours.Pm) : null, Written(hours.DayEnds)))],
                Timetables = [.. year.Timetables.Select(part => new TimetableDocument(part.Name, [.. part.Days.Select(day => new TimetableDayDocument(day.Day, day.Sessions))]))],
                Lessons = [.. year.Lessons.Select(lesson => new LessonDocument(lesson.Name, Written(lesson.Start), lesson.Groups))],
            },
        };
    }

    private static SessionDocument Written(Cme.Domain.Calendars.SessionTimes times) => new(Written(times.Start), Written(times.RegistrationCloses));

    private static string Written(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
