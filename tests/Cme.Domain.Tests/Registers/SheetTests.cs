using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

public class SheetTests
{
    private static readonly SessionOf Tuesday = Am("Tue 8 Sep 2026");
    private static readonly DateTimeOffset Nine = At("Tue 8 Sep 2026 09:00");

    private static readonly Sheet Held = Take(null, Register(Tuesday, Nine, "amina N", "ben /", "cara /", "dan /")).Sheet!;

    [Fact]
    public void A_first_register_is_revision_1_and_whoever_it_leaves_out_is_blank()
    {
        var change = Take(null, Register(Tuesday, Nine, "amina N", "ben /", "cara /", "dan /"));

        change.Effect.ShouldBe(SheetEffect.Changed);
        (change.Accepted, change.Unchanged, change.Superseded, change.Rejected).ShouldBe((4, 0, 0, 0));
        change.Items.ShouldBeEmpty();
        change.Sheet!.Revision.ShouldBe(1);
        School.Held(change.Sheet).ShouldBe("amina N, ben /, cara /, dan /, ewa blank");
    }

    [Fact]
    public void A_source_whose_clock_is_far_ahead_does_not_lock_later_corrections_out()
    {
        var ahead = Take(null, Register(Tuesday, Nine.AddYears(1), "amina N", "ben /", "cara /", "dan /"), Nine);

        Take(ahead.Sheet, Part(Tuesday, Nine.AddMinutes(5), "amina /"), Nine.AddMinutes(5)).Accepted.ShouldBe(1);
    }

    [Fact]
    public void Whoever_a_part_of_a_register_leaves_out_keeps_the_mark_held()
    {
        School.Held(Take(null, Part(Tuesday, Nine, "amina N")).Sheet).ShouldBe("amina N");
        School.Held(Take(Held, Part(Tuesday, Nine.AddMinutes(5), "amina L")).Sheet)
            .ShouldBe("amina L, ben /, cara /, dan /, ewa blank");
    }

    [Fact]
    public void The_same_register_again_changes_nothing()
    {
        var change = Take(Held, Register(Tuesday, Nine, "amina N", "ben /", "cara /", "dan /"), Nine.AddHours(1));

        change.Effect.ShouldBe(SheetEffect.Unchanged);
        change.Sheet.ShouldBeSameAs(Held);
        change.Unchanged.ShouldBe(4);
    }

    [Fact]
    public void The_same_marks_at_a_later_time_keep_the_revision_and_when_they_were_known_but_win_over_what_lies_between()
    {
        var later = Take(Held, Register(Tuesday, Nine.AddMinutes(10), "amina N", "ben /", "cara /", "dan /"));

        later.Effect.ShouldBe(SheetEffect.Confirmed);
        later.Sheet!.Revision.ShouldBe(1);
        later.Sheet[1]!.Value.ShouldBe(new Mark(Held[1]!.Value.Code, Nine.AddMinutes(10), Nine));

        var between = Take(later.Sheet, Part(Tuesday, Nine.AddMinutes(5), "ben N"), Nine.AddMinutes(11));
        between.Superseded.ShouldBe(1);
        between.Effect.ShouldBe(SheetEffect.Unchanged);
    }

    [Fact]
    public void A_mark_older_than_the_one_held_is_superseded()
    {
        var change = Take(Held, Part(Tuesday, Nine.AddMinutes(-1), "amina /", "ben N"), Nine.AddHours(1));

        change.Superseded.ShouldBe(2);
        change.Sheet.ShouldBeSameAs(Held);
    }

    [Fact]
    public void Of_two_marks_of_one_time_the_later_arrival_wins()
    {
        var change = Take(Held, Part(Tuesday, Nine, "amina I"), Nine.AddHours(1));

        change.Accepted.ShouldBe(1);
        change.Sheet![0]!.Value.ShouldBe(new Mark(AttendanceCode.Stored("I"), Nine, Nine.AddHours(1)));
    }

