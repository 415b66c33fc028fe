using System.Globalization;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

/// <summary>DESIGN 5, "Mass error": a register that looks wrong is held for a quarter of an hour. Registration closes at 09:20.</summary>
public class MassErrorTests
{
    private const string Day = "Tue 8 Sep 2026";

    private AbsenceWindow _window = Empty(Roll(("7", 20), ("8", 60)));

    [Theory]
    [InlineData(20, 5, false, "a quarter is not more than a quarter")]
    [InlineData(20, 6, true, "more than a quarter")]
    [InlineData(12, 4, false, "a third, but fewer than five")]
    [InlineData(12, 5, true, "five, and more than a quarter")]
    [InlineData(5, 5, true, "a small year group, all of it")]
    [InlineData(200, 39, false, "fewer than forty, and less than a quarter")]
    [InlineData(200, 40, true, "forty of one register")]
    public void More_than_a_quarter_of_a_year_group_and_at_least_five_or_forty_look_wrong(int yearGroup, int missing, bool doubted, string because)
    {
        _window = Empty(Roll(("7", yearGroup)));

        var told = Send($"{Day} 09:25", N("7", 1, missing));

        (_window.DoubtOf(Am(Day)) is not null).ShouldBe(doubted, because);
        told.Length.ShouldBe(doubted ? 0 : missing, because);
    }

