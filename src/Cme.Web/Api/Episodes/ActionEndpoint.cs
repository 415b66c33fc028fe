using Cme.Contracts.Episodes;
using Cme.Storage.Episodes;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Episodes;

/// <summary>Recording what somebody did about an episode.</summary>
internal static class ActionEndpoint
{
    private static readonly string[] NotTaken = ["evidence", "corrects"];

    public static void MapActions(this IEndpointRouteBuilder api) =>
        api.MapPost("/episodes/{reference}/actions", Record).RequireAuthorization(Scopes.CaseWrite).WithTags("Episodes")
            .WithName("RecordAction").WithSummary("Record what was done")
            .WithDescription("Answers with what is to be done now. A pair of action and outcome that does not exist is answered with those that do.")
            .Takes<ActionDocument>().Answers<ActionReport>(200)
            .Refuses("unknown-episode", "closed", "outcome-not-allowed", "at-in-future", "at-before-first-day", "unknown-obligation");

    internal static async Task<IResult> Record(HttpContext context, string reference, IEpisodes episodes, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        if (await EpisodeEndpoints.Find(viewer, reference, episodes, context.RequestAborted) is not { } row
            || !Scope.MayWriteEpisode(viewer, row.Authority, row.Urn))
        {
            return Problems.UnknownEpisode();
        }
        var (json, problem) = await Body.ReadJsonAsync(context.Request);
        using var document = json;
        if (document is null) { return problem!; }

        var faults = new List<PlaceProblem>();
        var action = Read(Fields.Of(document, faults), viewer);
        if (faults.Count > 0) { return Problems.Invalid(faults); }

        var answer = await grains.GetGrain<IEpisodeGrain>(row.Reference).Record(action);
        if (answer.Outcome.RefusalCode is null)
        {
            return Answer.Ok(
                new ActionReport(answer.Outcome.Version, answer.Outcome.Events, [.. answer.Obligations.Select(view => view.ToDocument())]),
                EdgeJson.Default.ActionReport);
        }
        var refused = Problems.For(answer.Outcome);
        return answer.Allowed.IsEmpty ? refused : refused with { Document = refused.Document with { Allowed = answer.Allowed } };
    }

    private static RecordAction Read(Fields body, Viewer viewer)
    {
        // Better to refuse what we would lose than to acknowledge it.
        foreach (var name in NotTaken.Where(body.HasContent)) { body.Wrong(name, "not-taken-yet", "is not taken yet; leave it out"); }
        var performer = body.Object("performedBy");
        return new()
        {
            Action = body.Text("action"),
            Outcome = body.OptionalText("outcome"),
            At = body.Instant("at"),
            ObligationId = body.OptionalText("obligationId"),
            PerformerName = performer?.Text("name") ?? "",
            PerformerRole = performer?.Text("role") ?? "",
            PerformerOrg = performer?.Text("org") ?? "",
            Channel = body.OptionalText("channel"),
            ContactId = body.OptionalText("contactId"),
            Note = body.OptionalText("note", Fields.LongText),
            Layer = body.Number("layer", 1, viewer.Layers) ?? 2,
            RecordedBy = viewer.Id,
        };
    }
}
