using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Domain.Registers.Removals;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Removals;

// B4, DOR-28, DOR-29: which session has which code, and which of them do not belong in the run that a removal rests on.
public class CodeAuditTests
{
    private static readonly SchoolCalendar School = Autumn2026.Calendar.For("7");

    [Theory]
    [InlineData("N", CodeVerdict.Belongs)]
    [InlineData("O", CodeVerdict.Belongs)]
    [InlineData("G", CodeVerdict.Belongs)]
    [InlineData("Y1", CodeVerdict.Skipped)]
    [InlineData("U", CodeVerdict.Breaks)]
    [InlineData("I", CodeVerdict.Breaks)]
    [InlineData("/", CodeVerdict.Breaks)]
    [InlineData("D", CodeVerdict.Breaks)]
    public void B4_Ground_i_takes_G_N_and_O_and_any_other_code_breaks_its_run(string code, CodeVerdict verdict) =>
        Audit("i", (Am("Tue 8 Sep 2026"), code), (Pm("Tue 8 Sep 2026"), "N")).ShouldBe([(Am("Tue 8 Sep 2026"), code, verdict), (Pm("Tue 8 Sep 2026"), "N", CodeVerdict.Belongs)]);

    [Theory]
    [InlineData("I", CodeVerdict.Belongs)]
    [InlineData("N", CodeVerdict.Belongs)]
    [InlineData("L", CodeVerdict.Breaks)]
    [InlineData("U", CodeVerdict.Breaks)]
    public void B4_Ground_h_takes_any_absence_and_attendance_breaks_its_run(string code, CodeVerdict verdict) =>
        Audit("h", (Am("Tue 8 Sep 2026"), code), (Pm("Tue 8 Sep 2026"), "N"))[0].Verdict.ShouldBe(verdict);

    [Fact]
    public void B4_A_session_without_a_register_or_a_code_is_missing_once_its_registration_has_closed()
    {
        Audit("i", (Am("Tue 8 Sep 2026"), "N")).ShouldBe([(Am("Tue 8 Sep 2026"), "N", CodeVerdict.Belongs), (Pm("Tue 8 Sep 2026"), "", CodeVerdict.Missing)]);
        Audit("i", At("Tue 8 Sep 2026 12:00"), (Am("Tue 8 Sep 2026"), "N")).ShouldBe([(Am("Tue 8 Sep 2026"), "N", CodeVerdict.Belongs)], "the afternoon is yet to come");
    }

    [Fact]
    public void B4_A_removal_rests_on_the_sessions_since_the_last_that_broke_the_run()
    {
        var sessions = CodeAudit.Of(RemovalGround.Find("i")!, Days((Am("Mon 7 Sep 2026"), "N"), (Pm("Mon 7 Sep 2026"), "L"), (Am("Tue 8 Sep 2026"), "N"), (Pm("Tue 8 Sep 2026"), "O")),
            School, [], At("Tue 8 Sep 2026 16:00"));

        CodeAudit.Standing(sessions).Select(one => one.Code).ShouldBe(["N", "O"]);
        sessions.Where(one => one.IsInTheWay).Select(one => one.Code).ShouldBe(["L"]);
    }

    private static List<(SessionOf, string, CodeVerdict Verdict)> Audit(string ground, params (SessionOf, string)[] marks) => Audit(ground, At("Tue 8 Sep 2026 16:00"), marks);

    private static List<(SessionOf, string, CodeVerdict Verdict)> Audit(string ground, DateTimeOffset at, params (SessionOf, string)[] marks) =>
        [.. CodeAudit.Of(RemovalGround.Find(ground)!, Days(marks), School, [], at).Select(one => (one.Session, one.Code, one.Verdict))];

    private static ImmutableArray<CountedDay> Days(params (SessionOf Session, string Code)[] marks) => Counting.Days(
        marks.Select(one => new RecordedMark(one.Session, School.RegistrationCloses(one.Session), new Mark(AttendanceCode.Stored(one.Code), At("Tue 8 Sep 2026 16:00"), At("Tue 8 Sep 2026 16:00")))),
        School, [], marks[0].Session.Date, On("Tue 8 Sep 2026"));
}
