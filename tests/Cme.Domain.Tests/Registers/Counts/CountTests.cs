using System.Collections.Immutable;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using static Cme.Domain.Tests.Registers.Counts.Week;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Counts;

// The five counts of DESIGN 5, row by row. Mon 7 Sep 2026 is the first full week of term.
public class CountTests
{
    private const string Monday = "Mon 7 Sep 2026";

    [Theory]
    [InlineData("N N", "counted")]
    [InlineData("O O", "counted")]
    [InlineData("blank blank", "counted")]
    [InlineData("G G", "counted")]
    [InlineData("G:known-contact G:known-contact", "broke")]
    [InlineData("B B", "held")]
    [InlineData("K K", "held")]
    [InlineData("D D", "held")]
    [InlineData("C2 C2", "held")]
    [InlineData("E E", "held")]
    [InlineData("P P", "held")]
    [InlineData("W W", "held")]
    [InlineData("I:unknown I:unknown", "held")]
    [InlineData("I:other-contact I:other-contact", "held")]
    [InlineData("/ \\", "broke")]
    [InlineData("L \\", "broke")]
    [InlineData("U \\", "broke")]
    [InlineData("V V", "broke")]
    [InlineData("I I", "broke")]
    [InlineData("C C", "broke")]
    [InlineData("Q Q", "broke")]
    [InlineData("# #", "skipped")]
    [InlineData("X X", "skipped")]
    [InlineData("Y1 Y7", "skipped")]
    [InlineData("? ?", "skipped")]
    [InlineData(". .", "skipped")]
    public void The_whereabouts_run_counts_what_is_unexplained_and_is_held_by_what_is_unverified(string day, string effect) =>
        Effect(CountName.Whereabouts, day).ShouldBe(effect);

    [Theory]
    [InlineData("N N", "counted")]
    [InlineData("O O", "counted")]
    [InlineData("G:known-contact G:known-contact", "counted")]
    [InlineData("U \\", "broke")]
    [InlineData("N U", "counted")]
    [InlineData("/ U", "counted")]
    [InlineData("/ \\", "broke")]
    [InlineData("V V", "broke")]
    [InlineData("K K", "broke")]
    [InlineData("B B", "broke")]
    [InlineData("I:unknown I:unknown", "broke")]
    [InlineData("C C", "broke")]
    [InlineData("C2 C2", "broke")]
    [InlineData("E E", "broke")]
    [InlineData("N I", "broke")]
    [InlineData("D D", "skipped")]
    [InlineData("Q Q", "skipped")]
    [InlineData("# #", "skipped")]
    [InlineData("X X", "skipped")]
    [InlineData("Y4 Y5", "skipped")]
    [InlineData("blank blank", "skipped")]
    [InlineData("? ?", "skipped")]
    public void Irregular_attendance_counts_G_N_O_U_and_is_broken_by_any_attended_or_authorised_session(string day, string effect) =>
        Effect(CountName.Irregular, day).ShouldBe(effect);

    [Theory]
    [InlineData("N N", "counted")]
    [InlineData("G O", "counted")]
    [InlineData("Y1 N", "counted")]
    [InlineData("N \\", "broke")]
    [InlineData("/ N", "broke")]
    [InlineData("N U", "broke")]
    [InlineData("N I", "broke")]
    [InlineData("D D", "broke")]
    [InlineData("Q Q", "broke")]
    [InlineData("B B", "broke")]
    [InlineData("E E", "broke")]
    [InlineData("# #", "skipped")]
    [InlineData("X X", "skipped")]
    [InlineData("Y1 Y2", "skipped")]
    [InlineData("N .", "skipped")]
    [InlineData(". N", "skipped")]
    [InlineData("N blank", "skipped")]
    [InlineData("N ?", "skipped")]
    [InlineData("blank blank", "skipped")]
    public void Ground_i_counts_a_day_of_which_every_session_is_G_N_or_O_and_any_other_code_breaks_it(string day, string effect) =>
        Effect(CountName.GroundI, day).ShouldBe(effect);

