using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Schools;

/// <summary>Schools and providers, as their authority creates them.</summary>
internal static class SchoolEndpoints
{
    private static readonly string[] Kinds = ["school", "provider"];

    public static void MapSchools(this IEndpointRouteBuilder api)
    {
        var schools = api.MapGroup("/schools").WithTags("Schools");

        schools.MapGet("", List).RequireAuthorization(Scopes.CaseRead)
            .WithName("ListSchools").WithSummary("The schools that your organisation sees")
            .Answers<SchoolList>(200);
        schools.MapPut("/{urn}", Put).RequireAuthorization(Policies.AuthorityWrite)
            .WithName("PutSchool").WithSummary("Create a school or replace its details")
            .WithDescription("The authority's keys only. A provider without a URN is called local:code.")
            .Takes<SchoolDocument>().Answers<HeldSchool>(200).Refuses("forbidden", "invalid", "unknown-authority", "unknown-pack", "precondition-failed");
        schools.MapGet("/{urn}", Get).RequireAuthorization(Scopes.SchoolWrite)
            .WithName("GetSchool").WithSummary("Read a school's details")
            .Answers<HeldSchool>(200).Refuses("unknown-school");
    }

    internal static async Task<IResult> List(HttpContext context, ISchools schools)
    {
        var viewer = Viewer.Of(context.User);
        var all = await schools.ListAsync(viewer.Authority, context.RequestAborted);
        return Answer.Ok(
            new SchoolList([.. all.Where(school => Scope.MayReadSchool(viewer, school.Urn)).Select(Held)]), EdgeJson.Default.SchoolList);
    }

    internal static async Task<IResult> Get(HttpContext context, string urn, ISchools schools) =>
        await Find(context, urn, schools) is { } school
            ? Answer.Versioned(Held(school), EdgeJson.Default.HeldSchool, school.Version)
            : Problems.UnknownSchool(urn);

    internal static async Task<IResult> Put(HttpContext context, string urn, ISchools schools, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        var (details, problem) = await Body.ReadAsync(context.Request, body => Read(urn, body));
        if (problem is not null) { return problem; }

        var outcome = await grains.GetGrain<ISchoolGrain>(Keys.School(viewer.Authority, urn)).Put(
            details with { Authority = viewer.Authority, IfMatch = Preconditions.Of(context.Request) });
        return outcome.RefusalCode is null ? await Get(context, urn, schools) : Problems.For(outcome);
    }

    private static SchoolDetails Read(string urn, Fields body)
    {
        if (!Parameters.IsUrn(urn)) { body.WrongParameter("urn", "invalid-urn", "must be six digits, or local: and a short code"); }
        var details = new SchoolDetails
        {
            Urn = urn, Name = body.Text("name"), Kind = body.Choice("kind", Kinds, "school"), Pack = body.OptionalText("pack"),
            Commissioner = body.OptionalText("commissioner"),
        };
        if (details.Commissioner is { } commissioner && !Parameters.IsUrn(commissioner))
        {
            body.Wrong("commissioner", "invalid-urn", "must be the URN of the commissioning school");
        }
        return details;
    }

    /// <summary>The school, if the caller's authority has it and the caller may see it.</summary>
    internal static async Task<SchoolRecord?> Find(HttpContext context, string urn, ISchools schools)
    {
        var viewer = Viewer.Of(context.User);
        return Scope.MayReadSchool(viewer, urn) ? await schools.GetAsync(viewer.Authority, urn, context.RequestAborted) : null;
    }

    /// <summary>
    /// Whether the caller may change the school. An authority's key must first be told whether the school exists, before what
    /// is wrong with its body; a school's key can only mean its own.
    /// </summary>
    internal static async ValueTask<bool> MayChangeAsync(HttpContext context, string urn, ISchools schools)
    {
        var viewer = Viewer.Of(context.User);
        return Scope.MayWriteSchool(viewer, urn)
            && (!viewer.OfAuthority || await schools.GetAsync(viewer.Authority, urn, context.RequestAborted) is not null);
    }

    private static HeldSchool Held(SchoolRecord school) => new()
    {
        Urn = school.Urn, Authority = school.Authority, Name = school.Name, Kind = school.Kind, Pack = school.Pack,
        Commissioner = school.Commissioner, Version = school.Version,
    };
}
