using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.Referrals;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Api.Idempotency;
using Cme.Web.Records;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Records;

/// <summary>Opening the records that an authority leads. Once open, they are read and worked on like every episode.</summary>
internal static class RecordEndpoints
{
    private static readonly ImmutableArray<string> Reasons = [.. MissingReasons.All.Select(reason => reason.Id)];

    public static void MapRecords(this IEndpointRouteBuilder api)
    {
        api.MapPost("/children/{childId}/records", Open).WithTags("Children").Audited(ReadKinds.Child).RequireAuthorization(Policies.AuthorityCases)
            .WithName("OpenRecord").WithSummary("Open a record that the authority leads")
            .WithDescription("The authority's keys only: a child off roll (cme), one reported to the police (missing-person), one educated at home "
                + "(home-education). A child has one of each kind open at a time: where one is open it is answered with 200, and linked with the record "
                + "that `linkedTo` names.")
            .Takes<RecordDocument>().Answers<EpisodeDocument>(201, 200).Refuses("forbidden", "unknown-child");
        api.MapPost("/referrals/{referral}/accept", Accept).WithTags("Referrals").Audited(ReadKinds.Referral).RequireAuthorization(Policies.AuthorityCases)
            .WithName("AcceptReferral").WithSummary("Take a referral on")
            .WithDescription("The authority's keys only. Opens the record that the referral asks for, or finds the one of its kind that is open, and joins the "
                + "referral to it. A referral whose child nobody has recognised needs `newChild`: a child on no roll here.")
            .Takes<AcceptanceDocument>().Answers<EpisodeDocument>(201, 200).Refuses("forbidden", "unknown-referral", "unmatched-referral");
    }

    internal static async Task<IResult> Open(
        HttpContext context, string childId, ISchools schools, IEpisodes episodes, AuthorityRecords records, SchoolDaysMissing days, PupilCounts counts,
        [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        var pupils = await schools.PupilsOfChildAsync(viewer.Authority, childId, context.RequestAborted);
        if (pupils.IsEmpty) { return Problems.Of("unknown-child", "Your organisation has no child with this id."); }
        var today = London.DateOf(clock.GetUtcNow());
        var (asked, problem) = await Body.ReadAsync(context.Request, body => new RecordAsked(
            Kind(body), Since(body, today), Reason(body), body.OptionalText("linkedTo"), body.OptionalText("note", Fields.LongText),
            IdempotentPosts.SendingOf(context)));
        if (problem is not null) { return problem; }
        if (asked.LinkedTo is { } cause && (await EpisodeEndpoints.Find(viewer, cause, episodes, context.RequestAborted))?.ChildId != childId)
        {
            return Problems.Invalid([new("/linkedTo", "unknown-episode", "'linkedTo' must be the reference of a record of this child.")]);
        }
        var opened = await records.OpenAsync(viewer, pupils, asked);
        return await Opened(context, opened.Reference, opened.IsNew, episodes, days, counts);
    }

    internal static async Task<IResult> Accept(
        HttpContext context, string referral, IReferrals referrals, IEpisodes episodes, ReferralAcceptance acceptance, SchoolDaysMissing days, PupilCounts counts,
        [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        if (await referrals.GetAsync(viewer.Authority, null, referral, context.RequestAborted) is not { } held)
        {
            return Problems.Of("unknown-referral", "Your organisation has no referral with this reference.");
        }
        var today = London.DateOf(clock.GetUtcNow());
        var (asked, problem) = await Body.ReadAsync(context.Request, body => (
            Record: new RecordAsked(
                body.Choice("kind", EpisodeKinds.OfAuthority, EpisodeKinds.OfAuthority.Contains(held.Kind) ? held.Kind : EpisodeKinds.Cme), Since(body, today), Reason(body), null,
                body.OptionalText("note", Fields.LongText), IdempotentPosts.SendingOf(context)),
            Child: body.Object("newChild", required: false) is { } child
                ? new NewChild(child.Text("forename"), child.Text("surname"), child.Date("dateOfBirth"), child.OptionalText("sex"), child.OptionalText("yearGroup"), child.OptionalText("upn")?.ToUpperInvariant())
                : null));
        if (problem is not null) { return problem; }
        return await acceptance.AcceptAsync(viewer, held, asked.Record, asked.Child, context.RequestAborted) is { } accepted
            ? await Opened(context, accepted.Reference, accepted.IsNew, episodes, days, counts)
            : Problems.Of("unmatched-referral", "Nobody has said which child this referral is about. Have somebody match it, or send 'newChild' for a child who is on no roll here.");
    }

    private static string Kind(Fields body)
    {
        var kind = body.Text("kind");
        if (kind.Length > 0 && !EpisodeKinds.OfAuthority.Contains(kind)) { body.Wrong("kind", "unknown-value", $"must be one of: {string.Join(", ", EpisodeKinds.OfAuthority)}"); }
        return kind;
    }

    private static DateOnly Since(Fields body, DateOnly today)
    {
        var since = body.OptionalDate("since") ?? today;
        if (since > today) { body.Wrong("since", "in-future", "must not be after today"); }
        return since;
    }

    private static string? Reason(Fields body)
    {
        var reason = body.OptionalText("reason");
        if (reason is not null && !Reasons.Contains(reason)) { body.Wrong("reason", "unknown-value", $"must be one of: {string.Join(", ", Reasons)}"); }
        return reason;
    }

    private static async Task<IResult> Opened(
        HttpContext context, string reference, bool isNew, IEpisodes episodes, SchoolDaysMissing days, PupilCounts counts)
    {
        var viewer = Viewer.Of(context.User);
        if (await EpisodeEndpoints.Find(viewer, reference, episodes, context.RequestAborted) is not { } row) { return Problems.UnknownEpisode(); }
        ReadNote.Of(context).ChildId = row.ChildId;
        context.Response.Headers.Location = $"/api/v1/episodes/{reference}";
        var document = (await EpisodeEndpoints.Documents([row], counts, viewer, days, context.RequestAborted))[0];
        return Answer.Made(isNew ? 201 : 200, document, EdgeJson.Default.EpisodeDocument, row.Version);
    }
}
