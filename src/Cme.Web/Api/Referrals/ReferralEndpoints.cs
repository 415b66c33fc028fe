using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Referrals;
using Cme.Storage.Referrals;
using Cme.Web.Api.Idempotency;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Api.Referrals;

/// <summary>What somebody reports of a child who may be missing education, whoever the child is.</summary>
internal static class ReferralEndpoints
{
    private static readonly string[] Kinds = ["whereabouts", "cme", "missing-person", "home-education"];

    public static void MapReferrals(this IEndpointRouteBuilder api)
    {
        var referrals = api.MapGroup("/referrals").WithTags("Referrals").Audited(ReadKinds.Referral);

        referrals.MapPost("", Post).RequireAuthorization(Scopes.ReferralWrite)
            .WithName("PostReferral").WithSummary("Refer a child")
            .WithDescription("Always taken, and answered with a reference of its own. A child who is recognised by UPN, or by forename, surname and birth "
                + "date, has it joined to the open episode; `episode` is told only where it is your organisation's. One of whom nobody is sure "
                + "waits for a person at the authority.")
            .Takes<ReferralDocument>().Answers<HeldReferral>(201);
        referrals.MapGet("", List).RequireAuthorization(Scopes.CaseRead)
            .WithName("ListReferrals").WithSummary("List referrals, newest first")
            .WithDescription("An authority's key lists all of its authority, a school's key its own.")
            .Asks("unmatched", "true: only those of which nobody knows yet which child they are about.", "true")
            .Answers<ReferralList>(200).Refuses("invalid");
        referrals.MapGet("/{referral}", Get).RequireAuthorization(Scopes.CaseRead)
            .WithName("GetReferral").WithSummary("Read a referral")
            .Answers<HeldReferral>(200).Refuses("unknown-referral");
    }

    internal static async Task<IResult> Post(
        HttpContext context, IReferrals referrals, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        var (referral, problem) = await Body.ReadAsync(context.Request, Read);
        if (problem is not null) { return problem; }
        var (sent, recognition) = referral;

        var held = await referrals.AddAsync(new()
        {
            Reference = ReferralReference.Create(RandomNumberGenerator.GetBytes(8)), Authority = viewer.Authority, Organisation = viewer.Organisation,
            Sending = IdempotentPosts.SendingOf(context), Kind = sent.Kind, ReceivedAt = clock.GetUtcNow(), RecordedBy = viewer.Id,
            Body = JsonSerializer.SerializeToUtf8Bytes(sent, EdgeJson.Default.ReferralDocument),
        }, recognition);
        await Join(held, referrals, grains, clock);
        context.Response.Headers.Location = $"/api/v1/referrals/{held.Reference}";
        var now = await referrals.GetAsync(viewer.Authority, viewer.Organisation, held.Reference);
        return Answer.WithStatus(201, Held(now!, viewer), EdgeJson.Default.HeldReferral);
    }

    internal static async Task<IResult> Get(HttpContext context, string referral, IReferrals referrals)
    {
        var viewer = Viewer.Of(context.User);
        return await referrals.GetAsync(viewer.Authority, viewer.School, referral, context.RequestAborted) is { } held
            ? Answer.Ok(Held(held, viewer), EdgeJson.Default.HeldReferral)
            : Problems.Of("unknown-referral", "Your organisation has no referral with this reference.");
    }

    internal static async Task<IResult> List(HttpContext context, string? limit, string? cursor, IReferrals referrals)
    {
        var viewer = Viewer.Of(context.User);
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        var before = Paging.ReadPlace(cursor, faults);
        if (context.Request.Query["unmatched"] is [var asked] && asked is not ("true" or "false"))
        {
            faults.Add(Parameters.Wrong("unmatched", "unknown-value", "must be true or false"));
        }
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        var page = await referrals.ListAsync(
            viewer.Authority, viewer.School, context.Request.Query["unmatched"] == "true", before, wanted + 1, context.RequestAborted);
        if (page.Length > wanted)
        {
            page = page[..wanted];
            Paging.LinkNext(context, Paging.WriteCursor(page[^1].ReceivedAt, page[^1].Reference));
        }
        ReadNote.Of(context).Rows(page.Select(one => one.Reference));
        return Answer.Ok(new ReferralList([.. page.Select(one => Held(one, viewer))]), EdgeJson.Default.ReferralList);
    }

