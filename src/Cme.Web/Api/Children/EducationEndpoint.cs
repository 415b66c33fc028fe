using System.Collections.Immutable;
using System.ComponentModel;
using Cme.Domain.Children;
using Cme.Storage.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Records;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Children;

/// <summary>Whether a child misses education, by the procedure that applies.</summary>
internal static class EducationEndpoint
{
    private const int AllEpisodes = 500;

    public static void MapEducation(this IEndpointRouteBuilder api) =>
        api.MapGet("/children/{childId}/education", Get).WithTags("Children").Audited(ReadKinds.Child).RequireAuthorization(Scopes.CaseRead)
            .WithName("GetChildEducation").WithSummary("Ask whether a child misses education, and why")
            .WithDescription("Worked out when it is asked, from age, rolls, registers and the council's records, by the definition of the procedure that applies to "
                + "the child. `answer` is missing-education, at-risk, not-missing, not-known or not-of-age; `clause` is the rule that says so. A school's key is "
                + "answered for its own roll. It decides nothing: people do.")
            .Answers<EducationDocument>(200).Refuses("unknown-child");

    internal static async Task<IResult> Get(HttpContext context, string childId, ISchools schools, IEpisodes episodes, EducationReader education)
    {
        var viewer = Viewer.Of(context.User);
        var pupils = await FlagEndpoints.Find(viewer, childId, schools, context.RequestAborted);
        if (pupils.IsEmpty) { return FlagEndpoints.UnknownChild(); }
        var records = await episodes.ListAsync(new() { Scope = new(viewer.Authority, viewer.School), ChildId = childId }, AllEpisodes, null, context.RequestAborted);
        var now = await education.OfAsync(viewer, [.. pupils.Where(pupil => Scope.MayReadSchool(viewer, pupil.Urn))], records.Rows, context.RequestAborted);
        return Answer.Ok(new EducationDocument
        {
            Child = childId, On = now.On, Answer = now.Standing.Answer, Label = MissingEducation.Words(now.Standing.Answer), Reason = now.Standing.Reason,
            Clause = now.Standing.Clause, Procedure = now.Procedure, Age = new(now.Age.Begins, now.Age.Ends),
            OnRoll = [.. now.OnRoll.Select(school => new RollOfChild(school.Urn, school.Kind))],
        }, EdgeJson.Default.EducationDocument);
    }
}

/// <summary>Where a child stands with education.</summary>
public sealed record EducationDocument
{
    public required string Child { get; init; }
    [Description("The day that the answer is about, Europe/London.")]
    public required DateOnly On { get; init; }
    [Description("missing-education, at-risk, not-missing, not-known or not-of-age.")]
    public required string Answer { get; init; }
    [Description("The answer as people read it.")]
    public required string Label { get; init; }
    [Description("Why, in a sentence.")]
    public required string Reason { get; init; }
    [Description("The rule that says so, such as DOR-01.")]
    public required string Clause { get; init; }
    [Description("The procedure that applies.")]
    public required string Procedure { get; init; }
    [Description("The days on which the child can be missing education: compulsory school age, or the years that the procedure names.")]
    public required AgeDocument Age { get; init; }
    [Description("Whose rolls have the child today, as far as the key may know.")]
    public required ImmutableArray<RollOfChild> OnRoll { get; init; }
}

/// <summary>The first and the last day of an age.</summary>
public sealed record AgeDocument(DateOnly Begins, DateOnly Ends);

/// <summary>A roll that has the child.</summary>
/// <param name="Kind">school or provider.</param>
public sealed record RollOfChild(string School, string Kind);
