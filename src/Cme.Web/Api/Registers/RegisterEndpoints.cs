using System.Globalization;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Api.Schools;
using Cme.Web.Measures;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Api.Registers;

/// <summary>Registers, as a school's management information system sends them.</summary>
internal static class RegisterEndpoints
{
    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        var registers = api.MapGroup("/schools/{urn}/registers/{date}/{session}").WithTags("Registers");

        registers.MapPut("", Put).AddEndpointFilter(Counted).RequireAuthorization(Scopes.RegisterWrite)
            .WithName("PutRegister").WithSummary("Send the register of a session")
            .WithDescription("Idempotent. Once this answers the marks are durable, and so is every episode they open or close. "
                + "Good marks are kept; each bad one is listed in 'items' and changes nothing.")
            .Takes<RegisterDocument>().Answers<RegisterReport>(200, 207)
            .Refuses("unknown-school", "no-calendar", "not-a-school-day", "session-in-future", "all-rejected", "invalid", "precondition-failed");

        registers.MapPatch("", Patch).AddEndpointFilter(Counted).RequireAuthorization(Scopes.RegisterWrite)
            .WithName("CorrectRegister").WithSummary("Correct some marks of a register")
            .WithDescription("The marks that are not listed stay as they are.")
            .Takes<RegisterDocument>().Answers<RegisterReport>(200, 207)
            .Refuses("unknown-school", "register-not-taken", "no-calendar", "not-a-school-day", "session-in-future", "all-rejected", "invalid", "precondition-failed");

        registers.MapGet("", Get).Audited(ReadKinds.Register).RequireAuthorization(Scopes.RegisterRead)
            .WithName("GetRegister").WithSummary("Read a register as it is held, at its latest or any revision")
            .Answers<HeldRegister>(200).Refuses("unknown-school", "register-not-taken", "invalid");
    }

    internal static Task<IResult> Put(HttpContext context, string urn, string date, string session, ISchools schools, IGrainFactory grains) =>
        Take(context, urn, date, session, correction: false, schools, grains);

    internal static Task<IResult> Patch(HttpContext context, string urn, string date, string session, ISchools schools, IGrainFactory grains) =>
        Take(context, urn, date, session, correction: true, schools, grains);

    internal static async Task<IResult> Get(
        HttpContext context, string urn, string date, string session, string? revision, IRegisters registers)
    {
        var viewer = Viewer.Of(context.User);
        if (!Scope.MayReadSchool(viewer, urn)) { return Problems.UnknownSchool(urn); }
        var faults = new List<PlaceProblem>();
        var day = Day(date, session, faults);
        int? wanted = null;
        if (revision is not null)
        {
            if (int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1) { wanted = number; }
            else { faults.Add(Parameters.Wrong("revision", "out-of-range", "must be a whole number from 1")); }
        }
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        return await registers.ReadAsync(viewer.Authority, urn, day, session, wanted, context.RequestAborted) is { } sheet
            ? Answer.Changing(Held(sheet), EdgeJson.Default.HeldRegister, sheet.Revision)
            : Problems.Of("register-not-taken", $"No register of {date} {session} is held{(wanted is null ? "" : " at this revision")}.");
    }

    private static async Task<IResult> Take(
        HttpContext context, string urn, string date, string session, bool correction, ISchools schools, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var faults = new List<PlaceProblem>();
        var day = Day(date, session, faults);
        if (faults.Count > 0) { return Problems.Invalid(faults); }

        var (bytes, problem) = await Body.ReadAsync(context.Request);
        if (problem is not null) { return problem; }
        RegisterBody body;
        try
        {
            body = RegisterBody.Parse(bytes.Span, day, session, correction);
        }
        catch (JsonException wrong)
        {
            return Body.Malformed(wrong);
        }
        if (body.Faults.Count > 0) { return Problems.Invalid(body.Faults); }

        var answer = await grains.GetGrain<ISchoolGrain>(Keys.School(viewer.Authority, urn))
            .TakeRegister(body.Submission with { IfMatch = Preconditions.Of(context.Request) });
        return answer.Outcome.RefusalCode is null ? Report(answer, body) : Problems.For(answer.Outcome);
    }

    private static async ValueTask<object?> Counted(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var became = WebMeasures.Taken.Failed;
        try
        {
            var answer = await next(call);
            became = (answer as IStatusCodeHttpResult)?.StatusCode switch
            {
                200 => WebMeasures.Taken.Accepted,
                207 => WebMeasures.Taken.Partly,
                >= 400 and < 500 => WebMeasures.Taken.Refused,
                _ => WebMeasures.Taken.Failed,
            };
            return answer;
        }
        finally
        {
            WebMeasures.Registers.Add(became);
        }
    }

    private static IResult Report(RegisterAnswer answer, RegisterBody body)
    {
        var items = Batch.Reports(answer.Items, body.Unreadable);
        var status = Batch.Status(answer.Accepted + answer.Unchanged + answer.Superseded, answer.Rejected);
        return status == 422
            ? Batch.AllRejected("marks", answer.Rejected, items)
            : Answer.Made(status, new RegisterReport
            {
                Revision = answer.Revision, Accepted = answer.Accepted, Unchanged = answer.Unchanged, Superseded = answer.Superseded,
                Rejected = answer.Rejected, Items = items,
            }, EdgeJson.Default.RegisterReport, answer.Revision);
    }

    private static DateOnly Day(string date, string session, List<PlaceProblem> faults)
    {
        var day = Fields.ParseDate(date);
        if (day is null) { faults.Add(Parameters.Wrong("date", "invalid-date", "must be a date such as 2026-09-07")); }
        if (session is not ("AM" or "PM")) { faults.Add(Parameters.Wrong("session", "unknown-value", "must be AM or PM")); }
        return day ?? default;
    }

    private static HeldRegister Held(SheetRecord sheet) => new()
    {
        Date = sheet.Date, Session = sheet.Session, Revision = sheet.Revision, AsOf = sheet.AsOf, ReceivedAt = sheet.ReceivedAt,
        Complete = sheet.Complete,
        Marks = [.. sheet.Marks.Select(mark => new HeldMark
        {
            SchoolPupilId = mark.SchoolPupilId, Code = mark.Code, AsOf = mark.AsOf, KnownAt = mark.KnownAt, MinutesLate = mark.MinutesLate,
            Reason = mark.ReportedBy is null ? null : new ReasonDocument { Text = mark.ReasonText, ReportedBy = mark.ReportedBy },
        })],
    };
}
