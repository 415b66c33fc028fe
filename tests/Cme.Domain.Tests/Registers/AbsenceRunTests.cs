using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.TestSupport.Terms;
using static Cme.Domain.Tests.Registers.School;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers;

public class AbsenceRunTests
{
    private static readonly SessionOf[] Sessions =
        [Am("Thu 10 Sep 2026"), Pm("Thu 10 Sep 2026"), Am("Fri 11 Sep 2026"), Pm("Fri 11 Sep 2026"), Am("Mon 14 Sep 2026"), Pm("Mon 14 Sep 2026")];

    [Theory]
    [InlineData("/ N", "N", null, "one unexplained session")]
    [InlineData("/ N O N", "N O N", null, "it grows")]
    [InlineData("N N / ", "", "/", "seen")]
    [InlineData("N N U ", "", "U", "late after close is seen")]
    [InlineData("N I", "", "I", "a known reason")]
    [InlineData("N / N", "N", null, "a new run since the child was seen")]
    [InlineData("N # X Y5 N", "N N", null, "a pupil who was not expected counts for nothing")]
    [InlineData("N Y4", "N", null, "and breaks nothing")]
    [InlineData("N B D C2 E", "N", null, "said to be elsewhere: the run stands until it is verified")]
    [InlineData("N B N", "N N", null, "and is the same run")]
    [InlineData("B B", "", "B", "nothing starts by it")]
    [InlineData("B D", "", "B", "and the first of them is told")]
    [InlineData("/ I", "", "/", "the first that explains")]
    [InlineData("B I", "", "I", "what explains is better than what holds")]
    [InlineData("/ B N", "N", null, "an earlier hold is no part of a run")]
    [InlineData("G G", "G G", null, "a holiday that nobody reported")]
    [InlineData("N ?", "N", null, "a mark that could not be taken says nothing")]
    [InlineData("N / B /", "", "/", "the first that explained it")]
    [InlineData("", "", null, "nothing recorded")]
    public void A_run_is_what_is_unexplained_since_the_child_was_accounted_for(
        string codes, string run, string? explained, string because)
    {
        var recorded = codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((code, index) => Recorded(Sessions[index], code));

        var result = AbsenceRun.Of(recorded);

        string.Join(" ", result.Sessions.Select(session => session.Code.Text)).ShouldBe(run, because);
        (result.Explained?.Code.Text).ShouldBe(explained, because);
    }

    [Fact]
    public void What_explains_a_run_is_not_what_was_before_it()
    {
        RecordedMark[] corrected = [Recorded(Sessions[0], "/"), Recorded(Sessions[1], "#")];

        AbsenceRun.Of(corrected, since: Sessions[1]).Explained.ShouldBeNull("the mark was taken away");
        AbsenceRun.Of([.. corrected, Recorded(Sessions[2], "I")], since: Sessions[1]).Explained!.Session.ShouldBe(Sessions[2]);
        AbsenceRun.Of(corrected[..1], since: Sessions[1]).Explained.ShouldBeNull("nothing is recorded since");
    }

    [Fact]
    public void What_explains_a_run_is_the_first_mark_since_it_began_that_does()
    {
        RecordedMark[] marks = [Recorded(Sessions[0], "/"), Recorded(Sessions[1], "I"), Recorded(Sessions[2], "M")];

        AbsenceRun.Of(marks, since: Sessions[1]).Explained!.Session.ShouldBe(Sessions[1]);
        AbsenceRun.Of(marks, since: Sessions[0]).Explained!.Session.ShouldBe(Sessions[0]);
    }

    [Fact]
    public void A_blank_counts_once_registration_has_closed_and_is_known_from_then_on()
    {
        var sent = At("Tue 8 Sep 2026 08:55");
        var sheet = Take(null, Register(Am("Tue 8 Sep 2026"), sent, "ben /", "cara /", "dan /", "ewa /")).Sheet!;
        var window = AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [sheet], At("Tue 8 Sep 2026 09:19"));

        window.RunOf("amina").ShouldBe(AbsenceRun.Empty);

