using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Domain.Registers.Counts;
using Cme.Storage.Episodes;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Api.Episodes;

/// <summary>Reading episodes: the list, one, its history and what is to be done.</summary>
internal static class EpisodeEndpoints
{
    public static void MapEpisodes(this IEndpointRouteBuilder api)
    {
        var episodes = api.MapGroup("/episodes").WithTags("Episodes").RequireAuthorization(Scopes.CaseRead);

        episodes.MapGet("", List).Audited(ReadKinds.List).WithName("ListEpisodes").WithSummary("List episodes, newest first")
            .WithDescription("The Link header leads to the next page. A list read page by page misses nothing that was there throughout.")
            .Asks("status", "open, closed or all; open unless said.", "open")
            .Asks("kind", "whereabouts, cme, missing-person or home-education.", "whereabouts")
            .Asks("stage", "As the episode has it.", "enquiring")
            .Asks("school", "A URN, or local:code.", "900001")
            .Asks("child", "A child's id.", "7k3q92mxh4b2")
            .Asks("owner", "Whose case: a URN or an authority's code.", "900001")
            .Asks("overdue", "true or false: whether anything is overdue.", "true")
            .Asks("actBefore", "Something is to be acted on before this instant.", "2026-09-07T12:00:00+01:00")
            .Asks("flag", "A flag's id.", "cp_plan")
            .Asks("updatedAfter", "Changed after this instant.", "2026-09-07T09:00:00+01:00")
            .Answers<EpisodeList>(200).Refuses("invalid", "forbidden");
        episodes.MapGet("/{reference}", Get).Audited(ReadKinds.Record).WithName("GetEpisode").WithSummary("Read one episode")
            .Answers<EpisodeDocument>(200).Refuses("unknown-episode");
        episodes.MapGet("/{reference}/timeline", GetTimeline).Audited(ReadKinds.Record).WithName("GetTimeline").WithSummary("Read what happened, oldest first")
            .Answers<TimelineDocument>(200).Refuses("unknown-episode");
        episodes.MapGet("/{reference}/obligations", GetObligations).Audited(ReadKinds.Record).WithName("GetObligations").WithSummary("Read what is to be done, at any instant")
            .WithDescription("All states but satisfied and superseded, unless 'state' names others (several with commas, or all). 'at' takes any instant; now otherwise.")
            .Answers<ObligationList>(200).Refuses("unknown-episode", "invalid");
    }

    internal static async Task<IResult> List(
        HttpContext context, string? limit, string? cursor, string? board, IEpisodes episodes, SchoolDaysMissing days, PupilCounts counts)
    {
        var viewer = Viewer.Of(context.User);
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        var filter = EpisodeQuery.Read(context.Request.Query, viewer, faults);
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        if (board is not null && !Scope.MayWatch(viewer, Board.Parse(board)!))
        {
            return Problems.Of("forbidden", "This board is not for your organisation. A school sees its own, school:URN.");
        }
        EpisodePage page;
        try
        {
            page = await episodes.ListAsync(filter, wanted, cursor, context.RequestAborted);
        }
        catch (FormatException)
        {
            return Problems.Invalid([Paging.WrongCursor()]);
        }
        var data = await Documents(page.Rows, counts, viewer, days, context.RequestAborted);
        if (page.NextCursor is { } next) { Paging.LinkNext(context, next); }
        ReadNote.Of(context).Rows(page.Rows.Select(row => row.Reference));
        return Answer.Ok(new EpisodeList(data), EdgeJson.Default.EpisodeList);
    }

    internal static async Task<IResult> Get(
        HttpContext context, string reference, IEpisodes episodes, SchoolDaysMissing days, PupilCounts counts)
    {
        var viewer = Viewer.Of(context.User);
        if (await Find(viewer, reference, episodes, context.RequestAborted) is not { } row) { return Problems.UnknownEpisode(); }
        var document = await Document(row, await counts.OfAsync(row, context.RequestAborted), viewer, days, context.RequestAborted);
        return Answer.Changing(document with { Flags = Access.Of(viewer, row).Flags(row.Flags) },
            EdgeJson.Default.EpisodeDocument, row.Version);
    }

    internal static async Task<IResult> GetTimeline(HttpContext context, string reference, IEpisodes episodes)
    {
        var viewer = Viewer.Of(context.User);
        if (await Find(viewer, reference, episodes, context.RequestAborted) is not { } row) { return Problems.UnknownEpisode(); }
        var events = await episodes.EventsAsync(CallerOf(viewer), reference, context.RequestAborted);
        return Answer.Changing(new TimelineDocument(Timeline.Of(events, Access.Of(viewer, row))), EdgeJson.Default.TimelineDocument, events[^1].Version);
    }

    internal static async Task<IResult> GetObligations(
        HttpContext context, string reference, string? state, string? at, IEpisodes episodes, IGrainFactory grains)
    {
        var viewer = Viewer.Of(context.User);
        if (await Find(viewer, reference, episodes, context.RequestAborted) is not { } row) { return Problems.UnknownEpisode(); }
        var faults = new List<PlaceProblem>();
        var states = ObligationStates.Read(state, faults);
        DateTimeOffset? instant = null;
        if (at is not null && (instant = Parameters.Instant(at)) is null)
        {
            faults.Add(Parameters.Wrong("at", "invalid-time", "must be a time with its offset, such as 2026-09-07T11:40:00+01:00"));
        }
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        // What is to be done is no evidence: a school that the child has left keeps what it recorded.
        var views = Access.Of(viewer, row).EvidenceOf is null ? await grains.GetGrain<IEpisodeGrain>(row.Reference).Obligations(instant) : [];
        return Answer.Changing(
            new ObligationList([.. views.Where(view => states.Contains(view.State)).Select(view => view.ToDocument())]),
            EdgeJson.Default.ObligationList, row.Version);
    }

    /// <summary>The episode, if it is within the viewer's scope.</summary>
    internal static async Task<EpisodeRow?> Find(Viewer viewer, string reference, IEpisodes episodes, CancellationToken cancel) =>
        await episodes.GetAsync(CallerOf(viewer), reference, cancel) is { } row && Scope.MayReadEpisode(viewer, row.Authority, row.Urn)
            ? row : null;

    private static CallerScope CallerOf(Viewer viewer) => new(viewer.Authority, viewer.School);

    /// <summary>Episodes as a viewer may see them, in the order given.</summary>
    internal static async Task<ImmutableArray<EpisodeDocument>> Documents(
        ImmutableArray<EpisodeRow> rows, PupilCounts counts, Viewer viewer, SchoolDaysMissing days, CancellationToken cancel)
    {
        var data = ImmutableArray.CreateBuilder<EpisodeDocument>(rows.Length);
        foreach (var (row, count) in rows.Zip(await counts.OfAllAsync(rows, cancel))) { data.Add(await Document(row, count, viewer, days, cancel)); }
        return data.MoveToImmutable();
    }

    private static async ValueTask<EpisodeDocument> Document(
        EpisodeRow row, AttendanceCounts counts, Viewer viewer, SchoolDaysMissing days, CancellationToken cancel) =>
        row.ToDocument(await days.CountAsync(row.Authority, row.Urn, row.FirstDayMissing, row.ClosedAt, cancel), counts, viewer.Layers, days.Now);
}