    [Fact]
    public void Forty_of_several_year_groups_look_wrong_though_no_year_group_does()
    {
        _window = Empty(Roll(("7", 100), ("8", 100)));
        Send($"{Day} 09:25", [.. N("7", 1, 20), .. N("8", 1, 19)]).Length.ShouldBe(39);

        _window = Empty(Roll(("7", 100), ("8", 100)));
        Send($"{Day} 09:25", [.. N("7", 1, 20), .. N("8", 1, 20)]).ShouldBeEmpty();
        _window.DoubtOf(Am(Day))!.YearGroups.ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_of_a_register_that_looks_wrong_is_told_until_the_hold_ends_and_then_everybody_is()
    {
        Send($"{Day} 09:25", [.. N("7", 1, 6), .. N("8", 1, 1)]).ShouldBeEmpty("year 8 came in the same register");
        _window.NextChange.ShouldBe(At($"{Day} 09:40"));

        Pass($"{Day} 09:39").ShouldBeEmpty();
        Pass($"{Day} 09:40").ShouldBe(["7-01", "7-02", "7-03", "7-04", "7-05", "7-06", "8-01"]);
        _window.NextChange.ShouldBeNull();
        _window.RunOf("7-01").Sessions[0].KnownAt.ShouldBe(At($"{Day} 09:25"), "the mark was known all the time");
    }

    [Fact]
    public void A_flagged_child_is_not_held_and_counts_all_the_same()
    {
        _window = Empty(Roll(pupil => pupil with { IsFlagged = pupil.Id == "7-03" }, ("7", 20)));

        Send($"{Day} 09:25", N("7", 1, 6)).ShouldBe(["7-03"]);
        Pass($"{Day} 09:40").Length.ShouldBe(5);
    }

    [Fact]
    public void A_corrected_register_is_believed_at_once_and_nobody_was_ever_told_of_whom_it_takes_back()
    {
        Send($"{Day} 09:25", N("7", 1, 6)).ShouldBeEmpty();

        Send($"{Day} 09:30", ["7-01 /", "7-02 /"]).ShouldBe(["7-03", "7-04", "7-05", "7-06"]);
        _window.NextChange.ShouldBeNull();
        Pass($"{Day} 09:40").ShouldBeEmpty();
    }

    [Fact]
    public void A_corrected_register_that_still_looks_wrong_is_not_held_any_longer_for_it()
    {
        Send($"{Day} 09:25", N("7", 1, 8)).ShouldBeEmpty();
        Send($"{Day} 09:35", ["7-01 /", "7-02 I known-contact"]).ShouldBeEmpty();

        _window.NextChange.ShouldBe(At($"{Day} 09:40"));
        Pass($"{Day} 09:40").Length.ShouldBe(6);
    }

    [Fact]
    public void Who_was_missing_before_is_told_as_ever_and_does_not_make_the_register_look_wrong()
    {
        Send(Pm("Mon 7 Sep 2026"), "Mon 7 Sep 2026 13:20", N("7", 1, 5)).Length.ShouldBe(5);

        Send($"{Day} 09:25", N("7", 1, 8)).Length.ShouldBe(8, "three are new");
        _window.DoubtOf(Am(Day)).ShouldBeNull();
    }

    [Fact]
    public void Who_was_missing_before_goes_on_being_told_though_the_register_looks_wrong()
    {
        Send(Pm("Mon 7 Sep 2026"), "Mon 7 Sep 2026 13:20", N("7", 1, 2));

        Send($"{Day} 09:25", N("7", 1, 8)).ShouldBe(["7-01", "7-02"]);
    }

    [Fact]
    public void Who_was_told_before_the_register_began_to_look_wrong_is_not_taken_back()
    {
        Send($"{Day} 09:25", N("7", 1, 3)).Length.ShouldBe(3);
        Send($"{Day} 09:30", N("7", 4, 4)).ShouldBeEmpty();

        Send($"{Day} 09:32", ["7-01 /"]).ShouldBe(["7-01"], "seen: their run has ended");
        Pass($"{Day} 09:45").ShouldBe(["7-04", "7-05", "7-06", "7-07"]);
    }

    [Fact]
    public void A_register_that_looks_wrong_before_registration_closes_is_held_from_the_close()
    {
        Send($"{Day} 08:55", N("7", 1, 6)).ShouldBeEmpty();

        _window.NextChange.ShouldBe(At($"{Day} 09:35"), "before registration closes N means not yet in");
        Send($"{Day} 09:10", ["7-01 /", "7-02 /", "7-03 /", "7-04 /", "7-05 L"]).ShouldBe(["7-06"]);
    }

    [Fact]
    public void Blanks_make_a_register_look_wrong_when_registration_closes()
    {
        _window = Empty(Roll(("7", 20)));
        Send(Am(Day), $"{Day} 08:55", complete: true, [.. Enumerable.Range(7, 14).Select(n => $"7-{n:00} /")]).ShouldBeEmpty();
        _window.NextChange.ShouldBe(At($"{Day} 09:20"));
        _window.DoubtOf(Am(Day))!.Since.ShouldBe(At($"{Day} 09:20"));

        Pass($"{Day} 09:20").ShouldBeEmpty();
        _window.NextChange.ShouldBe(At($"{Day} 09:35"));
        Pass($"{Day} 09:35").Length.ShouldBe(6);
    }

    [Fact]
    public void A_hold_that_ended_while_nobody_looked_has_ended()
    {
        Send($"{Day} 09:25", N("7", 1, 6));

        Pass($"{Day} 12:00").Length.ShouldBe(6);
    }

    [Fact]
    public void A_window_read_again_from_the_stored_sheets_holds_the_same_children_back()
    {
        Send($"{Day} 09:25", N("7", 1, 3));
        Send($"{Day} 09:30", N("7", 4, 4));

        _window = AbsenceWindow.Of(_window.Roll, _window.Calendar, _window.From, [_window.Find(Am(Day))!], At($"{Day} 09:30"));

        _window.Standing.Select(entry => entry.Key).ShouldBe(["7-01", "7-02", "7-03"], ignoreOrder: true);
        _window.NextChange.ShouldBe(At($"{Day} 09:45"));
        Pass($"{Day} 09:45").ShouldBe(["7-04", "7-05", "7-06", "7-07"]);
    }

    [Fact]
    public void A_changed_roll_takes_nobody_back_who_was_told()
    {
        Send($"{Day} 09:25", N("7", 1, 3));
        Send($"{Day} 09:30", N("7", 4, 4));
        Send($"{Day} 09:31", ["7-01 O", "7-02 O", "7-03 O"]);

        _window.Standing.Select(entry => entry.Key).ShouldBe(["7-01", "7-02", "7-03"], ignoreOrder: true, "O for N says nothing new of the others");

        var moved = RegisterSignals.On(_window, Roll(("7", 21), ("8", 60)), _window.Calendar);
        moved.Signals.ShouldBeEmpty();
        moved.Window.Standing.Select(entry => entry.Key).ShouldBe(["7-01", "7-02", "7-03"], ignoreOrder: true);
    }

    [Fact]
    public void Of_two_registers_that_look_wrong_each_is_held_for_its_own_quarter_of_an_hour()
    {
        Send(Am(Day), $"{Day} 13:10", N("7", 1, 6)).ShouldBeEmpty("the morning's came late");
        Send(Pm(Day), $"{Day} 13:20", N("8", 1, 16)).ShouldBeEmpty();

        _window.NextChange.ShouldBe(At($"{Day} 13:25"));
        Pass($"{Day} 13:25").Length.ShouldBe(6);
        _window.NextChange.ShouldBe(At($"{Day} 13:35"));
        Pass($"{Day} 13:35").Length.ShouldBe(16);
    }

    [Fact]
    public void Blanks_that_come_to_count_before_a_hold_ends_are_what_happens_next()
    {
        Send(Am(Day), $"{Day} 13:10", N("7", 1, 6)).ShouldBeEmpty();
        Send(Pm(Day), $"{Day} 13:12", complete: true, [.. N("7", 1, 6), .. from n in Enumerable.Range(7, 14) select $"7-{n:00} \\", .. from n in Enumerable.Range(2, 59) select $"8-{n:00} \\"]);

        _window.NextChange.ShouldBe(At($"{Day} 13:15"), "8-01 is blank, and registration closes before the hold ends");
    }

    [Fact]
    public void Who_was_at_school_the_day_before_is_newly_unexplained()
    {
        Send(Pm("Mon 7 Sep 2026"), "Mon 7 Sep 2026 13:20", [.. Enumerable.Range(1, 20).Select(n => $"7-{n:00} \\")]);

        Send($"{Day} 09:25", N("7", 1, 6)).ShouldBeEmpty();
        _window.DoubtOf(Am(Day))!.Unexplained.ShouldBe(6);
    }

    [Fact]
    public void A_register_of_which_forty_are_missing_looks_wrong_from_the_fortieth_on()
    {
        var missing = Enumerable.Range(0, 41).Select(n => ("7", At($"{Day} 09:00").AddMinutes(n))).ToList();

        var doubt = MassError.Of(At($"{Day} 09:20"), missing, _ => 1_000)!;

        (doubt.Since, doubt.Until, doubt.Unexplained).ShouldBe((At($"{Day} 09:39"), At($"{Day} 09:54"), 41));
        MassError.Of(At($"{Day} 09:20"), missing[..39], _ => 1_000).ShouldBeNull();
    }

    [Fact]
    public void The_year_groups_that_look_wrong_are_named_in_order()
    {
        _window = Empty(Roll(("8", 20), ("7", 20)));

        Send($"{Day} 09:25", [.. N("8", 1, 6), .. N("7", 1, 6)]).ShouldBeEmpty();
        _window.DoubtOf(Am(Day))!.YearGroups.ShouldBe(["7", "8"]);
    }

    [Fact]
    public void A_window_keeps_the_days_on_which_the_counts_of_a_child_rest_who_is_held_back()
    {
        _window = Empty(Roll(("7", 20)));
        for (var day = On("Mon 7 Sep 2026"); day < On("Mon 21 Sep 2026"); day = _window.Calendar.NextSchoolDay(day))
        {
            Send(new(day, Session.Am), string.Create(CultureInfo.InvariantCulture, $"{day:ddd d MMM yyyy} 09:25"), ["7-01 U", "7-02 /"]);
        }

        Send(Am("Mon 21 Sep 2026"), "Mon 21 Sep 2026 09:25", N("7", 1, 6)).ShouldBeEmpty();

        _window.Trimmed(new SchoolDays(2)).From.ShouldBe(On("Mon 7 Sep 2026"), "ten days late make irregular attendance");
    }

    [Fact]
    public void Leavers_are_no_part_of_the_year_group()
    {
        _window = Empty(Roll(pupil => pupil with { Until = string.CompareOrdinal(pupil.Id, "7-20") > 0 ? On("Mon 7 Sep 2026") : null }, ("7", 40)));

        Send($"{Day} 09:25", N("7", 1, 6)).ShouldBeEmpty("six of twenty");
    }

    private static Roll Roll(params (string YearGroup, int Pupils)[] yearGroups) => Roll(pupil => pupil, yearGroups);

    private static Roll Roll(Func<RollPupil, RollPupil> change, params (string YearGroup, int Pupils)[] yearGroups) => new(
        from yearGroup in yearGroups
        from n in Enumerable.Range(1, yearGroup.Pupils)
        select change(new RollPupil($"{yearGroup.YearGroup}-{n:00}", yearGroup.YearGroup, On("Wed 2 Sep 2026"))));

    private static AbsenceWindow Empty(Roll roll) =>
        AbsenceWindow.Of(roll, Autumn2026.Calendar, On("Mon 7 Sep 2026"), [], At("Mon 7 Sep 2026 08:00"));

    private static string[] N(string yearGroup, int from, int count) => [.. Enumerable.Range(from, count).Select(n => $"{yearGroup}-{n:00} N")];

    private string[] Send(string now, string[] marks) => Send(Am(Day), now, marks);

    private string[] Send(SessionOf session, string now, string[] marks) => Send(session, now, complete: false, marks);

    private string[] Send(SessionOf session, string now, bool complete, string[] marks)
    {
        var submission = School.Register(session, At(now), marks) with { Complete = complete };
        var sheet = Sheet.Merge(_window.Find(session), submission, _window.Roll, _window.Calendar, At(now)).Sheet!;
        return Remember(RegisterSignals.After(_window, sheet, At(now)));
    }

    private string[] Pass(string now) => Remember(RegisterSignals.At(_window, At(now)));

    private string[] Remember(WindowChange change)
    {
        _window = change.Window;
        return [.. change.Signals.Select(signal => signal.Pupil)];
    }
}
