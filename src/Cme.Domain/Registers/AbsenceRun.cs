using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>One session of one pupil, as the registers have it now.</summary>
/// <param name="RegistrationCloses">UTC.</param>
/// <param name="Mark">A blank only if registration has closed and the pupil was expected: otherwise it is no record.</param>
public readonly record struct RecordedMark(SessionOf Session, DateTimeOffset RegistrationCloses, Mark Mark)
{
    /// <summary>A stored mark of a pupil as it counts; null if it does not.</summary>
    /// <param name="own">The calendar as the pupil's year group lives it: what it does not hold is no session.</param>
    /// <param name="from">The pupil's first day on roll.</param>
    /// <param name="until">The last; null if none is known.</param>
    /// <param name="asAt">A blank is a mark if registration had closed by then.</param>
    /// <remarks><see cref="AbsenceWindow"/> has the same rule for whole registers at once.</remarks>
    public static RecordedMark? Of(SchoolCalendar own, SessionOf session, Mark mark, DateOnly from, DateOnly? until, DateTimeOffset asAt)
    {
        if (!own.Holds(session))
        {
            return null;
        }

        var closes = own.RegistrationCloses(session);
        var isExpected = session.Date >= from && !(session.Date > until);
        return mark.Code != AttendanceCode.Blank || (closes <= asAt && isExpected) ? new(session, closes, mark) : null;
    }
}

/// <summary>An unexplained session of a run.</summary>
/// <param name="Code">N, O, G or a blank.</param>
/// <param name="KnownAt">When the mark was known here; a blank is known when registration closes, at the earliest. UTC.</param>
public readonly record struct UnexplainedSession(
    SessionOf Session, AttendanceCode Code, DateTimeOffset RegistrationCloses, DateTimeOffset KnownAt);

/// <summary>The mark that accounts for a child who is not, or no longer, unexplained.</summary>
/// <param name="Reading"><see cref="MarkReading.Explains"/>, or <see cref="MarkReading.Holds"/>: then somebody has yet to verify it.</param>
public sealed record ExplainingMark(
    SessionOf Session, AttendanceCode Code, Reporter? ReportedBy, string? ReasonText, DateTimeOffset KnownAt, MarkReading Reading);

/// <summary>
/// The whereabouts run of one pupil: the unexplained sessions since the child was last seen or accounted for, up to the latest
/// recorded session. Always recomputed from the marks, never counted up.
/// </summary>
/// <remarks>Source: DESIGN 5, "whereabouts run".</remarks>
public sealed record AbsenceRun
{
    /// <summary>No run, and nothing that would explain one.</summary>
    public static AbsenceRun Empty { get; } = new();

    /// <summary>Oldest first; empty when no run stands. Skipped and held sessions in between are not listed.</summary>
    public ImmutableArray<UnexplainedSession> Sessions { get; init; } = [];

    /// <summary>
    /// When no run stands, the mark that ended the last one; without a run, the first mark that explains, or else the first that
    /// holds; null if there is none.
    /// </summary>
    public ExplainingMark? Explained { get; init; }

    /// <summary>When a run stands, the newest mark if it holds: said to be somewhere else, and somebody has yet to verify it.</summary>
    public ExplainingMark? HeldBy { get; init; }

    /// <summary>When no run stands, the first session of the last one; null if there was none.</summary>
    public SessionOf? Ended { get; init; }

    /// <summary>
    /// When a run stands, the other counts that have come to a number that a rule names. Each reaches as far back as its own
    /// breaking codes allow: U ends this run and not the irregular attendance.
    /// </summary>
    public ImmutableArray<CountReached> Reached { get; init; } = [];

    /// <summary>Whether the child is unexplained now.</summary>
    public bool Stands => !Sessions.IsEmpty;

    /// <param name="marks">The pupil's marks, oldest first.</param>
    /// <param name="since">
    /// Marks before this session do not explain: given a run that stood, <see cref="Explained"/> is the mark that explains it.
    /// </param>
    public static AbsenceRun Of(IEnumerable<RecordedMark> marks, SessionOf? since = null)
    {
        var run = ImmutableArray.CreateBuilder<UnexplainedSession>();
        ExplainingMark? explained = null;
        ExplainingMark? heldBy = null;
        SessionOf? ended = null;
        foreach (var recorded in marks)
        {
            if (explained?.Session < since && recorded.Session >= since)
            {
                explained = null;
            }

            switch (recorded.Mark.Reading)
            {
                case MarkReading.Starts:
                    run.Add(Unexplained(recorded));
                    (explained, heldBy) = (null, null);
                    break;
                case MarkReading.Explains:
                    ended = run.Count > 0 ? run[0].Session : ended;
                    explained = run.Count == 0 && explained is { Reading: MarkReading.Explains } ? explained : Explaining(recorded);
                    run.Clear();
                    break;
                case MarkReading.Holds when run.Count == 0:
                    explained ??= Explaining(recorded);
                    break;
                case MarkReading.Holds:
                    heldBy = Explaining(recorded);
                    break;
                default:
                    break;
            }
        }

        if (run.Count > 0)
        {
            return new AbsenceRun { Sessions = run.DrainToImmutable(), HeldBy = heldBy };
        }

        return new AbsenceRun { Explained = explained?.Session < since ? null : explained, Ended = ended };
    }

    /// <summary>The same sessions with the same codes, held and explained by the same marks, and the same counts reached.</summary>
    public bool Equals(AbsenceRun? other) =>
        other is not null && Sessions.AsSpan().SequenceEqual(other.Sessions.AsSpan()) && Reached.AsSpan().SequenceEqual(other.Reached.AsSpan())
        && Explained == other.Explained && HeldBy == other.HeldBy && Ended == other.Ended;

    public override int GetHashCode() => HashCode.Combine(Sessions.Length, Explained, Ended);

    private static UnexplainedSession Unexplained(in RecordedMark recorded)
    {
        var (session, closes, mark) = recorded;
        var known = mark.Code == AttendanceCode.Blank && mark.KnownAt < closes ? closes : mark.KnownAt;
        return new UnexplainedSession(session, mark.Code, closes, known);
    }

    private static ExplainingMark Explaining(in RecordedMark recorded) =>
        new(recorded.Session, recorded.Mark.Code, recorded.Mark.Note?.ReportedBy, recorded.Mark.Note?.ReasonText,
            recorded.Mark.KnownAt, recorded.Mark.Reading);
}
