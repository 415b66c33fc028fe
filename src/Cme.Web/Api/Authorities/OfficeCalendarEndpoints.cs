using System.Collections.Immutable;
using System.Globalization;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Schools;
using Cme.Web.Api.Schools;
using Cme.Web.Security;

namespace Cme.Web.Api.Authorities;

/// <summary>When an authority's offices are open: the working days and hours that its own deadlines, and the letters', are counted in.</summary>
internal static class OfficeCalendarEndpoints
{
    public static void MapOfficeCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/authorities/{code}/calendar").WithTags("Authorities").RequireAuthorization(Policies.AuthorityWrite);

        calendars.MapPut("", Put).WithName("PutAuthorityCalendar").WithSummary("Publish your offices' days and hours")
            .WithDescription("Monday to Friday less bank holidays otherwise. Every version is kept; deadlines of open episodes that move are listed. "
                + "Once it exists a change needs its ETag as If-Match; sending the same again does not.")
            .Takes<OfficeCalendarDocument>().Answers<OfficeCalendarReport>(200)
            .Refuses("unknown-authority", "invalid", "calendar-invalid", "precondition-failed", "if-match-required");
        calendars.MapGet("", Get).WithName("GetAuthorityCalendar").WithSummary("Read your offices' days and hours")
            .Answers<HeldOfficeCalendar>(200).Refuses("unknown-authority");
        calendars.MapPut("/bank-holidays", PutBankHolidays).WithName("PutBankHolidays").WithSummary("Replace the list of bank holidays")
            .WithDescription("Send the whole of https://www.gov.uk/bank-holidays.json as it is. The list is part of your calendar and makes a version of it: "
                + "it counts for your offices and for all your schools, and deadlines of open episodes that move are listed. Once your calendar exists a "
                + "change needs its ETag as If-Match; sending the same again does not.")
            .Takes<BankHolidayList>().Answers<OfficeCalendarReport>(200)
            .Refuses("unknown-authority", "invalid", "calendar-invalid", "precondition-failed", "if-match-required");
        calendars.MapGet("/bank-holidays", GetBankHolidays).WithName("GetBankHolidays").WithSummary("Read the list of bank holidays that counts")
            .Answers<BankHolidayList>(200).Refuses("unknown-authority");
    }

    internal static async Task<IResult> Put(HttpContext context, string code, OfficeCalendars offices)
    {
        if (Viewer.Of(context.User).Authority != code) { return UnknownAuthority(code); }
        var (calendar, problem) = await Body.ReadAsync(context.Request, Read);
        if (problem is not null) { return problem; }
        return Refused(calendar.Check())
            ?? Report(await offices.PublishAsync(code, calendar, Preconditions.Of(context.Request, demanded: true), context.RequestAborted));
    }

    internal static async Task<IResult> PutBankHolidays(
        HttpContext context, string code, OfficeCalendars offices, [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        if (Viewer.Of(context.User).Authority != code) { return UnknownAuthority(code); }
        var (list, problem) = await Body.ReadAsync(context.Request, ReadBankHolidays);
        if (problem is not null) { return problem; }
        return Refused(BankHolidays.Check(list, London.DateOf(clock.GetUtcNow())))
            ?? Report(await offices.PublishAsync(code, list, Preconditions.Of(context.Request, demanded: true), context.RequestAborted));
    }

    internal static async Task<IResult> GetBankHolidays(HttpContext context, string code, ISchools schools, BankHolidays installed)
    {
        if (Viewer.Of(context.User).Authority != code) { return UnknownAuthority(code); }
        var held = await schools.AuthorityCalendarAsync(code, cancel: context.RequestAborted);
        var days = OfficeCalendars.Of(held).HolidaysOr(installed).Days;
        return Answer.Versioned(
            new BankHolidayList { EnglandAndWales = new() { Events = [.. days.Select(day => new BankHolidayEvent { Title = day.Title, Date = day.Date })] } },
            EdgeJson.Default.BankHolidayList, held?.Version ?? 0);
    }

    private static ProblemResult? Refused(ImmutableArray<CalendarFault> faults) => faults.IsEmpty ? null : Problems.Of(
        "calendar-invalid", "The calendar was not published. Correct the places named.",
        faults.Select(fault => new PlaceProblem(fault.Place, fault.Code, fault.Detail)));

    private static IResult Report(CalendarAnswer answer) => answer.Outcome.RefusalCode is null
        ? Answer.Made(200, new OfficeCalendarReport((int)answer.Outcome.Version, [.. answer.Moved.Select(MovedDeadlineDocument.Of)]), EdgeJson.Default.OfficeCalendarReport, answer.Outcome.Version)
        : Problems.For(answer.Outcome);

    internal static async Task<IResult> Get(HttpContext context, string code, ISchools schools, BankHolidays installed)
    {
        if (Viewer.Of(context.User).Authority != code) { return UnknownAuthority(code); }
        var held = await schools.AuthorityCalendarAsync(code, cancel: context.RequestAborted);
        return Answer.Versioned(Held(code, held, installed), EdgeJson.Default.HeldOfficeCalendar, held?.Version ?? 0);
    }

    private static AuthorityCalendar Read(Fields body)
    {
        var hours = body.Object("officeHours");
        return new()
        {
            OfficeStart = hours?.Time("start") ?? default,
            OfficeEnd = hours?.Time("end") ?? default,
            ClosedDays = [.. body.Dates("closures").Distinct().Order()],
            OutOfHoursPhone = body.Object("outOfHours", required: false)?.Text("phone"),
        };
    }

    private static ImmutableArray<BankHoliday> ReadBankHolidays(Fields body)
    {
        if (!body.Has(BankHolidays.Division))
        {
            body.Wrong(BankHolidays.Division, "required", "is missing: send the whole list, as https://www.gov.uk/bank-holidays.json gives it");
            return [];
        }
        return body.Object(BankHolidays.Division) is { } division
            ? [.. division.Objects("events", required: true).Select(day => new BankHoliday(day.Date("date"), day.Text("title")))] : [];
    }

    private static HeldOfficeCalendar Held(string code, CalendarRecord? record, BankHolidays installed)
    {
        var calendar = OfficeCalendars.Of(record);
        return new()
        {
            Authority = code, Version = record?.Version ?? 0, PublishedAt = record?.PublishedAt,
            OfficeHours = new(Written(calendar.OfficeStart), Written(calendar.OfficeEnd)),
            Closures = calendar.ClosedDays,
            OutOfHours = calendar.OutOfHoursPhone is { } phone ? new(phone) : null,
            BankHolidays = new(calendar.BankHolidays is not null, calendar.HolidaysOr(installed).PublishedTo),
        };
    }

    private static string Written(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static ProblemResult UnknownAuthority(string code) =>
        Problems.Of("unknown-authority", $"Your key is not of an authority '{code}'. Use your own authority's code.");
}
