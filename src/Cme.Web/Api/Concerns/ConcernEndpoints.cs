using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cme.Domain.Concerns;
using Cme.Domain.Procedures;
using Cme.Storage.Concerns;
using Cme.Storage.Schools;
using Cme.Web.Api.Idempotency;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Concerns;

/// <summary>What anybody reports of a child (CHE-04), and what the council does about it.</summary>
internal static class ConcernEndpoints
{
    public static void MapConcerns(this IEndpointRouteBuilder api)
    {
        var concerns = api.MapGroup("/concerns").WithTags("Concerns");

        concerns.MapPost("", Report).AllowAnonymous()
            .WithName("ReportConcern").WithSummary("Report a concern about a child")
            .WithDescription("For anybody, without a key. Everything may be left out but one thing by which the child can be recognised: a name, school, address, "
                + "postcode or description. The answer is a reference, and never says whether the child is known. Nobody may read it at once: if a child is in "
                + "danger now, call 999. Send an `Idempotency-Key`, and the same report under the same key is taken once.")
            .Takes<ConcernDocument>().Answers<ConcernReceipt>(202).Refuses("too-many-requests", "invalid");
        concerns.MapGet("", List).RequireAuthorization(Policies.AuthorityReads).Audited(ReadKinds.Concern)
            .WithName("ListConcerns").WithSummary("List concerns, newest first")
            .WithDescription("For an authority's key only: no school is told of a report, nor who made it.")
            .Asks("status", "open, closed or all; open unless said.", "open")
            .Answers<ConcernList>(200).Refuses("invalid");
        concerns.MapGet("/{concern}", Get).RequireAuthorization(Policies.AuthorityReads).Audited(ReadKinds.Concern)
            .WithName("GetConcern").WithSummary("Read a concern")
            .WithDescription("Without who reported, and without narrative: those are for people.")
            .Answers<HeldConcern>(200).Refuses("unknown-concern");
        concerns.MapPost("/{concern}/actions", Act).RequireAuthorization(Policies.AuthorityCases).Audited(ReadKinds.Concern)
            .WithName("RecordConcernAction").WithSummary("Record what was done about a concern")
            .WithDescription("Checks come before anybody contacts the family (CHE-06): `contact-family` is refused with 409 `checks-first` until `conclude-checks` says "
                + "that it may be, and with `do-not-contact-family` where that could put the child in danger. Actions and outcomes: " + Catalogue() + ".")
            .Takes<ConcernActionDocument>().Answers<HeldConcern>(200)
            .Refuses("unknown-concern", "unknown-child", "outcome-not-allowed", "whom-not-allowed", "note-required", "at-in-future", "at-before-received", "closed", "not-closed",
                "claimed", "screen-first", "match-first", "checks-first", "refer-first", "other-children-first", "do-not-contact-family");
    }

    internal static async Task<IResult> Report(HttpContext context, ConcernIntake intake, ConcernLimits limits)
    {
        if (!limits.MayReport(context))
        {
            return Problems.Of("too-many-requests", "Too many concerns came from your network address. Wait as long as Retry-After says, or telephone the council. "
                + "If a child is in danger now, call 999.") with { RetryAfter = (int)ConcernLimits.Window.TotalSeconds };
        }
        var (sent, problem) = await Body.ReadAsync(context.Request, ConcernReading.Report);
        if (problem is not null) { return problem; }
        var (authority, wrong) = await intake.AuthorityOfAsync(sent.Authority, sent.Postcode ?? sent.Child.Postcode, context.RequestAborted);
        if (wrong is not null) { return Problems.Invalid([wrong]); }
        var reference = await intake.TakeAsync(authority!, sent, "interface", SendingOf(context, sent), suspect: false, "", null, CancellationToken.None);
        return Answer.WithStatus(202, new ConcernReceipt(reference), EdgeJson.Default.ConcernReceipt);
    }

    internal static async Task<IResult> List(HttpContext context, string? limit, string? cursor, IConcerns concerns, ConcernDesk desk)
    {
        var viewer = Viewer.Of(context.User);
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        var before = Paging.ReadPlace(cursor, faults);
        var status = context.Request.Query["status"] is [var asked] ? asked : "open";
        if (status is not ("open" or "closed" or "all")) { faults.Add(Parameters.Wrong("status", "unknown-value", "must be open, closed or all")); }
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        var page = await concerns.ListAsync(viewer.Authority, status == "all" ? null : status == "open", before, wanted + 1, context.RequestAborted);
        if (page.Length > wanted)
        {
            page = page[..wanted];
            Paging.LinkNext(context, Paging.WriteCursor(page[^1].Concern.Received.At, page[^1].Reference));
        }
        ReadNote.Of(context).Rows(page.Select(one => one.Reference));
        var offices = await desk.OfficesAsync(viewer.Authority, context.RequestAborted);
        return Answer.Ok(new ConcernList([.. page.Select(one => Held(one, ConcernDuties.Of(one.Concern, one.Child, offices, desk.Now)))]), EdgeJson.Default.ConcernList);
    }