    [Theory]
    [InlineData("N N", "counted")]
    [InlineData("O G", "counted")]
    [InlineData("I I", "counted")]
    [InlineData("C C", "counted")]
    [InlineData("E .", "counted")]
    [InlineData("/ \\", "broke")]
    [InlineData("N \\", "broke")]
    [InlineData("U .", "broke")]
    [InlineData("B B", "broke")]
    [InlineData("Y1 Y1", "skipped")]
    [InlineData("X X", "skipped")]
    [InlineData("D D", "skipped")]
    [InlineData("blank blank", "skipped")]
    public void Ground_h_counts_any_absence_from_the_expected_return_on_until_attended(string day, string effect) =>
        Effects(CountName.GroundH, Marks(Monday, day), Leave("Wed 2 Sep 2026", Monday)).ShouldBe(effect);

    [Theory]
    [InlineData("I I", "counted")]
    [InlineData("I \\", "counted")]
    [InlineData("/ I", "counted")]
    [InlineData("I:unknown .", "counted")]
    [InlineData("M M", "skipped")]
    [InlineData("/ \\", "skipped")]
    [InlineData("N N", "skipped")]
    public void Sickness_counts_days_coded_I_and_nothing_breaks_it(string day, string effect) =>
        Effect(CountName.Sickness, day).ShouldBe(effect);

    [Theory]
    [InlineData(CountName.Whereabouts, "N N", "NOR-04")]
    [InlineData(CountName.Whereabouts, "/ \\", "NOR-04")]
    [InlineData(CountName.Whereabouts, "B B", "product")]
    [InlineData(CountName.Irregular, "N N", "B5")]
    [InlineData(CountName.GroundI, "N N", "B4")]
    [InlineData(CountName.GroundH, "N N", "B4")]
    [InlineData(CountName.Sickness, "I I", "B5")]
    public void Every_effect_names_the_rule_that_it_follows(string count, string day, string clause) =>
        Counting.Days(Marks(Monday, day), Calendar, [], On(Monday), On(Monday))[0].Counts.Single(one => one.Count == count).Clause.ShouldBe(clause);

    [Fact]
    public void Half_days_count_as_sessions_and_a_run_that_begins_in_the_afternoon_has_that_day_as_its_first()
    {
        var marks = Marks(Monday, "N N", "/ N", "N N");

        Effects(CountName.Whereabouts, marks).ShouldBe("counted counted counted");
        (CountsOf(marks).WhereaboutsDays, CountsOf(marks).IrregularDays, CountsOf(marks).GroundI).ShouldBe((2, 2, 1));
    }

    [Fact]
    public void Days_that_nobody_counts_lengthen_no_run_and_end_none()
    {
        var counts = CountsOf(Marks(Monday, "N N", "# #", "X X", "Y1 Y4", ". .", "O O"));

        (counts.WhereaboutsDays, counts.IrregularDays, counts.GroundI).ShouldBe((2, 2, 2));
    }

    [Fact]
    public void Holidays_and_weekends_are_neither_listed_nor_counted()
    {
        var days = Counting.Days(Marks("Fri 23 Oct 2026", "N N", "N N"), Calendar, [], On("Thu 22 Oct 2026"), On("Tue 3 Nov 2026"));

        days.Select(day => day.Date).ShouldBe([On("Thu 22 Oct 2026"), On("Fri 23 Oct 2026"), On("Mon 2 Nov 2026"), On("Tue 3 Nov 2026")]);
        days.Select(day => day.Counts[0].Days).ShouldBe([0, 1, 2, 2]);
    }

    [Fact]
    public void What_holds_leaves_the_run_as_long_as_it_is()
    {
        var marks = Marks(Monday, "N N", "B B", "N N");

        Effects(CountName.Whereabouts, marks).ShouldBe("counted held counted");
        (CountsOf(marks).WhereaboutsDays, CountsOf(marks).IrregularDays).ShouldBe((2, 1), "B is attended elsewhere, so it breaks the others");
    }

