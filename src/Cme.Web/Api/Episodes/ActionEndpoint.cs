using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Web.Api.Idempotency;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Api.Episodes;

/// <summary>Recording what somebody did about an episode.</summary>
internal static class ActionEndpoint
{
    private const int MostEvidence = 50;
    private const int MostAnswers = 50;

    private static readonly string[] Posts = ["post", "email"];

    public static void MapActions(this IEndpointRouteBuilder api) =>
        api.MapPost("/episodes/{reference}/actions", Record).Audited(ReadKinds.Record).RequireAuthorization(Scopes.CaseWrite).WithTags("Episodes")
            .WithName("RecordAction").WithSummary("Record what was done")
            .WithDescription("Answers with what is to be done now. A pair of action and outcome that does not exist is answered with those that do. "
                + "`corrects` names an earlier action by its number: that one no longer counts, and both stay in the history. "
                + "Correcting the action that closed an episode opens it again. `reopen` opens a "
                + "closed episode again if the child has no other open one at the school.")
            .Takes<ActionDocument>().Answers<ActionReport>(200)
            .Refuses("unknown-episode", "closed", "outcome-not-allowed", "whom-not-allowed", "question-not-asked", "at-in-future", "at-before-first-day", "unknown-obligation", "unknown-action",
                "not-closed", "another-open", "still-to-tell", "precondition-failed");

    internal static async Task<IResult> Record(HttpContext context, string reference, IEpisodes episodes, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        if (await EpisodeEndpoints.Find(viewer, reference, episodes, context.RequestAborted) is not { } row
            || !Scope.MayWriteEpisode(viewer, row.Authority, row.Urn))
        {
            return Problems.UnknownEpisode();
        }
        var (action, problem) = await Body.ReadAsync(context.Request, body => Read(body, viewer) with
        {
            Sending = IdempotentPosts.SendingOf(context), IfMatch = Preconditions.Of(context.Request),
        });
        if (problem is not null) { return problem; }

        var answer = await EpisodeActs.RecordAsync(grains, row, action);
        if (answer.Outcome.RefusalCode is null)
        {
            return Answer.Made(200,
                new ActionReport(
                    answer.Outcome.Version, answer.Number, answer.Outcome.Events, [.. answer.Obligations.Select(view => view.ToDocument())]),
                EdgeJson.Default.ActionReport, answer.Outcome.Version);
        }
        return Problems.For(answer.Outcome);
    }

    private static RecordAction Read(Fields body, Viewer viewer)
    {
        var performer = body.Object("performedBy");
        var (name, channel, corrects) = (body.Text("action"), body.OptionalText("channel"), body.Number("corrects", 1, int.MaxValue));
        if (name == ActionNames.Correct && !body.Has("corrects")) { body.Wrong("corrects", "required", "is missing: name the number of the action to take back"); }
        if (name != ActionNames.Review && body.Has("plan")) { body.Wrong("plan", "not-allowed", "is of a review alone"); }
        if (name == "letter" && channel is not null && !Posts.Contains(channel)) { body.Wrong("channel", "unknown-value", "must be post or email"); }
        return new()
        {
            Action = name,
            Outcome = body.OptionalText("outcome"),
            At = body.Instant("at"),
            ObligationId = body.OptionalText("obligationId"),
            PerformerName = performer?.Text("name") ?? "",
            PerformerRole = performer?.Text("role") ?? "",
            PerformerOrg = performer?.Text("org") ?? "",
            Channel = channel,
            ContactId = body.OptionalText("contactId"),
            Note = body.OptionalText("note", Fields.LongText),
            Languages = body.Texts("languages"),
            Layer = body.Number("layer", 1, viewer.Layers) ?? 2,
            RecordedBy = viewer.Id,
            RecordedFor = viewer.Organisation,
            Corrects = corrects,
            Evidence = Evidence(body),
            Whom = body.OptionalText("whom"),
            Answers = Answers(body),
            Together = body.OptionalText("together"),
            Plan = body.Object("plan", required: false) is { } plan ? new PlanWire(plan.Text("what", Fields.LongText), plan.Text("owner"), plan.Date("by")) : null,
        };
    }

    private static ImmutableArray<AnswerWire> Answers(Fields body)
    {
        var answers = body.Objects("answers").Select(one =>
        {
            var answer = one.Text("answer");
            if (!JudgementAnswer.Values.Contains(answer)) { one.Wrong("answer", "unknown-value", "must be yes, no or unknown"); }
            return new AnswerWire(one.Text("question"), answer, one.OptionalText("why", Fields.LongText));
        }).ToImmutableArray();
        if (answers.Select(one => one.Question).Distinct(StringComparer.Ordinal).Count() < answers.Length)
        {
            body.Wrong("answers", "duplicate", "answers a question twice: send each question once");
        }
        if (answers.Length > MostAnswers) { body.Wrong("answers", "too-many", $"may answer at most {MostAnswers} questions"); }
        return answers;
    }

    private static ImmutableArray<EvidenceWire> Evidence(Fields body)
    {
        var evidence = body.Objects("evidence").Select(one => new EvidenceWire(one.Text("kind"), one.Text("ref", Fields.LongText))).ToImmutableArray();
        if (evidence.Length > MostEvidence) { body.Wrong("evidence", "too-many", $"may list at most {MostEvidence} things"); }
        return evidence;
    }
}
