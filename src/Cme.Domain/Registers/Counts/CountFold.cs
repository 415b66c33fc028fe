using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers.Counts;

/// <summary>The five counts of one pupil in the making, day after day.</summary>
/// <remarks>
/// Half days count as sessions. A day counts as soon as one of its sessions does, and a run that begins in the afternoon has
/// that day as its first (FACTS A8, "day 1"); a session that breaks takes the sessions before it along. Ground i is the
/// exception: the law asks for every session, so it counts a day only when each session that the pupil's year group has is
/// recorded as G, N or O, or as one that nobody counts, and a register that was never taken leaves the day out.
/// </remarks>
internal sealed class CountFold(SchoolCalendar calendar, IReadOnlyList<LeaveOfAbsence> leaves)
{
    private readonly RunningCount _whereabouts = new(CountName.Whereabouts, named: null);
    private readonly RunningCount _irregular = new(CountName.Irregular, named: 10);
    private readonly RunningCount _groundI = new(CountName.GroundI, named: 20);
    private readonly RunningCount _groundH = new(CountName.GroundH, named: 10);
    private readonly RunningCount _sickness = new(CountName.Sickness, named: null);
    private LeaveOfAbsence? _leave;
    private bool _returned;
    private int _schoolYear;

    /// <summary>The counts that have come to the number that a rule names, in the order of <see cref="CountName.All"/>.</summary>
    public ImmutableArray<CountReached> Reached =>
        [.. new[] { _irregular.Reached, _groundI.Reached, _groundH.Reached }.OfType<CountReached>()];

    /// <summary>The counts as of a day on or after the last one taken.</summary>
    public AttendanceCounts On(DateOnly day)
    {
        Begin(day);
        return new(_whereabouts.Days, _irregular.Days, _groundI.Days, _groundH.Days, _sickness.Days);
    }

    /// <summary>Takes a school day, later than the last one taken.</summary>
    public ImmutableArray<DayCount> Take(DateOnly date, ImmutableArray<RecordedMark> marks)
    {
        Begin(date);
        var onLeave = leaves.Any(leave => leave.Covers(date));
        return
        [
            BySession(_whereabouts, date, marks, onLeave, mark => CountRules.Whereabouts(mark, onLeave)),
            BySession(_irregular, date, marks, onLeave, mark => CountRules.Irregular(mark.Code, onLeave)),
            ByWholeDay(_groundI, date, marks, onLeave),
            BySession(_groundH, date, marks, onLeave, mark => onLeave ? CountEffect.Skipped : AfterLeave(mark.Code)),
            BySession(_sickness, date, marks, onLeave, mark => CountRules.Sickness(mark.Code)),
        ];
    }

    /// <summary>
    /// Sickness counts within a school year. Ground h counts from the expected return of the leave that began last: a leave
    /// granted on top of another ends what was counted after the first.
    /// </summary>
    private void Begin(DateOnly date)
    {
        if (SchoolYear.NumberOf(date) is var year && year != _schoolYear)
        {
            _schoolYear = year;
            _sickness.Break();
        }

        if (leaves.Where(leave => leave.From <= date).MaxBy(leave => leave.From) is { } current && current != _leave)
        {
            _leave = current;
            _returned = false;
            _groundH.Break();
        }
    }

    /// <summary>A pupil who has been back once has returned; what comes later is another absence.</summary>
    private CountEffect AfterLeave(AttendanceCode code)
    {
        var effect = _leave is null || _returned ? CountEffect.Skipped : CountRules.GroundH(code);
        _returned |= effect == CountEffect.Broke;
        return effect;
    }

    private static DayCount BySession(
        RunningCount count, DateOnly date, ImmutableArray<RecordedMark> marks, bool onLeave, Func<Mark, CountEffect> effectOf)
    {
        var effect = CountEffect.Skipped;
        DateTimeOffset? knownAt = null;
        foreach (var recorded in marks)
        {
            switch (effectOf(recorded.Mark))
            {
                case CountEffect.Counted:
                    effect = CountEffect.Counted;
                    knownAt = knownAt < recorded.Mark.KnownAt ? knownAt : recorded.Mark.KnownAt;
                    break;
                case CountEffect.Broke:
                    count.Break();
                    (effect, knownAt) = (CountEffect.Broke, null);
                    break;
                case CountEffect.Held when effect == CountEffect.Skipped:
                    effect = CountEffect.Held;
                    break;
                default:
                    break;
            }
        }

        if (knownAt is { } known)
        {
            count.Add(date, known);
        }

        return new DayCount(count.Name, effect, CountRules.Clause(count.Name, effect, onLeave), count.Days);
    }

    private DayCount ByWholeDay(RunningCount count, DateOnly date, ImmutableArray<RecordedMark> marks, bool onLeave)
    {
        var effects = marks.Select(recorded => CountRules.GroundI(recorded.Mark.Code, onLeave)).ToImmutableArray();
        var effect = CountEffect.Skipped;
        if (effects.Contains(CountEffect.Broke))
        {
            count.Break();
            effect = CountEffect.Broke;
        }
        else if (effects.Contains(CountEffect.Counted) && calendar.Sessions(date).All(session => Counting.IsCoded(session, marks)))
        {
            count.Add(date, marks.Max(recorded => recorded.Mark.KnownAt));
            effect = CountEffect.Counted;
        }

        return new DayCount(count.Name, effect, CountRules.Clause(count.Name, effect, onLeave), count.Days);
    }

    /// <summary>One count as it runs.</summary>
    /// <param name="named">The number of days that a rule names; null if none does for a run that stands.</param>
    private sealed class RunningCount(string name, int? named)
    {
        private DateTimeOffset _knownAt = DateTimeOffset.MinValue;

        public string Name => name;

        public int Days { get; private set; }

        public CountReached? Reached { get; private set; }

        public void Add(DateOnly date, DateTimeOffset knownAt)
        {
            Days++;
            _knownAt = knownAt > _knownAt ? knownAt : _knownAt;
            if (Days == named)
            {
                Reached = new CountReached(name, Days, date, _knownAt);
            }
        }

        public void Break()
        {
            Days = 0;
            _knownAt = DateTimeOffset.MinValue;
            Reached = null;
        }
    }
}
