using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cme.Domain;
using Cme.Domain.Episodes;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Episodes;
using Cme.Storage.Removals;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Removals;

/// <summary>Whether a pupil's name may come off the roll. Asking removes nobody, and is kept.</summary>
internal static class RemovalEndpoints
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    public static void MapRemovals(this IEndpointRouteBuilder api)
    {
        api.MapPost("/schools/{urn}/removals", Ask).RequireAuthorization(Scopes.RegisterWrite).WithTags("Removals")
            .WithName("AskForRemoval").WithSummary("Ask whether a pupil's name may come off the roll")
            .WithDescription("The gate is open only when every condition of the ground is met. For grounds h and i the counts, the enquiries of both sides "
                + "and the authority's decision are what is recorded here, whatever is sent along.")
            .Takes<RemovalDocument>().Answers<RemovalReport>(200)
            .Refuses("unknown-school", "unknown-pupil", "unknown-ground");
        api.MapGet("/episodes/{reference}/removal", Stand).Audited(ReadKinds.Record).RequireAuthorization(Scopes.CaseRead).WithTags("Removals")
            .WithName("GetRemoval").WithSummary("Read how the removal of an episode's pupil stands")
            .WithDescription("Each condition of ground h or i with its evidence, the code of every session of the absence and whether it belongs in the run, "
                + "four weeks and 20 school days, and what came off the roll and back. Sign and decide with POST …/actions: `removal-statement` (with a note) "
                + "by the school's head or DSL, `joint-log: signed` by each side, `roll-decision` by the authority's tracking officer or CME lead.")
            .Asks("ground", "h or i; unless said, the one whose count stands.", "i")
            .Answers<RemovalStandingDocument>(200).Refuses("unknown-episode", "unknown-ground");
        api.MapGet("/removals", List).Audited(ReadKinds.List).RequireAuthorization(Scopes.CaseRead).WithTags("Removals")
            .WithName("ListRemovals").WithSummary("List the names that came off a roll, newest first")
            .WithDescription("Every removal on ground h or i, and any on another ground while the child was being looked for, as it was judged when the roll came. "
                + "One with conditions that were not met is a referral to the authority. An authority's key lists all of its authority, a school's key its own.")
            .Asks("allTheSame", "true: only those that a condition stood against, and that stand.", "true")
            .Answers<RemovalList>(200).Refuses("invalid");
    }

    internal static async Task<IResult> Ask(
        HttpContext context, string urn, ISchools schools, RemovalCase cases, IRemovals removals,
        [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (asked, problem) = await Body.ReadAsync(context.Request, Question.Read);
        if (problem is not null) { return problem; }
        if (RemovalGround.Find(asked.Ground) is not { } ground) { return UnknownGround(RemovalGround.All); }

        if (await cases.FactsAsync(viewer.Authority, urn, asked.Pupil, ground, asked.Evidence, context.RequestAborted) is not var (entry, facts))
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

    internal static async Task<IResult> Stand(
        HttpContext context, string reference, IEpisodes episodes, RemovalReader reader)
    {
        var viewer = Viewer.Of(context.User);
        // A school that the child has left keeps what it recorded, and has no part in what becomes of the name elsewhere.
        if (await EpisodeEndpoints.Find(viewer, reference, episodes, context.RequestAborted) is not { Kind: EpisodeKinds.Whereabouts } row
            || Access.Of(viewer, row).EvidenceOf is not null)
        {
            return Problems.UnknownEpisode();
        }
        RemovalGround? ground = null;
        if (context.Request.Query["ground"] is [{ Length: > 0 } letter] && (ground = RemovalGround.Find(letter)) is not { IsOfMissing: true })
        {
            return UnknownGround(RemovalGround.OfMissing);
        }
        var standing = await reader.ReadAsync(row, ground, context.RequestAborted);
        return Answer.Changing(standing.ToDocument(row.Reference, viewer), EdgeJson.Default.RemovalStandingDocument, row.Version);
    }

    internal static async Task<IResult> List(HttpContext context, string? limit, string? cursor, IRemovals removals)
    {
        var viewer = Viewer.Of(context.User);
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        var before = cursor is null ? null : Position(Paging.ReadCursor(cursor, faults), faults);
        if (context.Request.Query["allTheSame"] is [var asked] && asked is not ("true" or "false"))
        {
            faults.Add(Parameters.Wrong("allTheSame", "unknown-value", "must be true or false"));
        }
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        var page = await removals.ListAsync(
            viewer.Authority, viewer.School, null, context.Request.Query["allTheSame"] == "true", before, wanted + 1, context.RequestAborted);
        if (page.Length > wanted)
        {
            page = page[..wanted];
            Paging.LinkNext(context, Paging.WriteCursor($"{page[^1].NotedAt.UtcTicks} {page[^1].Urn} {page[^1].SchoolPupilId}"));
        }
        ReadNote.Of(context).Rows(page.Select(one => one.ChildId));
        return Answer.Ok(new RemovalList([.. page.Select(one => one.ToDocument(viewer))]), EdgeJson.Default.RemovalList);
    }

    private static (DateTimeOffset, string, string)? Position(string? position, List<PlaceProblem> faults)
    {
        if (position?.Split(' ', 3) is [var ticks, var urn, var pupil] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks)
        {
            return (new(at, TimeSpan.Zero), urn, pupil);
        }
        if (faults.Count == 0) { faults.Add(Paging.WrongCursor()); }
        return null;
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
        Conditions = [.. conditions.Select(one => one.ToDocument())],
    };

    private static ProblemResult UnknownGround(ImmutableArray<RemovalGround> grounds)
    {
        var allowed = grounds.Select(ground => $"{ground.Letter}: {ground.Text}").ToImmutableArray();
        var detail = $"Give the letter of a ground of regulation 9: {string.Join(", ", grounds.Select(ground => ground.Letter))}.";
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
