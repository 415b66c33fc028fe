using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Storage.Connections;
using Cme.Storage.Questions;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Api.Places;

/// <summary>
/// What places are asked about children who are missing at another: read by the place, by the school whose case it is and by the authority, and
/// answered by the place. Neither of the two learns which the other is, unless one placed the child with the other: where a child has moved to
/// may have to stay hidden.
/// </summary>
public sealed class PlaceDesk(IPlaceQuestions questions, ISchools schools, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <summary>What a place is asked now: of each case the latest day, those not answered first. It must be the viewer's own place.</summary>
    public async Task<ImmutableArray<AskedHere>> OfPlaceAsync(Viewer viewer, string urn, CancellationToken cancel)
    {
        var asked = ImmutableArray.CreateBuilder<AskedHere>();
        foreach (var row in Latest(await ToPlaceAsync(new(viewer.Authority) { Asked = urn }, cancel)))
        {
            if (await HereAsync(viewer, row, cancel) is { } one) { asked.Add(one); }
        }
        return [.. asked.OrderBy(one => one.State == AskedState.Answered)];
    }

    /// <summary>One question to a place, also of a case that is over by now; null if it was not asked.</summary>
    public async Task<AskedHere?> FindAsync(Viewer viewer, string urn, string question, CancellationToken cancel) =>
        Scope.MayReadSchool(viewer, urn) && await ToPlaceAsync(new(viewer.Authority) { Asked = urn, Question = question, Status = null }, cancel) is [var row, ..]
            ? await HereAsync(viewer, row, cancel) : null;

    /// <summary>What others are asked about the missing children of a school, or of every school of the authority (null), or in one case.</summary>
    public async Task<ImmutableArray<AskedThere>> AboutAsync(Viewer viewer, string? urn, string? episode, CancellationToken cancel)
    {
        var asked = ImmutableArray.CreateBuilder<AskedThere>();
        foreach (var row in Latest(await questions.ListAsync(new(viewer.Authority) { Asking = urn, Episode = episode }, cancel)))
        {
            asked.Add(await ThereAsync(viewer, row, cancel));
        }
        return [.. asked.OrderBy(one => one.State == AskedState.Answered)];
    }

    /// <summary>How many questions wait: of a school those to it and those about its own pupils, of the authority (null) all of them.</summary>
    public async Task<AskedCounts> CountAsync(Viewer viewer, string? urn, CancellationToken cancel)
    {
        var about = Latest(await questions.ListAsync(new(viewer.Authority) { Asking = urn }, cancel)).Select(StateOf).ToList();
        var here = urn is null ? [] : Latest(await ToPlaceAsync(new(viewer.Authority) { Asked = urn }, cancel)).Select(StateOf).ToList();
        return new(
            here.Count(state => state != AskedState.Answered), here.Count(state => state == AskedState.Overdue),
            about.Count, about.Count(state => state == AskedState.Overdue));
    }

    /// <param name="seenAt">When the child was last seen there; of no account where the child was not.</param>
    public Task<Outcome> AnswerAsync(Viewer viewer, AskedHere asked, string answer, DateTimeOffset? seenAt, string name, string role) =>
        grains.GetGrain<IEpisodeGrain>(asked.Row.Episode).AnswerPlace(new PlaceAnswer
        {
            Question = asked.Row.Question, Answer = answer, SeenAt = seenAt ?? default, Urn = asked.Row.Asked, PerformerName = name, PerformerRole = role,
            RecordedBy = viewer.Id, RecordedFor = viewer.Organisation,
        });

    /// <summary>The case is another school's. The place has no part in it but this: that a pupil of its own is missing there.</summary>
    private async Task<ImmutableArray<PlaceQuestionRow>> ToPlaceAsync(PlaceQuestionFilter filter, CancellationToken cancel)
    {
        using (Reader.AsTheProduct()) { return await questions.ListAsync(filter, cancel); }
    }

    private async Task<AskedHere?> HereAsync(Viewer viewer, PlaceQuestionRow row, CancellationToken cancel)
    {
        var (asking, asked) = await BothAsync(viewer, row, cancel);
        return (await schools.PupilsOfChildAsync(viewer.Authority, row.ChildId, cancel)).FirstOrDefault(one => one.Urn == row.Asked) is { } own
            ? new(row, own.Pupil, MayName(viewer, asking, asked) ? asking?.Name : null, StateOf(row)) : null;
    }

    private async Task<AskedThere> ThereAsync(Viewer viewer, PlaceQuestionRow row, CancellationToken cancel)
    {
        var (asking, asked) = await BothAsync(viewer, row, cancel);
        var own = (await schools.PupilsOfChildAsync(viewer.Authority, row.ChildId, cancel)).FirstOrDefault(one => one.Urn == row.Asking)?.Pupil;
        return new(row, own, asking?.Name ?? row.Asking, MayName(viewer, asking, asked) ? asked?.Name : null, StateOf(row));
    }

    private async Task<(SchoolRecord? Asking, SchoolRecord? Asked)> BothAsync(Viewer viewer, PlaceQuestionRow row, CancellationToken cancel)
    {
        // Only whether one placed pupils with the other, which both know.
        using (Reader.AsTheProduct())
        {
            return (await schools.GetAsync(viewer.Authority, row.Asking, cancel), await schools.GetAsync(viewer.Authority, row.Asked, cancel));
        }
    }

    private static bool MayName(Viewer viewer, SchoolRecord? asking, SchoolRecord? asked) =>
        viewer.OfAuthority || (asking is not null && asked is not null && (asking.Commissioner == asked.Urn || asked.Commissioner == asking.Urn));

    /// <summary>Of each case and place the latest day: yesterday's question is not asked any more once today's is.</summary>
    private static IEnumerable<PlaceQuestionRow> Latest(ImmutableArray<PlaceQuestionRow> rows) => rows.DistinctBy(row => (row.Episode, row.Asked));

    private AskedState StateOf(PlaceQuestionRow row) =>
        row.Answer is not null ? AskedState.Answered : row.AnswerBy <= clock.GetUtcNow() ? AskedState.Overdue : AskedState.Open;
}

/// <summary>How it stands with a question to a place.</summary>
public enum AskedState
{
    Open,
    Overdue,
    Answered,
}

/// <summary>What a place is asked, as the place may know of it.</summary>
/// <param name="Pupil">As the place's own roll has the child.</param>
/// <param name="AskedBy">The school that asks, where one placed the child with the other; null where that is not told.</param>
public sealed record AskedHere(PlaceQuestionRow Row, PupilRecord Pupil, string? AskedBy, AskedState State);

/// <summary>What another place is asked about a missing child.</summary>
/// <param name="Pupil">As the asking school's roll has the child; null if it no longer has.</param>
/// <param name="Place">The place that is asked; null where that is not told.</param>
public sealed record AskedThere(PlaceQuestionRow Row, PupilRecord? Pupil, string School, string? Place, AskedState State)
{
    /// <summary>The place, as a sentence names it.</summary>
    public string Where => Place ?? "Another place where the child is registered";
}

/// <summary>How many questions wait.</summary>
/// <param name="Here">Asked of the school, and not answered.</param>
/// <param name="HereOverdue">Those of them whose time is over.</param>
/// <param name="About">Asked about the school's own missing pupils, answered or not.</param>
/// <param name="AboutOverdue">Those of them that nobody answered in time.</param>
public sealed record AskedCounts(int Here, int HereOverdue, int About, int AboutOverdue);
