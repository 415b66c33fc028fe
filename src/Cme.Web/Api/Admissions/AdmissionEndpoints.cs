using System.Collections.Immutable;
using System.ComponentModel;
using Cme.Domain.Children;
using Cme.Storage.Schools;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Admissions;

/// <summary>Which documents of admissions were seen.</summary>
internal static class AdmissionEndpoints
{
    public static void MapAdmissions(this IEndpointRouteBuilder api)
    {
        var admissions = api.MapGroup("/schools/{urn}/admissions").WithTags("Schools").RequireAuthorization(Scopes.SchoolWrite);

        admissions.MapGet("", List).Audited(ReadKinds.Roll)
            .WithName("ListAdmissions").WithSummary("List pupils who came within a year, and which documents were seen")
            .WithDescription("What a parent is asked to show at admission (DOR-03): who the parent and the child are, their status in the United Kingdom, where they "
                + "live. Nothing of an admission waits for it: `notSeen` is a reminder, for a year after the entry date.")
            .Asks("state", "open: only those of whom something was not seen; all unless said.", "open")
            .Answers<AdmissionList>(200).Refuses("unknown-school", "invalid");
        admissions.MapPost("", Record)
            .WithName("RecordAdmissionDocument").WithSummary("Record that a document of an admission was seen")
            .WithDescription("One of parent-identity, child-identity, uk-status and address. Another entry of the same proof takes the place of the one before; both are "
                + "kept. `takeBack` says that the one before was a mistake. Of the status only that it was seen is kept, and not on which document.")
            .Takes<AdmissionDocumentEntry>().Answers<HeldAdmission>(201).Refuses("unknown-school", "unknown-pupil", "precondition-failed");
    }

    internal static async Task<IResult> List(HttpContext context, string urn, string? limit, AdmissionDesk desk, ISchools schools)
    {
        if (await SchoolEndpoints.Find(context, urn, schools) is null) { return Problems.UnknownSchool(urn); }
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        if (context.Request.Query["state"] is [var state] && state is not ("open" or "all")) { faults.Add(Parameters.Wrong("state", "unknown-value", "must be open or all")); }
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        var listed = await desk.ListAsync(Viewer.Of(context.User).Authority, urn, context.Request.Query["state"] == "open", wanted, context.RequestAborted);
        ReadNote.Of(context).Rows(listed.Select(one => one.Pupil.ChildId));
        return Answer.Ok(new AdmissionList([.. listed.Select(Held)]), EdgeJson.Default.AdmissionList);
    }

    internal static async Task<IResult> Record(HttpContext context, string urn, AdmissionDesk desk, ISchools schools)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (sent, problem) = await Body.ReadAsync(context.Request, body => (
            Pupil: body.Text("pupil"),
            Seen: new DocumentSeen(body.Text("proof"), body.OptionalText("document"), body.Date("seenOn"), body.Text("seenBy"), body.Flag("takeBack", false))));
        if (problem is not null) { return problem; }
        if (await desk.FindAsync(viewer.Authority, urn, sent.Pupil, context.RequestAborted) is not { } one)
        {
            const string detail = "The school's list has no pupil with that id. Send the roll first.";
            return Problems.Of("unknown-pupil", detail, [new("/pupil", "unknown-pupil", detail)]);
        }
        if (desk.WhyNot(one, sent.Seen) is var (field, code, message)) { return Problems.Invalid([new($"/{field}", code, $"'{field}': {message}")]); }
        if (!await desk.RecordAsync(viewer, one, sent.Seen, context.RequestAborted))
        {
            return Problems.Of("precondition-failed", "Somebody has recorded it meanwhile. Read what is held, and send yours again if it is still right.");
        }
        return Answer.WithStatus(201, Held((await desk.FindAsync(viewer.Authority, urn, sent.Pupil, context.RequestAborted))!), EdgeJson.Default.HeldAdmission);
    }

    private static HeldAdmission Held(AdmissionNow one) => new()
    {
        School = one.Pupil.Urn, Pupil = one.Pupil.SchoolPupilId, ChildId = one.Pupil.ChildId, EntryDate = one.Pupil.EntryDate,
        Seen = [.. one.Seen.Select(entry => new SeenDocument(entry.Proof, entry.Document, entry.SeenOn, entry.SeenBy, entry.RecordedAt))],
        NotSeen = [.. one.NotSeen.Select(proof => proof.Id)],
    };
}

/// <summary>A document of an admission that was seen.</summary>
public sealed record AdmissionDocumentEntry
{
    [Description("The pupil's id in your system.")]
    public required string Pupil { get; init; }
    [Description("parent-identity, child-identity, uk-status or address.")]
    public required string Proof { get; init; }
    [Description("Which document it was, such as a birth certificate; not for uk-status.")]
    public string? Document { get; init; }
    public required DateOnly SeenOn { get; init; }
    [Description("The name of whoever saw it.")]
    public required string SeenBy { get; init; }
    [Description("True takes the entry before back.")]
    public bool TakeBack { get; init; }
}

/// <summary>Pupils whom a school has admitted.</summary>
public sealed record AdmissionList(ImmutableArray<HeldAdmission> Data);

/// <summary>A pupil whom a school has admitted.</summary>
public sealed record HeldAdmission
{
    public required string School { get; init; }
    public required string Pupil { get; init; }
    public required string ChildId { get; init; }
    public required DateOnly EntryDate { get; init; }
    public required ImmutableArray<SeenDocument> Seen { get; init; }
    [Description("What was not seen. A reminder: nothing waits for it.")]
    public required ImmutableArray<string> NotSeen { get; init; }
}

/// <summary>A document that was seen.</summary>
/// <param name="By">Who saw it.</param>
public sealed record SeenDocument(string Proof, string? Document, DateOnly SeenOn, string By, DateTimeOffset RecordedAt);