    [Fact]
    public void A_complete_register_takes_away_the_mark_of_whom_it_leaves_out_and_an_older_one_does_not_bring_it_back()
    {
        var without = Take(Held, Register(Tuesday, Nine.AddMinutes(10), "amina N", "cara /", "dan /"));
        School.Held(without.Sheet).ShouldBe("amina N, ben blank, cara /, dan /, ewa blank");

        Take(without.Sheet, Part(Tuesday, Nine.AddMinutes(5), "ben /")).Superseded.ShouldBe(1);
        Take(Held, Register(Tuesday, Nine.AddMinutes(-10), "amina N")).Sheet.ShouldBeSameAs(Held, "that one is older");
    }

    [Fact]
    public void A_reason_is_a_change_too()
    {
        var change = Take(Held, Part(Tuesday, Nine.AddMinutes(5), "amina N unknown"));

        change.Accepted.ShouldBe(1);
        change.Sheet![0]!.Value.Note!.ReportedBy.ShouldBe(Reporter.Unknown);
        change.Sheet.Revision.ShouldBe(2);
    }

    [Fact]
    public void Good_marks_are_taken_and_each_bad_one_says_what_to_do()
    {
        var change = Take(null, Register(Tuesday, Nine, "amina N", "zoe /", "ben H", "cara Q7", "dan /", "ewa /", "ewa N"));

        (change.Accepted, change.Rejected).ShouldBe((2, 5));
        change.Items.Select(item => (item.Index, item.Code, item.Rejected)).ShouldBe(
        [
            (1, "unknown-pupil", true), (2, "withdrawn-code", true), (3, "unknown-code", true),
            (5, "duplicate-pupil", true), (6, "duplicate-pupil", true),
        ]);
        change.Items[1].Detail.ShouldBe("Code H was withdrawn. Use C (exceptional circumstances) or G (holiday not granted).");
        change.Items.ShouldAllBe(item => item.Detail.EndsWith('.'));
    }

    [Fact]
    public void A_pupil_whose_mark_was_rejected_is_neither_blank_nor_present()
    {
        var first = Take(null, Register(Tuesday, Nine, "amina N", "ben H"));
        School.Held(first.Sheet).ShouldBe("amina N, ben ?, cara blank, dan blank, ewa blank");

        School.Held(Take(first.Sheet, Part(Tuesday, Nine.AddMinutes(-5), "ben /")).Sheet).ShouldContain("ben /", Case.Sensitive, "any mark is better");
        School.Held(Take(first.Sheet, Register(Tuesday, Nine.AddMinutes(5), "amina N")).Sheet).ShouldContain("ben blank");
        School.Held(Take(first.Sheet, Register(Tuesday, Nine.AddMinutes(-5), "cara /")).Sheet).ShouldContain("ben ?", Case.Sensitive, "left out earlier");
    }

    [Fact]
    public void A_rejected_mark_of_a_part_of_a_register_is_a_fault_too_and_says_why()
    {
        var sheet = Take(null, Part(Tuesday, Nine, "amina N", "ben H", "cara XX", "dan /", "dan N")).Sheet!;

        School.Held(sheet).ShouldBe("amina N, ben ?, cara ?, dan ?");
        sheet.Marks().Select(mark => mark.Value.Note?.ReasonText).ShouldBe([null, "withdrawn-code", "unknown-code", "duplicate-pupil"]);
        School.Held(Take(sheet, Part(Tuesday, Nine.AddMinutes(5), "ben /")).Sheet).ShouldContain("ben /");
        Take(sheet, Part(Tuesday, Nine, "amina N", "ben H", "cara XX", "dan /", "dan N")).Effect.ShouldBe(SheetEffect.Unchanged);
    }

    [Fact]
    public void A_bad_mark_leaves_the_mark_held_as_it_is()
    {
        var change = Take(Held, Register(Tuesday, Nine.AddMinutes(5), "amina H", "ben /", "cara /", "dan L", "ewa XX"));

        School.Held(change.Sheet).ShouldBe("amina N, ben /, cara /, dan L, ewa blank");
    }

