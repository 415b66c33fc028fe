using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Storage.Episodes;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Episodes;

/// <summary>Who has an episode: an officer takes it on and gives it up, and the authority says whose it is.</summary>
internal static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder api)
    {
        var episode = api.MapGroup("/episodes/{reference}").WithTags("Episodes");

        episode.MapPost("/claim", Claim).RequireAuthorization(Scopes.CaseWrite)
            .WithName("ClaimEpisode").WithSummary("Take an episode on")
            .WithDescription("A key claims for the officer named, or else in its own name. Whoever comes second is told who has it.")
            .Takes<ClaimDocument>().Answers<EpisodeDocument>(200).Refuses("unknown-episode", "claimed", "closed", "precondition-failed");
        episode.MapPost("/release", Release).RequireAuthorization(Scopes.CaseWrite)
            .WithName("ReleaseEpisode").WithSummary("Give an episode up")
            .WithDescription("By the organisation that has it, or by the authority. With an officer named, only that officer's claim is given up.")
            .Takes<ClaimDocument>().Answers<EpisodeDocument>(200).Refuses("unknown-episode", "claimed", "precondition-failed");
        episode.MapPost("/assign", Assign).RequireAuthorization(Policies.AuthorityCases)
            .WithName("AssignEpisode").WithSummary("Say whose case it is")
            .WithDescription("The authority's keys only. The organisation named, the authority unless said, owns the case from now on, and the officer "
                + "named works on it, whoever had it before.")
            .Takes<AssignmentDocument>().Answers<EpisodeDocument>(200).Refuses("forbidden", "unknown-episode", "closed", "precondition-failed");
    }

    internal static Task<IResult> Claim(
        HttpContext context, string reference, IEpisodes episodes, SchoolDaysMissing days, PupilCounts counts, IGrainFactory grains,
        IColleagues colleagues) =>
        Change(context, reference, episodes, days, counts, grains, colleagues,
            (episode, sent) => episode.Claim(sent with { Officer = sent.Officer ?? Viewer.Of(context.User).Name }));

    internal static Task<IResult> Release(
        HttpContext context, string reference, IEpisodes episodes, SchoolDaysMissing days, PupilCounts counts, IGrainFactory grains,
        IColleagues colleagues) =>
        Change(context, reference, episodes, days, counts, grains, colleagues, (episode, sent) => episode.Release(sent));

    internal static Task<IResult> Assign(
        HttpContext context, string reference, IEpisodes episodes, SchoolDaysMissing days, PupilCounts counts, IGrainFactory grains,
        IColleagues colleagues) =>
        Change(context, reference, episodes, days, counts, grains, colleagues, (episode, sent) => episode.Assign(sent), assigns: true);

    /// <param name="change">Takes the episode, and what was sent in the caller's name.</param>
    /// <param name="assigns">True where the body names the organisation whose officer it is; else it is the caller's.</param>
    private static async Task<IResult> Change(
        HttpContext context, string reference, IEpisodes episodes, SchoolDaysMissing days, PupilCounts counts, IGrainFactory grains,
        IColleagues colleagues, Func<IEpisodeGrain, ClaimEpisode, Task<Outcome>> change, bool assigns = false)
    {
        var viewer = Viewer.Of(context.User);
        if (await EpisodeEndpoints.Find(viewer, reference, episodes, context.RequestAborted) is not { } row
            || !Scope.MayWriteEpisode(viewer, row.Authority, row.Urn))
        {
            return Problems.UnknownEpisode();
        }
        var (sent, problem) = await Body.ReadAsync(context.Request, body => (
            Officer: body.OptionalText("officer"), Organisation: body.Choice("organisation", [row.Authority, row.Urn], row.Authority)));
        if (problem is not null) { return problem; }
        var org = assigns ? sent.Organisation : viewer.Organisation;
        var claim = new ClaimEpisode
        {
            Officer = sent.Officer, OfficerId = sent.Officer is { } officer ? await colleagues.IdOfAsync(viewer.Authority, org, officer) : null,
            Org = org, RecordedBy = viewer.Id, IfMatch = Preconditions.Of(context.Request),
        };
        var outcome = await change(grains.GetGrain<IEpisodeGrain>(row.Reference), claim);
        return outcome.RefusalCode is null ? await EpisodeEndpoints.Get(context, reference, episodes, days, counts) : Problems.For(outcome);
    }
}

/// <summary>Who takes an episode on, or gives it up.</summary>
/// <param name="Officer">The officer's name; the key's own unless said.</param>
public sealed record ClaimDocument(string? Officer);

/// <summary>Whose case it is.</summary>
/// <param name="Officer">The name of the officer who works on it; nobody yet unless said.</param>
/// <param name="Organisation">The authority's code, or the URN of the episode's school; the authority unless said.</param>
public sealed record AssignmentDocument(string? Officer, string? Organisation);
