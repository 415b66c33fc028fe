using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Cme.Storage.Episodes;
using Cme.Web.Api.Episodes;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Enquiries;

/// <summary>The checklist of the enquiries that school and authority make together.</summary>
internal static class EnquiryEndpoint
{
    public static void MapEnquiries(this IEndpointRouteBuilder api) =>
        api.MapGet("/episodes/{reference}/enquiries", Get).Audited(ReadKinds.Record).RequireAuthorization(Scopes.CaseRead).WithTags("Episodes")
            .WithName("GetEnquiries").WithSummary("Read the checklist of the joint enquiries")
            .WithDescription("What the episode's procedure and the national guidance ask for, line by line: who was asked, by whom, when, how and what came of it, and what "
                + "is still to be asked. Either side ticks a line by recording its `action` about its `whom` with POST …/actions. A visit waits for its risk "
                + "assessment (`assess-first`); what would reach a family that must not be contacted is `stopped`. A referral held back stands until a new concern ends that.")
            .Answers<EnquiriesDocument>(200).Refuses("unknown-episode");

    internal static async Task<IResult> Get(HttpContext context, string reference, IEpisodes episodes, EnquiryReader reader)
    {
        var viewer = Viewer.Of(context.User);
        // A school that the child has left keeps what it recorded, and has no part in the search any more.
        if (await EpisodeEndpoints.Find(viewer, reference, episodes, context.RequestAborted) is not { } row
            || Access.Of(viewer, row) is not { EvidenceOf: null } access
            || await reader.ReadAsync(viewer, access, row, context.RequestAborted) is not { } now)
        {
            return Problems.UnknownEpisode();
        }
        return Answer.Changing(ToDocument(row.Reference, now), EdgeJson.Default.EnquiriesDocument, row.Version);
    }

    private static EnquiriesDocument ToDocument(string reference, EnquiriesNow now) => new()
    {
        Reference = reference,
        Lines =
        [
            .. now.Lines.Select(one => new EnquiryLineDocument
            {
                Line = one.Line.Id, Side = Kebab(one.Line.Side), Action = one.Line.Action, Whom = one.Line.Whom, What = one.Line.What,
                Clauses = one.Line.Clauses, State = Kebab(one.Line.State), Manner = one.Line.Manner.Length > 0 ? one.Line.Manner : null,
                Records = [.. one.Records.Select(Record)],
            }),
        ],
        Others = [.. now.Others.Select(Record)],
        Addresses = [.. now.Addresses.Select(one => new EnquiredAddress(one.One.Ref, one.Words, Kebab(one.One.State), one.One.Acts))],
        Siblings = [.. now.Siblings.Select(one => new EnquiredSibling(one.One.Ref, Kebab(one.One.State), one.One.Acts))],
        VisitAssessed = now.VisitAssessed,
        HeldReferral = now is { Held: { } held, HeldBy: { } by } ? new() { By = by.By, At = by.At, Note = by.Note, EndedBy = held.EndedBy, EndedAt = held.EndedAt } : null,
        Reviews = [.. now.Reviews.Select(Record)],
        NextReview = now.NextReview?.DueAt,
    };

    private static EnquiryRecordDocument Record(EnquiryRecord one) => new()
    {
        Number = one.Number, By = one.By, Role = one.Role, At = one.At, Together = one.Together, Channel = one.How, Outcome = one.Outcome, Note = one.Note,
        Plan = one.Plan is { } plan ? new PlanDocument(plan.What, plan.Owner, plan.By) : null,
    };

    private static string Kebab<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>The checklist of an episode.</summary>
public sealed record EnquiriesDocument
{
    public required string Reference { get; init; }
    public required ImmutableArray<EnquiryLineDocument> Lines { get; init; }
    [Description("Enquiries of which nobody said whom they were about.")]
    public required ImmutableArray<EnquiryRecordDocument> Others { get; init; }
    [Description("Where the child may live: each address is visited, or somebody says why not (SUF-26). None where addresses are hidden.")]
    public required ImmutableArray<EnquiredAddress> Addresses { get; init; }
    [Description("Children who may be of the same family: the school of each is asked (CHE-11).")]
    public required ImmutableArray<EnquiredSibling> Siblings { get; init; }
    [Description("Whether the risk of the next visit has been weighed.")]
    public required bool VisitAssessed { get; init; }
    [Description("The referral that was held back (DOR-20), if one was.")]
    public HeldReferralDocument? HeldReferral { get; init; }
    [Description("Reviews, the latest first, each with its plan.")]
    public required ImmutableArray<EnquiryRecordDocument> Reviews { get; init; }
    [Description("When the joint review is due, where the procedure asks for one.")]
    public DateTimeOffset? NextReview { get; init; }
}

/// <summary>An address where the child may live.</summary>
/// <param name="Key">Send it along with a visit to this address, or with the reason why nobody goes: evidence of kind <c>address</c>.</param>
/// <param name="State">to-ask, assess-first, stopped, asked (visited) or left-out.</param>
/// <param name="Records">The numbers of the actions that were about it.</param>
public sealed record EnquiredAddress(string Key, string Address, string State, ImmutableArray<int> Records);

/// <summary>A child who may be of the same family.</summary>
/// <param name="Child">Send it along with the enquiry at the child's school: evidence of kind <c>child</c>.</param>
/// <param name="State">to-ask, asked or left-out.</param>
/// <param name="Records">The numbers of the actions that were about it.</param>
public sealed record EnquiredSibling(string Child, string State, ImmutableArray<int> Records);

/// <summary>One line of the checklist.</summary>
public sealed record EnquiryLineDocument
{
    [Description("Stable, for programs.")]
    public required string Line { get; init; }
    [Description("school or authority: whose it usually is. Either may record it.")]
    public required string Side { get; init; }
    [Description("What to record it as.")]
    public required string Action { get; init; }
    [Description("Whom to record it about.")]
    public string? Whom { get; init; }
    public required string What { get; init; }
    [Description("The rules that ask for it.")]
    public required ImmutableArray<string> Clauses { get; init; }
    [Description("to-ask, assess-first, stopped or asked.")]
    public required string State { get; init; }
    [Description("How it is to be asked, where that matters.")]
    public string? Manner { get; init; }
    public required ImmutableArray<EnquiryRecordDocument> Records { get; init; }
}

/// <summary>An enquiry that was made, or a review.</summary>
public sealed record EnquiryRecordDocument
{
    [Description("The number of the action.")]
    public required int Number { get; init; }
    public required string By { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset At { get; init; }
    [Description("Who went or asked along.")]
    public string? Together { get; init; }
    public string? Channel { get; init; }
    public string? Outcome { get; init; }
    public string? Note { get; init; }
    public PlanDocument? Plan { get; init; }
}

/// <summary>A referral that was held back.</summary>
public sealed record HeldReferralDocument
{
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    [Description("The reasons; left out for whom they are not to be read by.")]
    public string? Note { get; init; }
    [Description("The concern that ended it; left out while it stands.")]
    public string? EndedBy { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}
