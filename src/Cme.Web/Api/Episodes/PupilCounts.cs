using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Schools;

namespace Cme.Web.Api.Episodes;

/// <summary>
/// The five counts of the pupils that episodes are about, and their days one by one: read out of the stored registers each time,
/// so that a correction of any day is in the next answer.
/// </summary>
public sealed class PupilCounts(
    IPupilMarks registers, ISchools schools, SchoolCalendars calendars, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private const int SchoolsAtOnce = 4;

    /// <summary>The counts of an episode's pupil as of now; of a closed episode as of its last day.</summary>
    public async Task<AttendanceCounts> OfAsync(EpisodeRow episode, CancellationToken cancel) => (await OfAllAsync([episode], cancel))[0];

    /// <summary>The same for many episodes, in their order: one reading of a school's registers for all of its pupils.</summary>
    public async Task<ImmutableArray<AttendanceCounts>> OfAllAsync(IReadOnlyList<EpisodeRow> episodes, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var counts = new AttendanceCounts[episodes.Count];
        await Parallel.ForEachAsync(
            episodes.Index().GroupBy(one => (one.Item.Authority, one.Item.Urn)),
            new ParallelOptions { MaxDegreeOfParallelism = SchoolsAtOnce, CancellationToken = cancel },
            async (school, stop) =>
            {
                var pupils = school.Select(one => one.Item.SchoolPupilId).Distinct().ToArray();
                var first = school.Min(one => one.Item.FirstDayMissing);
                var read = await ReadAsync(school.Key.Authority, school.Key.Urn, pupils, first, London.DateOf(now), now, null, stop);
                foreach (var (index, row) in school)
                {
                    counts[index] = read.Find(row.SchoolPupilId) is { } pupil
                        ? Counting.On(London.DateOf(row.ClosedAt ?? now), pupil.Marks, pupil.Calendar, pupil.Leaves)
                        : AttendanceCounts.None;
                }
            });
        return [.. counts];
    }

    /// <summary>An episode's school days, one by one.</summary>
    /// <param name="from">Null starts at the first day missing, or where an earlier count that stands began.</param>
    /// <param name="to">Null ends today, or on the day of the closure. Days to come are never listed.</param>
    /// <param name="knownBy">As the registers were known at that instant; null for now.</param>
    public async Task<PupilDays> DaysAsync(EpisodeRow episode, DateOnly? from, DateOnly? to, DateTimeOffset? knownBy, CancellationToken cancel)
    {
        var asAt = knownBy < clock.GetUtcNow() ? knownBy.Value : clock.GetUtcNow();
        var until = to < London.DateOf(asAt) ? to.Value : London.DateOf(to is null && episode.ClosedAt < asAt ? episode.ClosedAt.Value : asAt);
        var first = from < episode.FirstDayMissing ? from.Value : episode.FirstDayMissing;
        var read = await ReadAsync(episode.Authority, episode.Urn, [episode.SchoolPupilId], first, until, asAt, knownBy, cancel);
        if (read.Find(episode.SchoolPupilId) is not { } pupil)
        {
            return new PupilDays([], read.Registers, AttendanceCounts.None);
        }
        var days = Counting.Days(pupil.Marks, pupil.Calendar, pupil.Leaves, pupil.FirstDay(episode.FirstDayMissing), until);
        var listed = from ?? Counting.Earliest(days, episode.FirstDayMissing);
        return new PupilDays(
            [.. days.Where(day => day.Date >= listed)], read.Registers, Counting.On(until, pupil.Marks, pupil.Calendar, pupil.Leaves));
    }

    /// <summary>What the registers say of one pupil as of now, whether or not the pupil has an episode; null for nobody's id.</summary>
    internal async Task<PupilStanding?> OfPupilAsync(string authority, string urn, string pupil, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        var read = await ReadAsync(authority, urn, [pupil], today, today, now, null, cancel);
        if (read.Find(pupil) is not { } found) { return null; }
        var days = Counting.Days(found.Marks, found.Calendar, found.Leaves, found.FirstDay(today), today);
        return new PupilStanding(
            Counting.On(today, found.Marks, found.Calendar, found.Leaves), Counting.UncodedOfGroundI(days, found.Calendar),
            found.Leaves.MaxBy(leave => leave.From), found.Calendar)
        { Days = days, Leaves = found.Leaves };
    }

    /// <summary>The days of many pupils of a school, from a day to today, by school pupil id: one reading of its registers.</summary>
    internal async Task<Dictionary<string, ImmutableArray<CountedDay>>> DaysOfPupilsAsync(
        string authority, string urn, string[] pupils, DateOnly from, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        var read = await ReadAsync(authority, urn, pupils, from, today, now, null, cancel);
        return read.Pupils.ToDictionary(
            pupil => pupil.Id, pupil => Counting.Days(pupil.Marks, pupil.Calendar, pupil.Leaves, from, today), StringComparer.Ordinal);
    }

    /// <summary>
    /// Reads from the beginning of the school year (sickness counts within it), of an earlier one if an absence began there, and
    /// further back while a count may have begun earlier.
    /// </summary>
    private async Task<SchoolRecords> ReadAsync(
        string authority, string urn, string[] ids, DateOnly first, DateOnly to, DateTimeOffset asAt, DateTimeOffset? knownBy,
        CancellationToken cancel)
    {
        var calendar = await calendars.ReadAsync(authority, urn, cancel);
        var pupils = await registers.PupilsAsync(authority, urn, ids, cancel);
        var leaves = LeaveRecord.AsOf(await schools.LeavesAsync(authority, urn, cancel: cancel), knownBy);
        var from = YearBegins(first < to ? first : to);
        var read = SchoolRecords.Of(calendar, pupils, leaves, await registers.ReadAsync(authority, urn, ids, from, to, knownBy, cancel), asAt);
        while (read.MayBeginEarlier && calendar?.PublishedFrom < from)
        {
            var earlier = from.AddYears(-1);
            var older = await registers.ReadAsync(authority, urn, ids, earlier, from.AddDays(-1), knownBy, cancel);
            read = SchoolRecords.Of(calendar, pupils, leaves, [.. older, .. read.Registers], asAt);
            from = earlier;
        }
        return read;
    }

    internal static DateOnly YearBegins(DateOnly day) => new(SchoolYear.NumberOf(day), 8, 1);
}