    [Fact]
    public void Being_late_after_the_register_closed_is_seen_and_still_irregular()
    {
        var counts = CountsOf(Marks(Monday, "N N", "N U", "N N"));

        (counts.WhereaboutsDays, counts.IrregularDays, counts.GroundI).ShouldBe((1, 3, 1));
    }

    [Fact]
    public void Sickness_is_continuous_or_cumulative_within_the_school_year()
    {
        CountsOf(Marks(Monday, "I I", "/ \\", "I \\", "N N", "I I")).Sickness.ShouldBe(3);
        Counting.On(On("Mon 6 Sep 2027"), Marks(Monday, "I I"), Calendar, []).Sickness.ShouldBe(0, "another school year");
    }

    [Fact]
    public void Absence_inside_granted_leave_lengthens_nothing_whatever_its_code()
    {
        var marks = Marks(Monday, Times(5, "N N"));
        var counts = CountsOf(marks, Leave(Monday, "Mon 14 Sep 2026"));

        counts.ShouldBe(AttendanceCounts.None);
        Counting.Days(marks, Calendar, [Leave(Monday, "Mon 14 Sep 2026")], On(Monday), On(Monday))[0].Counts
            .Where(count => count.Clause == "DOR-13").Select(count => count.Count).ShouldBe([CountName.Whereabouts, CountName.GroundH]);
    }

    [Fact]
    public void DOR13_Day_1_is_the_expected_return_when_the_child_fails_to_attend_and_not_the_start_of_leave()
    {
        var counts = CountsOf(Marks(Monday, [.. Times(5, "N N"), "N N", "N N"]), Leave(Monday, "Mon 14 Sep 2026"));

        (counts.WhereaboutsDays, counts.GroundH, counts.GroundI).ShouldBe((2, 2, 2));
    }

    [Fact]
    public void A_child_missing_before_leave_was_granted_is_not_found_by_the_grant()
    {
        var marks = Marks(Monday, "N N", "N N", "N N");

        Effects(CountName.Whereabouts, marks, Leave("Tue 8 Sep 2026", "Wed 9 Sep 2026")).ShouldBe("counted skipped counted");
        CountsOf(marks, Leave("Tue 8 Sep 2026", "Wed 9 Sep 2026")).WhereaboutsDays.ShouldBe(2);
    }

    [Fact]
    public void A_pupil_who_has_been_back_once_has_returned_from_leave()
    {
        var marks = Marks(Monday, "N N", "/ N", "N N");

        Effects(CountName.GroundH, marks, Leave("Wed 2 Sep 2026", Monday)).ShouldBe("counted broke skipped");
        CountsOf(marks, Leave("Wed 2 Sep 2026", Monday)).GroundH.ShouldBe(0);
    }

    [Fact]
    public void Leave_granted_on_top_of_leave_counts_from_the_later_return()
    {
        var counts = CountsOf(Marks(Monday, Times(5, "N N")), Leave("Wed 2 Sep 2026", Monday), Leave("Wed 9 Sep 2026", "Fri 11 Sep 2026"));

        counts.GroundH.ShouldBe(1);
    }

    [Fact]
    public void Without_leave_ground_h_never_counts() => CountsOf(Marks(Monday, Times(12, "N N"))).GroundH.ShouldBe(0);

    [Fact]
    public void A_year_group_that_has_one_session_needs_only_that_one_for_a_whole_day()
    {
        var mornings = TestSupport.Terms.Autumn2026.CalendarOf(
            TestSupport.Terms.Autumn2026.Document with { YearGroupExceptions = [new("7", On(Monday), ["AM"])] });

        Counting.On(On(Monday), Marks(Monday, "N ."), mornings.For("7"), []).GroundI.ShouldBe(1);
        Counting.On(On(Monday), Marks(Monday, "N ."), mornings, []).GroundI.ShouldBe(0);
    }

    [Fact]
    public void From_the_first_day_of_another_leave_ground_h_counts_nothing_after_the_first() =>
        CountsOf(Marks(Monday, "N N", "N N", "N N"), Leave("Wed 2 Sep 2026", Monday), Leave("Wed 9 Sep 2026", "Fri 11 Sep 2026")).GroundH.ShouldBe(0);

