using System.Collections.Immutable;
using System.ComponentModel;
using Cme.Domain.Procedures;
using Cme.Storage.Schools;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using FileTransfers = Cme.Domain.Procedures.Transfers;

namespace Cme.Web.Api.Transfers;

/// <summary>The common transfer files of pupils whose names came off a roll.</summary>
internal static class TransferEndpoints
{
    private static readonly string[] Routes = [FileTransfers.NewSchool, FileTransfers.LostPupils, FileTransfers.ShortStay];

    public static void MapTransfers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/transfers", List).Audited(ReadKinds.List).RequireAuthorization(Scopes.CaseRead).WithTags("Transfers")
            .WithName("ListTransfers").WithSummary("List pupils who have left, and where their files stand, the earliest first")
            .WithDescription("The file is due at the new school 15 school days after the last day on roll (DOR-31). An overdue one climbs like any task of the "
                + "school: `level` 1 the DSL, 2 the head, 3 the duty desk, 4 the CME lead. Those of the last year are listed.")
            .Asks("state", "open: only those still to be sent; all unless said.", "open")
            .Answers<TransferList>(200).Refuses("invalid");
        api.MapPost("/schools/{urn}/transfers", Record).RequireAuthorization(Scopes.CaseWrite).WithTags("Transfers")
            .WithName("RecordTransfer").WithSummary("Record that a pupil's file was sent, or why it is not owed")
            .WithDescription("To the `new-school`; to the `lost-pupils` part of the transfer site where the new school cannot reasonably be found out; or "
                + "`short-stay` for a pupil registered for less than four weeks, of whom nothing is sent (DOR-32). It is an act of the child's open episode too. "
                + "Another entry takes the place of the one before; both are kept.")
            .Takes<TransferEntry>().Answers<HeldTransfer>(201)
            .Refuses("unknown-school", "not-left", "not-exempt", "at-in-future", "precondition-failed");
    }

    internal static async Task<IResult> List(HttpContext context, string? limit, TransferDesk desk)
    {
        var viewer = Viewer.Of(context.User);
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        if (context.Request.Query["state"] is [var state] && state is not ("open" or "all")) { faults.Add(Parameters.Wrong("state", "unknown-value", "must be open or all")); }
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        var listed = await desk.ListAsync(viewer.Authority, viewer.School, context.Request.Query["state"] == "open", wanted, context.RequestAborted);
        ReadNote.Of(context).Rows(listed.Select(one => one.Leaver.ChildId));
        return Answer.Ok(new TransferList([.. listed.Select(Held)]), EdgeJson.Default.TransferList);
    }

    internal static async Task<IResult> Record(HttpContext context, string urn, TransferDesk desk, ISchools schools)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (sent, problem) = await Body.ReadAsync(context.Request, Read);
        if (problem is not null) { return problem; }
        if (await desk.FindAsync(viewer.Authority, urn, sent.Pupil, context.RequestAborted) is not { } one)
        {
            const string detail = "No pupil of this school who has left within the last year has that id. Send the roll with the leaving date first.";
            return Problems.Of("not-left", detail, [new("/pupil", "not-left", detail)]);
        }
        if (await desk.RecordAsync(viewer, one, sent.Done, context.RequestAborted) is { } refused) { return Problems.Of(refused.Code, refused.Message); }
        return Answer.WithStatus(201, Held((await desk.FindAsync(viewer.Authority, urn, sent.Pupil, context.RequestAborted))!), EdgeJson.Default.HeldTransfer);
    }

    private static (string Pupil, TransferDone Done) Read(Fields body)
    {
        var route = body.Has("route") ? body.Choice("route", Routes, "") : body.Text("route");
        var destination = body.OptionalText("destination");
        if (route == FileTransfers.NewSchool && destination is null) { body.Wrong("destination", "required", "is missing: name the new school"); }
        var by = body.Object("performedBy");
        return (body.Text("pupil"), new TransferDone(
            route, destination, body.Text("reference"), by?.Text("name") ?? "", by?.Text("role") ?? "", body.Instant("at"), body.OptionalText("note", Fields.LongText)));
    }

    private static HeldTransfer Held(TransferNow one) => new()
    {
        School = one.Leaver.Urn, Pupil = one.Leaver.SchoolPupilId, ChildId = one.Leaver.ChildId, LeftOn = one.Leaver.LeftOn, Ground = one.Leaver.Ground,
        State = one.State, DueAt = one.Owed?.Due.DueAt, ActBy = one.Owed?.Due.ActBy, Level = one.IsOpen ? one.Owed?.Level ?? Levels.Owner : Levels.Owner,
        Clause = one.Owed?.Step.Clause, Episode = one.Leaver.Episode,
        Transfer = one.Leaver.Transfer is not { } held ? null : new()
        {
            Version = held.Version, Route = held.Route, Destination = held.Destination, Reference = held.Reference, By = held.DoneBy, At = held.DoneAt, Note = held.Note,
            RecordedAt = held.RecordedAt,
        },
    };
}

/// <summary>What was done about the file of a pupil who has left.</summary>
public sealed record TransferEntry
{
    [Description("The pupil's id in your system.")]
    public required string Pupil { get; init; }
    [Description("new-school, lost-pupils or short-stay.")]
    public required string Route { get; init; }
    [Description("The new school, for new-school.")]
    public string? Destination { get; init; }
    [Description("What shows it: the transfer site's reference, or where the proof is kept.")]
    public required string Reference { get; init; }
    [Description("When it was uploaded.")]
    public required DateTimeOffset At { get; init; }
    [Description("Who uploaded it.")]
    public required Episodes.PerformerDocument PerformedBy { get; init; }
    public string? Note { get; init; }
}

/// <summary>Pupils who have left.</summary>
public sealed record TransferList(ImmutableArray<HeldTransfer> Data);

/// <summary>A pupil who has left, and where the file stands.</summary>
public sealed record HeldTransfer
{
    public required string School { get; init; }
    public required string Pupil { get; init; }
    public required string ChildId { get; init; }
    [Description("The last day on roll.")]
    public required DateOnly LeftOn { get; init; }
    public string? Ground { get; init; }
    [Description("due, overdue, done or not-owed.")]
    public required string State { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? ActBy { get; init; }
    [Description("0 the school, 1 DSL, 2 head, 3 duty desk, 4 CME lead.")]
    public required int Level { get; init; }
    public string? Clause { get; init; }
    [Description("The open episode about the child at that school.")]
    public string? Episode { get; init; }
    [Description("The latest that was recorded; left out while nothing is.")]
    public HeldTransferEntry? Transfer { get; init; }
}

/// <summary>What was recorded of a file.</summary>
public sealed record HeldTransferEntry
{
    public required int Version { get; init; }
    public required string Route { get; init; }
    public string? Destination { get; init; }
    public required string Reference { get; init; }
    [Description("Who uploaded it.")]
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
