using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using FsCheck;
using FsCheck.Fluent;
using static Cme.Domain.Tests.Registers.Counts.Week;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Counts;

// Three weeks of one pupil's marks, of any codes, with leave or without.
public class CountLaws
{
    private static readonly string[] Codes =
        ["/", "N", "N", "N", "N", "O", "G", "G:known-contact", "U", "I", "I:unknown", "C", "B", "D", "Q", "#", "X", "Y1", "blank", "?", "."];

    private static readonly Arbitrary<(string[] Days, LeaveOfAbsence[] Leaves)> Histories =
        (from days in (from am in Gen.Elements(Codes) from pm in Gen.Elements(Codes) select $"{am} {pm}").ArrayOf(15)
         from leave in Gen.Choose(0, 12)
         from length in Gen.Choose(1, 4)
         from granted in Gen.Elements(true, false)
         select (days, granted ? new[] { LeaveAt(leave, length) } : [])).ToArbitrary();

    [Fact]
    public void The_whereabouts_count_is_the_days_of_the_run_that_stands() =>
        Prop.ForAll(Histories, history =>
        {
            var marks = Marks("Mon 7 Sep 2026", history.Days);
            var unexplained = marks.Where(mark => mark.Mark.Reading != MarkReading.Starts || !history.Leaves.Any(leave => leave.Covers(mark.Session.Date)));
            return Standing(marks, history.Leaves).WhereaboutsDays
                == AbsenceRun.Of(unexplained).Sessions.Select(missed => missed.Session.Date).Distinct().Count();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_day_listed_has_the_counts_as_they_stand() =>
        Prop.ForAll(Histories, history =>
        {
            var marks = Marks("Mon 7 Sep 2026", history.Days);
            var last = Counting.Days(marks, Calendar, history.Leaves, On("Mon 7 Sep 2026"), On("Fri 25 Sep 2026"))[^1];
            return last.Counts.All(count => count.Days == Standing(marks, history.Leaves).Of(count.Count));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_count_is_what_the_slow_and_obvious_reading_of_the_days_says() =>
        Prop.ForAll(Histories, history =>
            Counting.Days(Marks("Mon 7 Sep 2026", history.Days), Calendar, history.Leaves, On("Mon 7 Sep 2026"), On("Fri 25 Sep 2026"))
                .SelectMany(day => day.Counts).GroupBy(count => count.Count).All(days => AddsUp([.. days])))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Marks_before_one_that_ends_every_run_change_no_run() =>
        Prop.ForAll(Histories, history =>
        {
            string[] days = [.. history.Days];
            days[7] = "/ \\";
            var whole = Marks("Mon 7 Sep 2026", days);
            var part = whole.Where(mark => mark.Session.Date >= On("Wed 16 Sep 2026")).ToList();
            return !Counting.MayBeginEarlier(part, [])
                && Standing(whole, []) with { Sickness = 0 } == Standing(part, []) with { Sickness = 0 };
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ground_i_is_never_longer_than_irregular_attendance() =>
        Prop.ForAll(Histories, history =>
            Standing(Marks("Mon 7 Sep 2026", history.Days), history.Leaves) is var counts && counts.GroundI <= counts.IrregularDays)
            .QuickCheckThrowOnFailure();

    private static AttendanceCounts Standing(List<RecordedMark> marks, LeaveOfAbsence[] leaves) =>
        Counting.On(On("Fri 25 Sep 2026"), marks, Calendar, leaves);

    // A day that counts is one more than the day before, or the first of a new run; one that breaks leaves none; the rest change nothing.
    private static bool AddsUp(DayCount[] days)
    {
        var before = 0;
        foreach (var day in days)
        {
            var right = day.Effect switch
            {
                CountEffect.Counted => day.Days == before + 1 || day.Days == 1,
                CountEffect.Broke => day.Days == 0,
                _ => day.Days == before || (day is { Count: CountName.GroundH, Days: 0 }),
            };
            if (!right)
            {
                return false;
            }

            before = day.Days;
        }

        return true;
    }

    private static LeaveOfAbsence LeaveAt(int day, int length)
    {
        var from = Calendar.Day(On("Mon 7 Sep 2026"), day + 1);
        return new LeaveOfAbsence("leave", from, from.AddDays(length));
    }
}