    internal static async Task<IResult> Get(HttpContext context, string concern, IConcerns concerns, ConcernDesk desk)
    {
        var viewer = Viewer.Of(context.User);
        return await concerns.GetAsync(viewer.Authority, concern, context.RequestAborted) is { } held
            ? await Whole(context, viewer, held, desk) : Unknown();
    }

    internal static async Task<IResult> Act(HttpContext context, string concern, ConcernDesk desk, ISchools schools, IColleagues colleagues)
    {
        var viewer = Viewer.Of(context.User);
        var (sent, problem) = await Body.ReadAsync(context.Request, ConcernReading.Act);
        if (problem is not null) { return problem; }
        if (sent.ChildId is { } child && (await schools.PupilsOfChildAsync(viewer.Authority, child, context.RequestAborted)).IsEmpty)
        {
            return Problems.Of("unknown-child", "Your organisation has no child with this id.");
        }
        var officer = sent.Officer is { } name ? await colleagues.IdOfAsync(viewer.Authority, viewer.Authority, name) : null;
        if (sent.Officer is not null && officer is null)
        {
            return Problems.Invalid([new("/officer", "unknown-value", "'officer' is nobody of your organisation, or more than one person.")]);
        }
        var answer = await desk.ActAsync(viewer, concern, desk.DeedOf(viewer, sent.Action, sent.Outcome) with
        {
            At = sent.At ?? desk.Now, Whom = sent.Whom, Way = sent.Way, Child = sent.ChildId, Officer = officer, OfficerName = officer is null ? null : sent.Officer,
            Note = sent.Note, Sending = IdempotentPosts.SendingOf(context),
        }, context.RequestAborted);
        return answer switch
        {
            { Why: { } why } => Problems.Of(why.Code, why.Message),
            { Record: { } held } => await Whole(context, viewer, held, desk),
            _ => Unknown(),
        };
    }

    private static async Task<IResult> Whole(HttpContext context, Viewer viewer, ConcernRecord held, ConcernDesk desk)
    {
        ReadNote.Of(context).ChildId = held.Concern.Child;
        var offices = await desk.OfficesAsync(viewer.Authority, context.RequestAborted);
        return Answer.Changing(Held(held, ConcernDuties.Of(held.Concern, held.Child, offices, desk.Now)), EdgeJson.Default.HeldConcern, held.Version);
    }

    /// <summary>A concern as a key may see it: facts by which to work, no narrative, and nothing of who reported (FACTS D3).</summary>
    private static HeldConcern Held(ConcernRecord record, ImmutableArray<ConcernDuty> duties)
    {
        var (told, concern) = (ConcernIntake.Told(record), record.Concern);
        return new()
        {
            Reference = record.Reference, ReceivedAt = concern.Received.At, Channel = concern.Received.Channel, Worry = concern.Received.Worry,
            ImmediateDanger = concern.Received.Danger, Stage = Words(concern.Stage), Risk = concern.Risk, Language = told.Language, ChildId = concern.Child,
            Child = told.Child with
            {
                Description = null, Address = Masks.Address(told.Child.Address, record.AddressHidden), Postcode = Masks.Address(told.Child.Postcode, record.AddressHidden),
            },
            Episode = record.JoinedAt is null ? null : record.Episode, Holder = concern.Holder?.Name, Outcome = concern.Outcome, Withheld = true, Version = record.Version,
            Duties =
            [
                .. duties.Select(duty => new ConcernDutyDocument
                {
                    Step = duty.Step.Id, Clause = duty.Step.Clause, What = duty.Step.What, Who = duty.Step.Who, DueAt = duty.DueAt, ActBy = duty.ActBy,
                    State = duty.State.ToString().ToLowerInvariant(), Level = Levels.Name(duty.Level),
                }),
            ],
        };
    }

    /// <summary>
    /// Of whoever is unknown a key tells a repetition together with the words only: a stranger who has somebody's key learns no reference by it.
    /// </summary>
    private static string? SendingOf(HttpContext context, ConcernDocument sent) => context.Request.Headers[IdempotentPosts.Header] is [{ Length: > 0 } key]
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{System.Text.Json.JsonSerializer.Serialize(sent, EdgeJson.Default.ConcernDocument)}"))) : null;

    private static string Words(ConcernStage stage) => stage switch
    {
        ConcernStage.NotKnown => "not-known", ConcernStage.FamilyContacted => "family-contacted", var one => one.ToString().ToLowerInvariant(),
    };

    private static string Catalogue() =>
        string.Join("; ", ConcernActs.All.Select(act => $"`{act.Id}`{(act.Outcomes.IsEmpty ? "" : $" ({string.Join(", ", act.Outcomes)})")}"));

    private static ProblemResult Unknown() => Problems.Of("unknown-concern", "Your organisation has no concern with this reference.");
}
