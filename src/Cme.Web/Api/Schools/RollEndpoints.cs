using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Storage.Schools;
using Cme.Web.Api.Removals;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Orleans;

namespace Cme.Web.Api.Schools;

/// <summary>Who is on a school's roll.</summary>
internal static class RollEndpoints
{
    public static void MapRolls(this IEndpointRouteBuilder api)
    {
        var roll = api.MapGroup("/schools/{urn}/roll").WithTags("Schools").RequireAuthorization(Scopes.SchoolWrite);

        roll.MapPut("", Put).WithName("PutRoll").WithSummary("Send the whole roll")
            .WithDescription("Idempotent. A pupil whom the list no longer has becomes not-on-list: the school owes a ground and a destination, and nothing closes.")
            .Takes<RollDocument>().Answers<RollReport>(200, 207).Refuses("unknown-school", "roll-shrunk", "all-rejected", "precondition-failed");
        roll.MapPatch("", Patch).WithName("ChangeRoll").WithSummary("Add or replace some pupils")
            .Takes<RollChangeDocument>().Answers<RollReport>(200, 207).Refuses("unknown-school", "all-rejected", "precondition-failed");
        roll.MapGet("", Get).Audited(ReadKinds.Roll).WithName("GetRoll").WithSummary("Read the roll, by pupil id")
            .WithDescription("`addressHidden` marks a pupil whose address is given to nobody, your own system included. Flags that a key may not see are left out.")
            .Answers<RollPage>(200).Refuses("unknown-school", "invalid");
    }

    internal static Task<IResult> Put(HttpContext context, string urn, ISchools schools, IGrainFactory grains, RemovalWatch removals) =>
        Change(context, urn, full: true, schools, grains, removals);

    internal static Task<IResult> Patch(HttpContext context, string urn, ISchools schools, IGrainFactory grains, RemovalWatch removals) =>
        Change(context, urn, full: false, schools, grains, removals);

    internal static async Task<IResult> Get(HttpContext context, string urn, string? limit, string? cursor, ISchools schools)
    {
        if (await SchoolEndpoints.Find(context, urn, schools) is not { } school) { return Problems.UnknownSchool(urn); }
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        var after = cursor is null ? null : Paging.ReadCursor(cursor, faults);
        if (faults.Count > 0) { return Problems.Invalid(faults); }
        var pupils = await schools.PupilsAsync(school.Authority, urn, after, wanted, context.RequestAborted);
        if (pupils.Length == wanted) { Paging.LinkNext(context, Paging.WriteCursor(pupils[^1].SchoolPupilId)); }
        var version = (await schools.ReadRollAsync(school.Authority, urn, context.RequestAborted)).Sum(entry => (long)entry.Version);
        return Answer.Changing(new RollPage([.. pupils.Select(pupil => Held(pupil, Viewer.Of(context.User).Layers))]), EdgeJson.Default.RollPage, version);
    }

    private static async Task<IResult> Change(
        HttpContext context, string urn, bool full, ISchools schools, IGrainFactory grains, RemovalWatch removals)
    {
        var viewer = Viewer.Of(context.User);
        if (!await SchoolEndpoints.MayChangeAsync(context, urn, schools)) { return Problems.UnknownSchool(urn); }
        var (body, problem) = await Body.ReadAsync(context.Request, fields => RollBody.Read(fields, full));
        if (problem is not null) { return problem; }
        // Nobody could be read: as a full list that would be an empty one.
        if (body.Change.Pupils.IsEmpty && body.Unreadable.Count > 0)
        {
            return Batch.AllRejected("pupils", body.Unreadable.Count, Batch.Reports([], body.Unreadable));
        }

        if (!body.Hidden.IsEmpty)
        {
            body = body.WithWhatWasHidden(
                await schools.PupilsAsync(viewer.Authority, urn, null, int.MaxValue, context.RequestAborted), Masks.UnseenFlags(viewer.Layers));
        }
        var answer = await grains.GetGrain<ISchoolGrain>(Keys.School(viewer.Authority, urn)).ChangeRoll(body.Change with { IfMatch = Preconditions.Of(context.Request) });
        if (answer.Outcome.RefusalCode is not null) { return Problems.For(answer.Outcome); }
        // What came off the roll is alarmed at once. The list is stored whatever becomes of this, and noting goes on by itself.
        await removals.NoteAsync((viewer.Authority, urn), CancellationToken.None);
        return Report(answer, body);
    }

    private static IResult Report(RollAnswer answer, RollBody body)
    {
        var rejected = answer.Rejected + body.Unreadable.Count;
        var items = Batch.Reports(answer.Items, body.Unreadable);
        var status = Batch.Status(answer.Accepted + answer.Unchanged, rejected);
        return status == 422
            ? Batch.AllRejected("pupils", rejected, items)
            : Answer.Made(status, new RollReport
            {
                Accepted = answer.Accepted, Unchanged = answer.Unchanged, Rejected = rejected, NotOnList = answer.NotOnList,
                Children = [.. answer.Children.Select(child => new PupilChildDocument(child.SchoolPupilId, child.ChildId))], Items = items,
            }, EdgeJson.Default.RollReport, answer.Outcome.Version);
    }

    private static HeldPupil Held(PupilRecord pupil, int layers)
    {
        var particulars = JsonSerializer.Deserialize(pupil.Particulars, EdgeJson.Default.Particulars);
        return new()
        {
            SchoolPupilId = pupil.SchoolPupilId, ChildId = pupil.ChildId, OnList = pupil.OnList, Upn = pupil.Upn, FormerUpns = pupil.FormerUpns,
            Forename = pupil.Forename, Surname = pupil.Surname, DateOfBirth = pupil.DateOfBirth, Sex = pupil.Sex, YearGroup = pupil.YearGroup,
            EntryDate = pupil.EntryDate, LeavingDate = pupil.LeavingDate, Ground = pupil.Ground, Destination = pupil.Destination,
            FirstLanguage = pupil.FirstLanguage, Flags = Masks.Flags(pupil.Flags, layers),
            Address = Masks.Address(particulars?.Address, pupil.AddressHidden), AddressHidden = pupil.AddressHidden ? true : null, Contacts = particulars?.Contacts ?? [],
            Timetable = particulars?.Timetable,
        };
    }
}