/// <summary>An episode's days, the registers that they rest on, and what they come to.</summary>
public sealed record PupilDays(ImmutableArray<CountedDay> Days, ImmutableArray<SessionMarks> Registers, AttendanceCounts Counts);

/// <summary>How one pupil stands as of now.</summary>
/// <param name="UncodedDays">Days inside the run of ground i that have a session without a register or a code.</param>
/// <param name="Leave">The leave that began last.</param>
/// <param name="Calendar">As the pupil's year group lives it.</param>
internal sealed record PupilStanding(AttendanceCounts Counts, int UncodedDays, LeaveOfAbsence? Leave, SchoolCalendar Calendar)
{
    /// <summary>The pupil's school days, oldest first, as far back as a count may reach.</summary>
    public ImmutableArray<CountedDay> Days { get; init; } = [];

    public ImmutableArray<LeaveOfAbsence> Leaves { get; init; } = [];
}

/// <summary>A few pupils of a school with the marks that count for them.</summary>
internal sealed record SchoolRecords(ImmutableArray<PupilRecords> Pupils, ImmutableArray<SessionMarks> Registers)
{
    public bool MayBeginEarlier => Pupils.Any(pupil => Counting.MayBeginEarlier(pupil.Marks, pupil.Leaves));

    public PupilRecords? Find(string pupil) => Pupils.FirstOrDefault(one => one.Id == pupil);

    /// <summary>Without a published calendar no session is known to be held, and nothing counts.</summary>
    /// <param name="asAt">The instant by which registration must have closed over a blank.</param>
    public static SchoolRecords Of(
        SchoolCalendar? calendar, ImmutableArray<PupilOnRoll> pupils, ImmutableArray<LeaveRecord> leaves,
        ImmutableArray<SessionMarks> registers, DateTimeOffset asAt) => new(
        calendar is null ? [] : [.. pupils.Select(pupil => new PupilRecords(
            pupil.SchoolPupilId, calendar.For(pupil.YearGroup, pupil.Timetable), LeavesOf(pupil, leaves), [.. MarksOf(pupil, calendar.For(pupil.YearGroup, pupil.Timetable), registers, asAt)]))],
        registers);

    private static ImmutableArray<LeaveOfAbsence> LeavesOf(PupilOnRoll pupil, ImmutableArray<LeaveRecord> leaves) =>
    [
        .. leaves.Where(leave => !leave.Cancelled && leave.SchoolPupilId == pupil.SchoolPupilId)
            .Select(leave => new LeaveOfAbsence(leave.Id, leave.From, leave.ExpectedReturn)),
    ];

    private static IEnumerable<RecordedMark> MarksOf(
        PupilOnRoll pupil, SchoolCalendar own, ImmutableArray<SessionMarks> registers, DateTimeOffset asAt)
    {
        foreach (var register in registers)
        {
            var session = new SessionOf(register.Date, register.Session == SessionNames.Of(Session.Pm) ? Session.Pm : Session.Am);
            if (register.Marks.FirstOrDefault(mark => mark.SchoolPupilId == pupil.SchoolPupilId) is { } stored)
            {
                var note = stored.ReportedBy is null ? null : new MarkNote(stored.MinutesLate, stored.ReasonText, ReporterNames.Parse(stored.ReportedBy));
                var mark = new Mark(AttendanceCode.Stored(stored.Code), stored.AsOf, stored.KnownAt, note);
                if (RecordedMark.Of(own, session, mark, pupil.From, pupil.Until, asAt) is { } recorded)
                {
                    yield return recorded;
                }
            }
        }
    }
}

/// <summary>One pupil: the calendar of the year group, granted leave, and the marks that count, oldest first.</summary>
internal sealed record PupilRecords(
    string Id, SchoolCalendar Calendar, ImmutableArray<LeaveOfAbsence> Leaves, ImmutableArray<RecordedMark> Marks)
{
    /// <summary>The first day of which anything is known, at the latest the day given.</summary>
    public DateOnly FirstDay(DateOnly latest) => Marks.IsEmpty || latest < Marks[0].Session.Date ? latest : Marks[0].Session.Date;
}