    [Fact]
    public void A_register_without_a_single_good_mark_changes_nothing_at_all()
    {
        Take(null, Register(Tuesday, Nine, "amina H", "zoe /")).ShouldSatisfyAllConditions(
            change => change.Effect.ShouldBe(SheetEffect.Unchanged),
            change => change.Sheet.ShouldBeNull(),
            change => change.Rejected.ShouldBe(2));
        Take(Held, Register(Tuesday, Nine.AddHours(1), "amina H")).Sheet.ShouldBeSameAs(Held);
    }

    [Fact]
    public void One_good_mark_is_enough_whatever_became_of_the_others()
    {
        var ben = Take(Held, Part(Tuesday, Nine.AddMinutes(10), "ben L")).Sheet;
        var cara = Take(ben, Part(Tuesday, Nine.AddMinutes(5), "cara L", "ben /", "zoe /"), Nine.AddMinutes(11));
        (cara.Effect, cara.Accepted, cara.Superseded, cara.Rejected).ShouldBe((SheetEffect.Changed, 1, 1, 1));

        var amina = Take(Held, Part(Tuesday, Nine.AddMinutes(5), "amina L", "ben /", "zoe /"));
        (amina.Effect, amina.Accepted, amina.Unchanged, amina.Rejected).ShouldBe((SheetEffect.Changed, 1, 1, 1));
    }

    [Fact]
    public void A_mark_that_came_and_one_that_went_are_both_a_change()
    {
        var change = Take(Held, Register(Tuesday, Nine.AddMinutes(5), "amina /", "cara /", "dan /"));

        change.Effect.ShouldBe(SheetEffect.Changed);
        School.Held(change.Sheet).ShouldBe("amina /, ben blank, cara /, dan /, ewa blank");
    }

    [Fact]
    public void A_fault_that_is_new_is_a_change_although_nothing_was_accepted()
    {
        var held = Take(null, Part(Tuesday, Nine, "amina N")).Sheet;

        var change = Take(held, Part(Tuesday, Nine.AddMinutes(5), "amina N", "ben H"));

        (change.Effect, change.Accepted).ShouldBe((SheetEffect.Changed, 0));
        School.Held(change.Sheet).ShouldBe("amina N, ben ?");
        change.Sheet!.Revision.ShouldBe(2);
    }

    [Fact]
    public void A_register_that_is_only_confirmed_came_when_it_first_came()
    {
        var later = Take(Held, Register(Tuesday, Nine.AddMinutes(10), "amina N", "ben /", "cara /", "dan /"), Nine.AddMinutes(12));

        (later.Effect, later.Sheet!.ReceivedAt, later.Sheet.AsOf).ShouldBe((SheetEffect.Confirmed, Nine, Nine.AddMinutes(10)));
    }

    [Fact]
    public void A_source_whose_clock_is_a_day_ahead_is_not_believed_and_one_that_is_less_so_is()
    {
        Take(null, Part(Tuesday, Nine.AddDays(1), "amina N"), Nine).Sheet!.AsOf.ShouldBe(Nine);
        Take(null, Part(Tuesday, Nine.AddDays(1).AddMinutes(-1), "amina N"), Nine).Sheet!.AsOf.ShouldBe(Nine.AddDays(1).AddMinutes(-1));
    }

    [Fact]
    public void A_pupil_who_is_not_found_is_looked_for_by_what_was_sent()
    {
        var byUpn = Take(null, Part(Tuesday, Nine) with { Marks = new[] { new SubmittedMark("H801200001009", ByUpn: true, "N") } });
        byUpn.Items.ShouldHaveSingleItem().Detail.ShouldContain("schoolPupilId");
        Take(null, Part(Tuesday, Nine, "zoe N")).Items.ShouldHaveSingleItem().Detail.ShouldContain("this id");
    }

