using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Cme.Domain.Episodes;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Places;

/// <summary>"Seen today?": what a place is asked about its pupils who are missing at another, and its answers.</summary>
internal static class PlaceEndpoints
{
    public static void MapPlaceQuestions(this IEndpointRouteBuilder api)
    {
        var questions = api.MapGroup("/schools/{urn}/questions").WithTags("Registers");
        questions.MapGet("", List).Audited(ReadKinds.List).RequireAuthorization(Scopes.RegisterRead).WithName("ListPlaceQuestions")
            .WithSummary("Read which of your pupils are missing at another place, and whether you have seen them today")
            .WithDescription("A child may be registered at two schools, or be placed with a provider. While the child is missing at one, the others that expect the "
                + "child that day are asked. Of each case the latest day is listed, while the case is open; what was not answered within an hour is overdue, "
                + "and the authority's duty desk sees that.")
            .Answers<PlaceQuestionList>(200).Refuses("unknown-school");
        questions.MapPut("/{asked}/answer", AnswerAsync).RequireAuthorization(Scopes.RegisterWrite).WithName("AnswerPlaceQuestion")
            .WithSummary("Answer whether your pupil was seen today")
            .WithDescription("`seen` is recorded as a sighting in the other school's episode and closes nothing. Answer again if you learn better: the last answer counts.")
            .Takes<PlaceAnswerDocument>().Answers<HeldPlaceQuestion>(200)
            .Refuses("unknown-school", "unknown-question", "no-longer-asked", "at-in-future", "seen-on-another-day");
    }

    internal static async Task<IResult> List(HttpContext context, string urn, ISchools schools, PlaceDesk desk)
    {
        if (await SchoolEndpoints.Find(context, urn, schools) is null) { return Problems.UnknownSchool(urn); }
        var asked = await desk.OfPlaceAsync(Viewer.Of(context.User), urn, context.RequestAborted);
        ReadNote.Of(context).Rows(asked.Select(one => one.Row.ChildId));
        return Answer.Ok(new PlaceQuestionList([.. asked.Select(Held)]), EdgeJson.Default.PlaceQuestionList);
    }

    internal static async Task<IResult> AnswerAsync(HttpContext context, string urn, string asked, ISchools schools, PlaceDesk desk)
    {
        var (viewer, cancel) = (Viewer.Of(context.User), context.RequestAborted);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        if (await desk.FindAsync(viewer, urn, asked, cancel) is not { } question)
        {
            return Problems.Of(Refusal.UnknownQuestion.Code, Refusal.UnknownQuestion.Message);
        }
        var (said, problem) = await Body.ReadAsync(context.Request, Read);
        if (problem is not null) { return problem; }
        var outcome = await desk.AnswerAsync(viewer, question, said.Answer, said.SeenAt, said.Name, said.Role);
        return outcome.RefusalCode is null
            ? Answer.WithStatus(200, Held((await desk.FindAsync(viewer, urn, asked, cancel))!), EdgeJson.Default.HeldPlaceQuestion)
            : Problems.For(outcome);
    }

    private static (string Answer, DateTimeOffset? SeenAt, string Name, string Role) Read(Fields body)
    {
        var answer = body.Has("answer") ? body.Choice("answer", SeenToday.Answers, "") : body.Text("answer");
        var by = body.Object("answeredBy");
        return (answer, answer == SeenToday.Seen ? body.Instant("seenAt") : null, by?.Text("name") ?? "", by?.Text("role") ?? "");
    }

    private static HeldPlaceQuestion Held(AskedHere asked) => new()
    {
        Question = asked.Row.Question, Pupil = asked.Pupil.SchoolPupilId, ChildId = asked.Row.ChildId, On = asked.Row.On, AskedAt = asked.Row.AskedAt,
        AnswerBy = asked.Row.AnswerBy, AskedBy = asked.AskedBy, State = JsonNamingPolicy.KebabCaseLower.ConvertName(asked.State.ToString()),
        Answer = asked.Row.Answer, SeenAt = asked.Row.SeenAt, AnsweredAt = asked.Row.AnsweredAt,
    };
}

/// <summary>What a place answers.</summary>
public sealed record PlaceAnswerDocument
{
    [Description("seen, not-seen or not-expected.")]
    public required string Answer { get; init; }
    [Description("When the child was last seen there, on the day that is asked about. For seen.")]
    public DateTimeOffset? SeenAt { get; init; }
    [Description("Who says so.")]
    public required AnsweredByDocument AnsweredBy { get; init; }
}

/// <summary>Who of the place answers.</summary>
public sealed record AnsweredByDocument(string Name, string Role);

/// <summary>What a place is asked.</summary>
public sealed record PlaceQuestionList(ImmutableArray<HeldPlaceQuestion> Data);

/// <summary>Whether a pupil who is missing at another place was seen at this one.</summary>
public sealed record HeldPlaceQuestion
{
    public required string Question { get; init; }
    [Description("The pupil's id in your system.")]
    public required string Pupil { get; init; }
    public required string ChildId { get; init; }
    [Description("The day that it is about.")]
    public required DateOnly On { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset AnswerBy { get; init; }
    [Description("The school that asks, where it placed the child with you or you with it; left out otherwise.")]
    public string? AskedBy { get; init; }
    [Description("open, overdue or answered.")]
    public required string State { get; init; }
    [Description("The last answer: seen, not-seen or not-expected.")]
    public string? Answer { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
}