    [Fact]
    public void The_longest_run_that_stands_says_how_far_back_the_days_are_told()
    {
        // Late after the register closed ends the whereabouts run, and not the irregular attendance.
        var days = DaysOf("N N", "I I", "/ U", "N N", "N N");

        Counting.Earliest(days, On("Fri 11 Sep 2026")).ShouldBe(On("Wed 9 Sep 2026"));
        Counting.Earliest(days, On("Tue 8 Sep 2026")).ShouldBe(On("Tue 8 Sep 2026"), "never later than the day asked about");
        Counting.Earliest(DaysOf("N N", "N N", "/ \\"), On("Wed 9 Sep 2026")).ShouldBe(On("Wed 9 Sep 2026"), "no run stands");
        Counting.Earliest(DaysOf("I I", "/ \\", "/ \\"), On("Wed 9 Sep 2026")).ShouldBe(On("Wed 9 Sep 2026"), "sickness adds up and has no first day");
    }

    [Fact]
    public void B4_Days_inside_the_run_of_ground_i_that_lack_a_code_are_counted_for_whoever_rests_a_removal_on_it()
    {
        Uncoded("N N", "N N", "N N").ShouldBe(0);
        Uncoded("N N", "N .", "blank N", "? ?", "N N").ShouldBe(3);
        Uncoded("N .", "N N", "N N", "N .").ShouldBe(0, "before its first day and after its last they are no part of it");
        Uncoded("N N", "N .", "/ \\", "N N").ShouldBe(0, "the run that they were part of has ended");
        Uncoded("N N", "N .", "/ \\").ShouldBe(0, "none stands");
        Uncoded("/ \\").ShouldBe(0);
        Counting.UncodedOfGroundI([], Calendar).ShouldBe(0);
    }

    [Fact]
    public void Counts_may_be_longer_while_nothing_has_ended_them_all_or_a_leave_lies_before()
    {
        Counting.MayBeginEarlier([], [Leave("Wed 2 Sep 2026", Monday)]).ShouldBeFalse("of nothing, nothing began");
        MayBeginEarlier(["N N"]).ShouldBeTrue();
        MayBeginEarlier(["U U", "N N"]).ShouldBeTrue();
        MayBeginEarlier(["/ \\", "N N"]).ShouldBeFalse();
        MayBeginEarlier(["I I", "N N"], Leave("Wed 2 Sep 2026", "Fri 4 Sep 2026")).ShouldBeTrue("illness does not end ground h");
        MayBeginEarlier(["I I", "N N"], Leave("Wed 2 Sep 2026", "Fri 4 Sep 2026"), Leave("Mon 21 Sep 2026", "Tue 22 Sep 2026")).ShouldBeTrue("one leave is enough");
        MayBeginEarlier(["/ \\", "N N"], Leave("Wed 2 Sep 2026", "Fri 4 Sep 2026")).ShouldBeFalse("the pupil has been back");
        MayBeginEarlier(["I I", "N N"], Leave("Wed 2 Sep 2026", Monday)).ShouldBeFalse("the return is in the marks");
    }

    private static bool MayBeginEarlier(string[] days, params LeaveOfAbsence[] leaves) => Counting.MayBeginEarlier(Marks(Monday, days), leaves);

    private static int Uncoded(params string[] days) => Counting.UncodedOfGroundI(DaysOf(days), Calendar);

    private static ImmutableArray<CountedDay> DaysOf(params string[] days) =>
        Counting.Days(Marks(Monday, days), Calendar, [], On(Monday), Calendar.Day(On(Monday), days.Length));

    private static string Effect(string count, string day) =>
        string.Join(" ", Counting.Days(Marks(Monday, day), Calendar, [], On(Monday), On(Monday))
            .Select(one => one.Counts.Single(effect => effect.Count == count).Effect.ToString().ToLowerInvariant()));

    private static LeaveOfAbsence Leave(string from, string expectedReturn) => new("leave", On(from), On(expectedReturn));
}