    [Theory]
    [InlineData("ABCDEFGHIJ", "'ABCDEFGHIJ'")]
    [InlineData("ABCDEFGHIJK", "'ABCDEFGHIJ…'")]
    public void A_long_code_is_told_by_its_beginning(string code, string told) =>
        Take(null, Part(Tuesday, Nine, $"amina {code}")).Items.ShouldHaveSingleItem().Detail.ShouldStartWith(told);

    [Fact]
    public void A_correction_of_a_session_that_has_not_come_is_too_early_before_it_is_anything_else() =>
        Take(null, Part(Am("Wed 9 Sep 2026"), Nine, "amina N") with { Correction = true }, Nine).Refusal!.Code.ShouldBe("session-in-future");

    [Fact]
    public void The_code_of_the_other_session_is_taken_with_a_warning()
    {
        var change = Take(null, Part(Tuesday, Nine, "amina \\", "ben /"));

        change.Accepted.ShouldBe(2);
        change.Items.ShouldHaveSingleItem().ShouldBe(new MarkFault(
            0, Rejected: false, "code-of-other-session", "'\\' is the code of the other session. It was taken as present; use /."));
        School.Held(change.Sheet).ShouldBe("amina \\, ben /");
        Take(null, Part(Pm("Mon 7 Sep 2026"), Nine, "amina /")).Items.ShouldHaveSingleItem().Detail.ShouldEndWith("use \\.");
    }

    [Theory]
    [InlineData("H801200001001")]
    [InlineData("h801200001001 ")]
    public void A_pupil_is_known_by_UPN_as_well(string upn)
    {
        var change = Take(null, Part(Tuesday, Nine) with { Marks = new[] { new SubmittedMark(upn, ByUpn: true, "N") } });

        School.Held(change.Sheet).ShouldBe("dan N");
    }

    [Fact]
    public void One_pupil_named_by_id_and_by_UPN_is_a_duplicate()
    {
        var marks = new[] { new SubmittedMark("dan", ByUpn: false, "/"), new SubmittedMark("H801200001001", ByUpn: true, "N") };

        Take(Held, Part(Tuesday, Nine.AddMinutes(1)) with { Marks = marks }).Rejected.ShouldBe(2);
    }

    [Fact]
    public void A_UPN_of_two_pupils_names_neither_and_a_former_one_gives_way_to_a_present_one()
    {
        var roll = new Roll(
        [
            new("one", "7", default) { Upn = "A123456789012" }, new("two", "7", default) { Upn = "A123456789012" },
            new("three", "7", default) { FormerUpns = ["H801200001001", "R935400024123"] }, new("four", "7", default) { Upn = "H801200001001" },
        ]);

        roll.FindUpn("A123456789012").ShouldBeNull();
        roll.FindUpn("H801200001001").ShouldBe(3);
        roll.FindUpn("R935400024123").ShouldBe(2);
    }

