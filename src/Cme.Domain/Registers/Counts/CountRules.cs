namespace Cme.Domain.Registers.Counts;

/// <summary>What a session, or a whole day, does to one of the five counts.</summary>
public enum CountEffect
{
    /// <summary>It says nothing for this count: it neither lengthens nor ends it.</summary>
    Skipped,

    /// <summary>It is one of the days counted.</summary>
    Counted,

    /// <summary>Said to be somewhere else: the count stands as it is until somebody verifies that.</summary>
    Held,

    /// <summary>The count ends, and begins anew with the next session that it counts.</summary>
    Broke,
}

/// <summary>What each code does to each count, session by session. Source: DESIGN 5, "The five counts".</summary>
/// <remarks>
/// The whereabouts run asks who told the school; the other four do not. A return or a removal rests on the register's code, which
/// is the legal record (FACTS B3), and not on who gave the reason. For the same reason a blank, which is no code, counts for the
/// whereabouts run alone, once registration has closed: it neither lengthens nor breaks the others, until the school replaces it.
/// A mark that could not be taken says nothing anywhere. An absence inside granted leave lengthens no run, whatever code stands
/// for it, and ends none: leave alone does not show where a child is.
/// </remarks>
internal static class CountRules
{
    public static CountEffect Whereabouts(in Mark mark, bool onLeave) => mark.Reading switch
    {
        MarkReading.Starts => onLeave ? CountEffect.Skipped : CountEffect.Counted,
        MarkReading.Holds => CountEffect.Held,
        MarkReading.Explains => CountEffect.Broke,
        _ => CountEffect.Skipped,
    };

    /// <summary>G, N, O and U count; an attended or authorised session breaks. D and Q are neither: no attendance was possible.</summary>
    public static CountEffect Irregular(AttendanceCode code, bool onLeave) => code.Category switch
    {
        AttendanceCategory.Unauthorised => onLeave ? CountEffect.Skipped : CountEffect.Counted,
        AttendanceCategory.Present or AttendanceCategory.Authorised => CountEffect.Broke,
        _ => CountEffect.Skipped,
    };

    /// <summary>G, N and O count; any other code breaks, D and Q too, unless no count asks for it (<c>#</c>, X, Y1 to Y7).</summary>
    public static CountEffect GroundI(AttendanceCode code, bool onLeave) =>
        code.Category == AttendanceCategory.None || code.Reading(reportedBy: null) == MarkReading.Skipped ? CountEffect.Skipped
        : code.Category != AttendanceCategory.Unauthorised || code.IsSeen ? CountEffect.Broke
        : onLeave ? CountEffect.Skipped
        : CountEffect.Counted;

    /// <summary>
    /// From the expected return on any absence counts, authorised or not: whether it may be held against the pupil is for the
    /// statement of belief, not for the count (FACTS B4). A pupil who attends anywhere has attended.
    /// </summary>
    public static CountEffect GroundH(AttendanceCode code) => code.Category switch
    {
        AttendanceCategory.Present => CountEffect.Broke,
        AttendanceCategory.Unauthorised when code.IsSeen => CountEffect.Broke,
        AttendanceCategory.Unauthorised or AttendanceCategory.Authorised => CountEffect.Counted,
        _ => CountEffect.Skipped,
    };

    public static CountEffect Sickness(AttendanceCode code) => code == AttendanceCode.Ill ? CountEffect.Counted : CountEffect.Skipped;

    /// <summary>The rule by which a count did that to a day.</summary>
    public static string Clause(string count, CountEffect effect, bool onLeave) => count switch
    {
        CountName.Whereabouts => effect switch
        {
            CountEffect.Skipped when onLeave => "DOR-13",
            CountEffect.Counted or CountEffect.Broke => "NOR-04",
            _ => "product",
        },
        CountName.GroundH when onLeave => "DOR-13",
        CountName.GroundI or CountName.GroundH => "B4",
        _ => "B5",
    };
}
