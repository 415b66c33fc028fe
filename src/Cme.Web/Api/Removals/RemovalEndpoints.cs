using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Cme.Domain;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Removals;
using Cme.Storage.Schools;
using Cme.Web.Api.Schools;
using Cme.Web.Security;

namespace Cme.Web.Api.Removals;

/// <summary>Whether a pupil's name may come off the roll. Asking removes nobody, and is kept.</summary>
internal static class RemovalEndpoints
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    public static void MapRemovals(this IEndpointRouteBuilder api) =>
        api.MapPost("/schools/{urn}/removals", Ask).RequireAuthorization(Scopes.RegisterWrite).WithTags("Removals")
            .WithName("AskForRemoval").WithSummary("Ask whether a pupil's name may come off the roll")
            .WithDescription("The gate is open only when every condition of the ground is met. For grounds h and i the counts, the enquiries of both sides "
                + "and the authority's decision are what is recorded here, whatever is sent along.")
            .Takes<RemovalDocument>().Answers<RemovalReport>(200)
            .Refuses("unknown-school", "unknown-pupil", "unknown-ground");

    internal static async Task<IResult> Ask(
        HttpContext context, string urn, ISchools schools, RemovalCase cases, IRemovals removals,
        [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (asked, problem) = await Body.ReadAsync(context.Request, Question.Read);
        if (problem is not null) { return problem; }
        if (RemovalGround.Find(asked.Ground) is not { } ground) { return UnknownGround(); }

        if (await cases.FactsAsync(viewer.Authority, urn, asked.Pupil, asked.Evidence, context.RequestAborted) is not var (entry, facts))
        {
            const string detail = "No pupil of this school has that UPN or id.";
            return Problems.Of("unknown-pupil", detail, [new("/pupil", "unknown-pupil", detail)]);
        }
        var report = Report(entry.SchoolPupilId, ground, RemovalGate.Conditions(ground, facts));
        await removals.AddAsync(
            new()
            {
                Authority = viewer.Authority, Urn = urn, Id = report.Id, SchoolPupilId = entry.SchoolPupilId, ChildId = entry.ChildId,
                Ground = ground.Letter, Gate = report.Gate, Evidence = asked.EvidenceSent, AskedAt = clock.GetUtcNow(), AskedBy = viewer.Id,
                Conditions = JsonSerializer.Serialize(report.Conditions, EdgeJson.Default.ImmutableArrayConditionDocument),
            },
            context.RequestAborted);
        return Answer.Ok(report, EdgeJson.Default.RemovalReport);
    }

    /// <summary>What a school asks: whom, on which ground, and what it gave along, read and as it was sent.</summary>
    private sealed record Question(string Pupil, string Ground, ImmutableDictionary<string, string> Evidence, string EvidenceSent)
    {
        public static Question Read(Fields body) => new(
            body.Text("pupil"), body.Text("ground").ToLowerInvariant(),
            body.Sent("evidence") is { } sent ? RemovalEvidence.Read(sent) : ImmutableDictionary<string, string>.Empty,
            body.Sent("evidence")?.GetRawText() ?? "\"\"");
    }

    private static RemovalReport Report(string pupil, RemovalGround ground, ImmutableArray<RemovalCondition> conditions) => new()
    {
        Id = $"removal-{RandomNumberGenerator.GetString(Letters, 12)}", Pupil = pupil, Ground = ground.Letter,
        Gate = conditions.All(condition => condition.Met) ? "open" : "closed",
        Conditions =
        [
            .. conditions.Select(one => new ConditionDocument
            {
                Condition = one.Condition, Text = one.Text, Met = one.Met, Evidence = one.Evidence, Clause = one.Clause,
            }),
        ],
    };

    private static ProblemResult UnknownGround()
    {
        var allowed = RemovalGround.All.Select(ground => $"{ground.Letter}: {ground.Text}").ToImmutableArray();
        var detail = $"Give the letter of a ground of regulation 9: {string.Join(", ", RemovalGround.All.Select(ground => ground.Letter))}.";
        var problem = Problems.Of("unknown-ground", detail, [new("/ground", "unknown-ground", detail)]);
        return problem with { Document = problem.Document with { Allowed = allowed } };
    }
}

/// <summary>Reads what a school gave along, in whichever form its system writes it.</summary>
internal static class RemovalEvidence
{
    /// <summary>Kind and text of each piece: of a list of <c>{kind, ref}</c> or names, or of an object of kinds. What is false or empty is none.</summary>
    public static ImmutableDictionary<string, string> Read(JsonElement sent) => (sent.ValueKind switch
    {
        JsonValueKind.Object => sent.EnumerateObject().Select(member => (Kind: Kebab(member.Name), Text: Text(member.Value))),
        JsonValueKind.Array => sent.EnumerateArray().Select(item => item.ValueKind switch
        {
            JsonValueKind.Object => (
                Kind: item.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? Kebab(kind.GetString()!) : "",
                Text: item.TryGetProperty("ref", out var reference) ? Text(reference) : Text(item)),
            JsonValueKind.String => (Kind: Kebab(item.GetString()!), Text: Text(item)),
            _ => (Kind: "", Text: ""),
        }),
        _ => [],
    }).Where(piece => piece.Kind.Length > 0 && piece.Text.Length > 0).DistinctBy(piece => piece.Kind)
        .ToImmutableDictionary(piece => piece.Kind, piece => piece.Text);

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.True => "Stated by the school.",
        JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Array when value.GetArrayLength() == 0 => "",
        _ => value.GetRawText(),
    };

    // beliefStatement and belief_statement are belief-statement.
    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name.Replace('_', '-')).Replace("--", "-", StringComparison.Ordinal);
}