    [Fact]
    public void A_pupil_who_is_not_on_roll_that_day_is_never_blank_and_a_mark_is_taken_with_a_warning()
    {
        var roll = new Roll([new("amina", "7", On("Mon 7 Sep 2026")) { Until = On("Mon 7 Sep 2026") }, new("ben", "7", On("Wed 2 Sep 2026"))]);

        School.Held(Sheet.Merge(null, Register(Tuesday, Nine, "ben /"), roll, Calendar, Nine).Sheet).ShouldBe("ben /");
        Sheet.Merge(null, Register(Tuesday, Nine, "ben /", "amina N"), roll, Calendar, Nine)
            .Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                item => item.Code.ShouldBe("not-on-roll-that-day"), item => item.Rejected.ShouldBeFalse());
    }

    [Theory]
    [InlineData("Sun 13 Sep 2026", "not-a-school-day", "2026-09-13 is a Sunday. Check the date.")]
    [InlineData("Wed 2 Sep 2026", "not-a-school-day", "2026-09-02 is an INSET day: the school does not meet for pupils. If it did, correct the calendar first.")]
    [InlineData("Mon 3 May 2027", "not-a-school-day", "2027-05-03 is a bank holiday (Early May bank holiday). Check the date.")]
    [InlineData("Wed 28 Oct 2026", "not-a-school-day", "2026-10-28 lies between terms. Check the date, or correct the calendar first.")]
    [InlineData("Fri 11 Sep 2026", "not-a-school-day", "The school is closed on 2026-09-11 (code Y4). If it opened, correct the calendar first.")]
    [InlineData("Tue 7 Sep 2027", "no-calendar", "The school has published no term dates for 2027-09-07. Publish its calendar of 2027-28, then send the register again.")]
    [InlineData("Wed 9 Sep 2026", "session-in-future", "2026-09-09 AM starts at 08:50 on 2026-09-09, which has not come yet. Send its register then.")]
    public void A_register_of_a_day_that_the_school_does_not_hold_is_refused_whole(string day, string code, string detail)
    {
        var calendar = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [new(On("Fri 11 Sep 2026"), "Y4")] });

        var change = Take(null, Register(Am(day), Nine, "amina N"), Nine, calendar);

        change.Effect.ShouldBe(SheetEffect.Refused);
        change.Refusal.ShouldBe(new RegisterRefusal(code, detail));
        change.Sheet.ShouldBeNull();
    }

    [Fact]
    public void A_session_may_be_registered_from_the_minute_it_starts()
    {
        Take(null, Register(Tuesday, Nine, "amina N"), At("Tue 8 Sep 2026 08:49")).Refusal!.Code.ShouldBe("session-in-future");
        Take(null, Register(Tuesday, Nine, "amina N"), At("Tue 8 Sep 2026 08:50")).Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_correction_of_a_register_never_taken_is_refused_and_a_school_without_a_calendar_is_told_so()
    {
        Take(null, Part(Tuesday, Nine, "amina N") with { Correction = true }).Refusal!.Code.ShouldBe("register-not-taken");
        Take(Held, Part(Tuesday, Nine.AddMinutes(1), "amina L") with { Correction = true }).Accepted.ShouldBe(1);
        Sheet.Merge(null, Register(Tuesday, Nine), Pupils, calendar: null, Nine).Refusal!.Code.ShouldBe("no-calendar");
    }

    [Fact]
    public void A_sheet_moves_to_a_changed_roll_with_all_it_knows()
    {
        var roll = new Roll([new("new", "7", default), .. Enumerable.Range(0, Pupils.Count).Reverse().Select(position => Pupils[position])]);
        var sheet = Take(Held, Part(Tuesday, Nine.AddMinutes(5), "ben I known-contact")).Sheet!;

        var moved = sheet.On(roll);

        moved.Marks().OrderBy(mark => mark.Key).ShouldBe(sheet.Marks().OrderBy(mark => mark.Key));
        moved[0].ShouldBeNull("nobody had asked for the new pupil");
        (moved.Revision, moved.AsOf, moved.ReceivedAt, moved.Complete).ShouldBe((2, Nine.AddMinutes(5), Nine.AddMinutes(5), true));
    }

    [Fact]
    public void A_stored_sheet_is_read_back_as_it_was()
    {
        var sheet = Take(Held, Part(Tuesday, Nine.AddMinutes(5), "ben I known-contact", "cara N")).Sheet!;

        var read = Sheet.Of(Pupils, sheet.Session, sheet.Revision, sheet.AsOf, sheet.ReceivedAt, sheet.Complete,
            sheet.Marks().Select(mark => KeyValuePair.Create(
                mark.Key, mark.Value with { Code = AttendanceCode.Stored(mark.Value.Code.Text) })));

        read.Marks().ShouldBe(sheet.Marks());
        Take(read, Register(Tuesday, Nine, "amina N", "ben /", "cara /", "dan /")).Sheet.ShouldBeSameAs(read);
    }
}
