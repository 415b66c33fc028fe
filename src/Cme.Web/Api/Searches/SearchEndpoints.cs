using System.Collections.Immutable;
using Cme.Domain;
using Cme.Storage.Episodes;
using Cme.Storage.Searches;
using Cme.Web.Api.Episodes;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Searches;

/// <summary>Looking for a child: the criteria come in a body, so that no address or log ever names one.</summary>
internal static class SearchEndpoints
{
    public static void MapSearches(this IEndpointRouteBuilder api)
    {
        var searches = api.MapGroup("/searches").WithTags("Searches").RequireAuthorization(Scopes.CaseRead);

        searches.MapPost("", Post).WithName("PostSearch").WithSummary("Look for a child")
            .WithDescription("Answered with 303 to an address that says nothing and expires after 15 minutes. All criteria that are given must fit; at least "
                + "one must be. `name` takes beginnings of forename and surname in any order.")
            .Takes<SearchDocument>().Refuses("invalid");
        searches.MapGet("/{search}", Get).Audited(ReadKinds.Search).WithName("GetSearch").WithSummary("Read what a search finds now")
            .WithDescription("Children within your organisation's scope, at most 50, with their episodes. `more` says that there are others: narrow it down.")
            .Answers<SearchResult>(200).Refuses("unknown-search");
    }

    internal static async Task<IResult> Post(HttpContext context, ISearches searches, [FromKeyedServices(Clock.System)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        var (criteria, problem) = await Body.ReadAsync(context.Request, Read);
        if (problem is not null) { return problem; }
        var id = await searches.AddAsync(new(viewer.Authority, viewer.School), criteria, clock.GetUtcNow(), context.RequestAborted);
        context.Response.Headers.Location = $"/api/v1/searches/{id}";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    internal static async Task<IResult> Get(
        HttpContext context, string search, ISearches searches, ChildSearch children, SchoolDaysMissing days, PupilCounts counts,
        [FromKeyedServices(Clock.System)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        var scope = new CallerScope(viewer.Authority, viewer.School);
        if (await searches.GetAsync(scope, search, clock.GetUtcNow(), context.RequestAborted) is not { } asked)
        {
            return Problems.Of("unknown-search", "Your organisation has no such search, or it has expired. Send the criteria again.");
        }
        var found = await children.FindAsync(viewer, asked.Criteria, context.RequestAborted);
        ReadNote.Of(context).Sought(asked.Criteria.AsText());
        var data = ImmutableArray.CreateBuilder<FoundChild>();
        foreach (var child in found.Children)
        {
            data.Add(Found(child.Latest, child.Pupils, await EpisodeEndpoints.Documents(child.Episodes, counts, viewer, days, context.RequestAborted)));
        }
        return Answer.Ok(new SearchResult(data.DrainToImmutable(), found.More, asked.ExpiresAt), EdgeJson.Default.SearchResult);
    }

    private static FoundChild Found(FoundPupil latest, IEnumerable<FoundPupil> pupils, ImmutableArray<EpisodeDocument> episodes) => new()
    {
        Id = latest.ChildId, Forename = latest.Forename, Surname = latest.Surname, DateOfBirth = latest.DateOfBirth, YearGroup = latest.YearGroup,
        Upn = latest.Upn, Schools = [.. pupils.Select(pupil => new FoundAt(pupil.Urn, pupil.SchoolName, pupil.SchoolPupilId, pupil.OnList))], Episodes = episodes,
    };

    private static SearchCriteria Read(Fields body)
    {
        var reference = body.OptionalText("reference");
        var criteria = new SearchCriteria
        {
            Name = body.OptionalText("name"), Upn = body.OptionalText("upn")?.ToUpperInvariant(), Postcode = body.OptionalText("postcode"),
            DateOfBirth = body.OptionalDate("dateOfBirth"),
            Reference = ChildSearch.KeyOf(reference),
        };
        foreach (var (field, code, words) in ChildSearch.FaultsOf(criteria, reference)) { body.Wrong(field, code, words); }
        return criteria;
    }
}

/// <summary>Whom to look for.</summary>
/// <param name="Name">Beginnings of forename and surname, in any order.</param>
/// <param name="Reference">An episode's.</param>
public sealed record SearchDocument(string? Name, string? Upn, string? Reference, string? Postcode, DateOnly? DateOfBirth);

/// <summary>What a search finds.</summary>
/// <param name="More">True if there are more than are shown.</param>
/// <param name="ExpiresAt">Until when it can be read.</param>
public sealed record SearchResult(ImmutableArray<FoundChild> Data, bool More, DateTimeOffset ExpiresAt);

/// <summary>A child whom a search found, with the episodes within the reader's scope, newest first.</summary>
public sealed record FoundChild
{
    public required string Id { get; init; }
    public required string Forename { get; init; }
    public required string Surname { get; init; }
    public required DateOnly DateOfBirth { get; init; }
    public required string YearGroup { get; init; }
    public string? Upn { get; init; }
    public required ImmutableArray<FoundAt> Schools { get; init; }
    public required ImmutableArray<EpisodeDocument> Episodes { get; init; }
}

/// <summary>A school on whose roll the child is, or was.</summary>
public sealed record FoundAt(string School, string SchoolName, string SchoolPupilId, bool OnList);