        var closed = AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [sheet], At("Tue 8 Sep 2026 09:20"));
        closed.RunOf("amina").Sessions.ShouldHaveSingleItem().ShouldBe(new UnexplainedSession(
            Am("Tue 8 Sep 2026"), AttendanceCode.Blank, At("Tue 8 Sep 2026 09:20"), KnownAt: At("Tue 8 Sep 2026 09:20")));
    }

    [Fact]
    public void An_unexplained_mark_counts_at_once_even_before_registration_closes()
    {
        var sheet = Take(null, Part(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), "amina N")).Sheet!;
        var window = AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [sheet], At("Tue 8 Sep 2026 08:55"));

        window.RunOf("amina").Sessions.ShouldHaveSingleItem().KnownAt.ShouldBe(At("Tue 8 Sep 2026 08:55"));
        window.RunOf("ben").Stands.ShouldBeFalse("a part of a register says nothing of the others");
        window.RunOf("nobody").ShouldBe(AbsenceRun.Empty);
    }

    [Fact]
    public void A_day_that_turns_out_closed_is_no_part_of_a_run()
    {
        var sheets = new[] { "Thu 10 Sep 2026", "Fri 11 Sep 2026" }.Select(day => Take(null, Part(Am(day), At($"{day} 09:00"), "amina N")).Sheet!);
        var closed = Autumn2026.CalendarOf(Autumn2026.Document with { Closures = [new(On("Fri 11 Sep 2026"), "Y4")] });

        AbsenceWindow.Of(Pupils, closed, On("Mon 7 Sep 2026"), sheets, At("Fri 11 Sep 2026 10:00")).RunOf("amina")
            .Sessions.ShouldHaveSingleItem().Session.ShouldBe(Am("Thu 10 Sep 2026"));
    }

    [Fact]
    public void A_year_group_at_home_is_not_absent()
    {
        var sheet = Take(null, Register(Am("Fri 11 Sep 2026"), At("Fri 11 Sep 2026 09:00"), "ben /")).Sheet!;
        var home = Autumn2026.CalendarOf(Autumn2026.Document with { YearGroupExceptions = [new("7", On("Fri 11 Sep 2026"), ["PM"])] });

        AbsenceWindow.Of(Pupils, home, On("Mon 7 Sep 2026"), [sheet], At("Fri 11 Sep 2026 10:00")).Standing.ShouldBeEmpty();
        AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [sheet], At("Fri 11 Sep 2026 10:00")).Standing.Count().ShouldBe(4);

        var thursday = Take(null, Register(Am("Thu 10 Sep 2026"), At("Thu 10 Sep 2026 09:00"), "ben /")).Sheet!;
        AbsenceWindow.Of(Pupils, home, On("Mon 7 Sep 2026"), [thursday], At("Thu 10 Sep 2026 10:00")).Standing.Count()
            .ShouldBe(4, "on any other day it is at school like everybody");
    }

    [Fact]
    public void A_register_of_a_day_that_nobody_publishes_any_more_is_kept_and_says_nothing()
    {
        var sheet = Take(null, Part(Am("Thu 10 Sep 2026"), At("Thu 10 Sep 2026 09:00"), "amina N")).Sheet!;
        var next = Autumn2026.CalendarOf(new SchoolYearDocument
        {
            SchoolYear = "2027-28", Terms = [new(On("Wed 1 Sep 2027"), On("Fri 22 Oct 2027"))],
            Am = Autumn2026.Document.Am, Pm = Autumn2026.Document.Pm, DayEnds = Autumn2026.Document.DayEnds,
        });

        var window = AbsenceWindow.Of(Pupils, next, On("Mon 7 Sep 2026"), [sheet], At("Wed 1 Sep 2027 10:00"));

        window.Standing.ShouldBeEmpty();
        window.Find(Am("Thu 10 Sep 2026")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Wed 9 Sep 2026", "Wed 9 Sep 2026", true)]
    [InlineData("Thu 10 Sep 2026", "Fri 11 Sep 2026", false)]
    [InlineData("Mon 7 Sep 2026", "Tue 8 Sep 2026", false)]
    public void A_pupil_is_missed_from_the_first_day_on_roll_to_the_last(string from, string until, bool missed)
    {
        var roll = new Roll([new("amina", "7", On(from)) { Until = On(until) }, new("ben", "7", On("Wed 2 Sep 2026"))]);
        var sheet = Sheet.Of(
            roll, Am("Wed 9 Sep 2026"), 1, At("Wed 9 Sep 2026 09:00"), At("Wed 9 Sep 2026 09:00"), true,
            [new("amina", new Mark(AttendanceCode.Blank, At("Wed 9 Sep 2026 09:00"), At("Wed 9 Sep 2026 09:00")))]);

        AbsenceWindow.Of(roll, Calendar, On("Mon 7 Sep 2026"), [sheet], At("Wed 9 Sep 2026 10:00")).Standing.Any().ShouldBe(missed);
    }

    [Fact]
    public void A_long_absence_keeps_its_first_day_when_the_window_moves_on()
    {
        var window = AbsenceWindow.Of(Pupils, Calendar, On("Fri 4 Sep 2026"), [], At("Fri 4 Sep 2026 08:00"));
        for (var day = On("Fri 4 Sep 2026"); day <= On("Fri 23 Oct 2026"); day = Calendar.NextSchoolDay(day))
        {
            var nine = London.At(day, new(9, 0));
            var amina = day < On("Mon 14 Sep 2026") ? "amina /" : "amina N";
            window = RegisterSignals.After(window, Take(null, Part(new(day, Session.Am), nine, amina, "ben /")).Sheet!, nine).Window
                .Trimmed(new SchoolDays(5));
        }

        window.From.ShouldBe(On("Fri 11 Sep 2026"), "the last mark before it says that it did not begin sooner");
        window.RunOf("amina").Sessions[0].Session.ShouldBe(Am("Mon 14 Sep 2026"));
        window.RunOf("amina").Sessions.Length.ShouldBe(30);

        var back = RegisterSignals.After(window, Take(null, Part(Pm("Fri 23 Oct 2026"), At("Fri 23 Oct 2026 13:05"), "amina \\")).Sheet!,
            At("Fri 23 Oct 2026 13:05")).Window;
        back.Trimmed(new SchoolDays(5)).From.ShouldBe(On("Mon 19 Oct 2026"), "nobody is missing, so five days are enough");
        back.Trimmed(new SchoolDays(5)).Find(Am("Fri 16 Oct 2026")).ShouldBeNull();
    }

    [Fact]
    public void A_run_at_the_very_beginning_of_a_window_may_have_begun_before_it()
    {
        var monday = Take(null, Part(Am("Mon 14 Sep 2026"), At("Mon 14 Sep 2026 09:00"), "amina N")).Sheet!;
        var friday = Take(null, Part(Am("Fri 11 Sep 2026"), At("Fri 11 Sep 2026 09:00"), "amina /")).Sheet!;

        AbsenceWindow.Of(Pupils, Calendar, On("Mon 14 Sep 2026"), [monday], At("Mon 14 Sep 2026 09:00")).RunsMayBeginEarlier.ShouldBeTrue();
        AbsenceWindow.Of(Pupils, Calendar, On("Fri 11 Sep 2026"), [monday, friday], At("Mon 14 Sep 2026 09:00")).RunsMayBeginEarlier.ShouldBeFalse();

        var two = Take(monday, Part(Am("Mon 14 Sep 2026"), At("Mon 14 Sep 2026 09:05"), "ben N")).Sheet!;
        AbsenceWindow.Of(Pupils, Calendar, On("Fri 11 Sep 2026"), [two, friday], At("Mon 14 Sep 2026 09:05"))
            .RunsMayBeginEarlier.ShouldBeTrue("of one of the two who are missing nothing is known before");
    }

    [Fact]
    public void A_window_is_made_shorter_to_the_days_asked_for_and_never_longer()
    {
        var window = AbsenceWindow.Of(Pupils, Calendar, On("Mon 7 Sep 2026"), [], At("Mon 7 Sep 2026 08:00"));
        for (var day = On("Mon 7 Sep 2026"); day <= On("Fri 18 Sep 2026"); day = Calendar.NextSchoolDay(day))
        {
            var nine = London.At(day, new(9, 0));
            var amina = day < On("Fri 18 Sep 2026") ? "amina /" : "amina N";
            window = RegisterSignals.After(window, Take(null, Part(new(day, Session.Am), nine, amina)).Sheet!, nine).Window;
        }

        window.Trimmed(new SchoolDays(5)).From.ShouldBe(On("Mon 14 Sep 2026"), "who is missing since today needs no more");
        window.Trimmed(new SchoolDays(30)).From.ShouldBe(On("Mon 7 Sep 2026"), "of what was not read it says nothing");
    }

    private static RecordedMark Recorded(SessionOf session, string code) =>
        new(session, Calendar.RegistrationCloses(session),
            new Mark(AttendanceCode.Stored(code), Calendar.SessionStarts(session), Calendar.SessionStarts(session)));
}
