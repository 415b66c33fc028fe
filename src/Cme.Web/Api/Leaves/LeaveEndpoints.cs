using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Storage.Schools;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Api.Leaves;

/// <summary>Leave of absence, as a school grants and changes it.</summary>
internal static class LeaveEndpoints
{
    public static void MapLeaves(this IEndpointRouteBuilder api)
    {
        var leaves = api.MapGroup("/schools/{urn}/leaves").WithTags("Leaves").RequireAuthorization(Scopes.RegisterWrite);

        leaves.MapPost("", Grant).WithName("GrantLeave").WithSummary("Record leave that was granted")
            .WithDescription("Inside leave no mark makes the pupil unexplained. From the expected return on the pupil is expected: "
                + "that day is day 1 for whoever does not come. Open episodes follow at once.")
            .Takes<LeaveDocument>().Answers<HeldLeave>(201)
            .Refuses("unknown-school", "unknown-pupil", "leave-return-not-after-start", "leave-outside-calendar", "leave-overlaps");
        leaves.MapGet("", List).Audited(ReadKinds.Roll).WithName("ListLeaves").WithSummary("Read the school's leaves, those that were cancelled too")
            .Asks("pupil", "The pupil's id in your system.", "P1001")
            .Answers<LeaveList>(200).Refuses("unknown-school");
        leaves.MapGet("/{id}", Get).Audited(ReadKinds.Roll).WithName("GetLeave").WithSummary("Read one leave with its history")
            .Answers<HeldLeave>(200).Refuses("unknown-school", "unknown-leave");
        leaves.MapPatch("/{id}", Change).WithName("ChangeLeave").WithSummary("Change the expected return, or cancel the leave")
            .WithDescription("Every version is kept. Repeating what it says already changes nothing.")
            .Takes<LeaveChangeDocument>().Answers<HeldLeave>(200)
            .Refuses("unknown-school", "unknown-leave", "leave-cancelled", "leave-return-not-after-start", "leave-overlaps", "precondition-failed");
    }

    internal static async Task<IResult> Grant(HttpContext context, string urn, ISchools schools, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (grant, problem) = await Body.ReadAsync(context.Request, body => new LeaveGrant
        {
            Pupil = body.Text("pupil"), From = body.Date("from"), ExpectedReturn = body.Date("expectedReturn"), Reason = body.Text("reason"),
            AuthorisedBy = body.Text("authorisedBy"), RecordedBy = viewer.Id,
        });
        if (problem is not null) { return problem; }
        var answer = await grains.GetGrain<ISchoolGrain>(Keys.School(viewer.Authority, urn)).GrantLeave(grant);
        if (answer.Outcome.RefusalCode is not null) { return Refused(answer.Outcome); }
        context.Response.Headers.Location = $"/api/v1/schools/{urn}/leaves/{answer.Id}";
        return await Read(context, urn, answer.Id, schools, 201);
    }

    internal static async Task<IResult> List(HttpContext context, string urn, ISchools schools)
    {
        if (await SchoolEndpoints.Find(context, urn, schools) is not { } school) { return Problems.UnknownSchool(urn); }
        var pupil = context.Request.Query["pupil"] is [{ Length: > 0 } asked] ? asked : null;
        var versions = await schools.LeavesAsync(school.Authority, urn, cancel: context.RequestAborted);
        return Answer.Ok(
            new LeaveList([.. LeaveRecord.AsOf(versions, null).Where(leave => pupil is null || leave.SchoolPupilId == pupil)
                .Select(leave => Held(leave, versions))]),
            EdgeJson.Default.LeaveList);
    }

    internal static Task<IResult> Get(HttpContext context, string urn, string id, ISchools schools) => Read(context, urn, id, schools, 200);

    internal static async Task<IResult> Change(HttpContext context, string urn, string id, ISchools schools, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (change, problem) = await Body.ReadAsync(context.Request, body => ReadChange(id, body));
        if (problem is not null) { return problem; }
        var answer = await grains.GetGrain<ISchoolGrain>(Keys.School(viewer.Authority, urn)).ChangeLeave(change with { RecordedBy = viewer.Id, IfMatch = Preconditions.Of(context.Request) });
        return answer.Outcome.RefusalCode is null ? await Read(context, urn, id, schools, 200) : Refused(answer.Outcome);
    }

    private static LeaveChange ReadChange(string id, Fields body)
    {
        var change = new LeaveChange { Id = id, ExpectedReturn = body.OptionalDate("expectedReturn"), Cancelled = body.Flag("cancelled", false) };
        if (body.Sound && change is { ExpectedReturn: null, Cancelled: false })
        {
            body.Wrong("", "required", "must give a new 'expectedReturn', or 'cancelled': true");
        }
        return change;
    }

    private static async Task<IResult> Read(HttpContext context, string urn, string id, ISchools schools, int status)
    {
        if (await SchoolEndpoints.Find(context, urn, schools) is not { } school) { return Problems.UnknownSchool(urn); }
        var versions = await schools.LeavesAsync(school.Authority, urn, id, context.RequestAborted);
        return versions is [.., var latest]
            ? Answer.Made(status, Held(latest, versions), EdgeJson.Default.HeldLeave, latest.Version)
            : Problems.Of("unknown-leave", "This school has granted no leave with that id. GET /leaves lists them.");
    }

    /// <summary>The refusal with the place in the body that it is about.</summary>
    private static ProblemResult Refused(Outcome outcome) => outcome.RefusalCode switch
    {
        "unknown-pupil" => At("/pupil", outcome),
        "leave-return-not-after-start" => At("/expectedReturn", outcome),
        "leave-outside-calendar" => At("/from", outcome),
        _ => Problems.For(outcome),
    };

    private static ProblemResult At(string pointer, Outcome outcome) =>
        Problems.Of(outcome.RefusalCode!, outcome.RefusalMessage ?? "", [new(pointer, outcome.RefusalCode!, outcome.RefusalMessage ?? "")]);

    private static HeldLeave Held(LeaveRecord leave, IEnumerable<LeaveRecord> versions) => new()
    {
        Id = leave.Id, Pupil = leave.SchoolPupilId, From = leave.From, ExpectedReturn = leave.ExpectedReturn, Reason = leave.Reason,
        AuthorisedBy = leave.AuthorisedBy, Cancelled = leave.Cancelled, Version = leave.Version,
        History =
        [
            .. versions.Where(version => version.Id == leave.Id)
                .Select(version => new LeaveVersion(version.Version, version.ExpectedReturn, version.Cancelled, version.RecordedAt, version.RecordedBy)),
        ],
    };
}