    /// <summary>Tells the episode. Should it have closed meanwhile, the referral waits for a person like any other.</summary>
    internal static async Task Join(ReferralRecord referral, IReferrals referrals, IGrainFactory grains, TimeProvider clock)
    {
        if (referral is not { Episode: { } episode, JoinedAt: null }) { return; }
        var joined = await grains.GetGrain<IEpisodeGrain>(episode).Join(referral.Reference, referral.Kind, referral.RecordedBy);
        await referrals.JoinedAsync(referral.Reference, joined.RefusalCode is null ? episode : null, clock.GetUtcNow());
    }

    private static (ReferralDocument Sent, Recognition Child) Read(Fields body)
    {
        var child = body.Object("child");
        var referrer = body.Object("referrer");
        var sent = new ReferralDocument
        {
            Kind = body.Choice("kind", Kinds, "cme"), Concerns = body.Text("concerns", Fields.LongText), EnquiriesDone = body.Narratives("enquiriesDone"),
            Child = child is { } known ? ReferredChild(known) : new(),
            Referrer = referrer is { } who
                ? new() { Name = who.Text("name"), Role = who.Text("role"), Org = who.OptionalText("org"), Phone = who.OptionalText("phone"), Email = who.OptionalText("email") }
                : new() { Name = "", Role = "" },
        };
        if (child is { } some && sent.Child is { Upn: null, Forename: null, Surname: null })
        {
            some.Wrong("", "unrecognisable", "must say at least one of upn, forename and surname");
        }
        return (sent, new(sent.Child.Upn, sent.Child.Forename, sent.Child.Surname, sent.Child.DateOfBirth));
    }

    private static ReferredChild ReferredChild(Fields child) => new()
    {
        Upn = child.OptionalText("upn")?.ToUpperInvariant(), Forename = child.OptionalText("forename"), Surname = child.OptionalText("surname"),
        DateOfBirth = child.OptionalDate("dateOfBirth"), Sex = child.OptionalText("sex"), YearGroup = child.Has("yearGroup") ? child.TextOrNumber("yearGroup") : null,
        School = child.OptionalText("school"), Address = child.OptionalText("address", Fields.LongText), Postcode = child.OptionalText("postcode"),
        FirstLanguage = child.OptionalText("firstLanguage"), Contacts = child.Narratives("contacts"), Siblings = child.Narratives("siblings"),
        LastSeen = child.OptionalText("lastSeen", Fields.LongText), Other = child.OptionalText("other", Fields.LongText),
    };

    /// <summary>A referral as its reader may see it. To a school, whether a child is known at all is nothing that it may learn by referring one.</summary>
    internal static HeldReferral Held(ReferralRecord referral, Viewer viewer)
    {
        var sent = JsonSerializer.Deserialize(referral.Body, EdgeJson.Default.ReferralDocument) ?? throw new JsonException("A stored referral was null.");
        var narrative = Masks.Narrative(viewer, referral.Organisation);
        var child = sent.Child with
        {
            Address = Masks.Address(sent.Child.Address, referral.AddressHidden), Postcode = Masks.Address(sent.Child.Postcode, referral.AddressHidden),
        };
        return new()
        {
            Reference = referral.Reference, ReceivedAt = referral.ReceivedAt, Organisation = referral.Organisation, Kind = sent.Kind,
            Child = narrative ? child : child with { Contacts = [], LastSeen = null, Other = null },
            Concerns = narrative ? sent.Concerns : "", Referrer = narrative ? sent.Referrer : sent.Referrer with { Name = "", Phone = null, Email = null },
            EnquiriesDone = narrative ? sent.EnquiriesDone : [], Withheld = narrative ? null : true,
            Episode = referral is { JoinedAt: not null, EpisodeUrn: { } urn } && Scope.MayReadSchool(viewer, urn) ? referral.Episode : null,
            ChildId = viewer.OfAuthority ? referral.ChildId : null, MatchedBy = viewer.OfAuthority ? referral.MatchedBy ?? "nobody" : null,
        };
    }
}
