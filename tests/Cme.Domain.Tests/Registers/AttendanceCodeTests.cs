using Cme.Domain.Registers;
using static Cme.Domain.Registers.MarkReading;

namespace Cme.Domain.Tests.Registers;

public class AttendanceCodeTests
{
    public static TheoryData<string, AttendanceCategory, MarkReading, bool> Codes => new()
    {
        { "/", AttendanceCategory.Present, Explains, true },
        { "\\", AttendanceCategory.Present, Explains, true },
        { "L", AttendanceCategory.Present, Explains, true },
        { "V", AttendanceCategory.Present, Explains, true },
        { "U", AttendanceCategory.Unauthorised, Explains, true },
        { "K", AttendanceCategory.Present, Holds, false },
        { "P", AttendanceCategory.Present, Holds, false },
        { "W", AttendanceCategory.Present, Holds, false },
        { "B", AttendanceCategory.Present, Holds, false },
        { "D", AttendanceCategory.NotRequired, Holds, false },
        { "C2", AttendanceCategory.Authorised, Holds, false },
        { "E", AttendanceCategory.Authorised, Holds, false },
        { "C", AttendanceCategory.Authorised, Explains, false },
        { "C1", AttendanceCategory.Authorised, Explains, false },
        { "I", AttendanceCategory.Authorised, Explains, false },
        { "J1", AttendanceCategory.Authorised, Explains, false },
        { "M", AttendanceCategory.Authorised, Explains, false },
        { "R", AttendanceCategory.Authorised, Explains, false },
        { "S", AttendanceCategory.Authorised, Explains, false },
        { "T", AttendanceCategory.Authorised, Explains, false },
        { "Q", AttendanceCategory.NotRequired, Explains, false },
        { "G", AttendanceCategory.Unauthorised, Starts, false },
        { "N", AttendanceCategory.Unauthorised, Starts, false },
        { "O", AttendanceCategory.Unauthorised, Starts, false },
        { "X", AttendanceCategory.NotRequired, Skipped, false },
        { "Y1", AttendanceCategory.NotRequired, Skipped, false },
        { "Y2", AttendanceCategory.NotRequired, Skipped, false },
        { "Y3", AttendanceCategory.NotRequired, Skipped, false },
        { "Y4", AttendanceCategory.NotRequired, Skipped, false },
        { "Y5", AttendanceCategory.NotRequired, Skipped, false },
        { "Y6", AttendanceCategory.NotRequired, Skipped, false },
        { "Y7", AttendanceCategory.NotRequired, Skipped, false },
        { "Z", AttendanceCategory.NotCollected, Skipped, false },
        { "#", AttendanceCategory.NotCollected, Skipped, false },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void B3_Every_code_is_read_as_the_five_counts_say(string text, AttendanceCategory category, MarkReading reading, bool seen)
    {
        AttendanceCode.TryParse(text, out var code).ShouldBeTrue();
        code.Text.ShouldBe(text);
        code.Category.ShouldBe(category);
        code.Reading(reportedBy: null).ShouldBe(reading);
        code.IsSeen.ShouldBe(seen);
        AttendanceCode.Stored(code.Text).ShouldBe(code);
    }

    [Fact]
    public void B3_There_are_34_codes_and_no_more()
    {
        AttendanceCode.All.Length.ShouldBe(34);
        AttendanceCode.All.Select(code => code.Text).ShouldBe(Codes.Select(row => (string)row[0]), ignoreOrder: true);
    }

    [Theory]
    [InlineData("I", Reporter.KnownContact, Explains)]
    [InlineData("I", Reporter.Staff, Explains)]
    [InlineData("I", Reporter.OtherContact, Holds)]
    [InlineData("I", Reporter.Unknown, Holds)]
    [InlineData("G", Reporter.KnownContact, Explains)]
    [InlineData("G", Reporter.Staff, Starts)]
    [InlineData("G", Reporter.Unknown, Starts)]
    [InlineData("N", Reporter.KnownContact, Starts)]
    [InlineData("/", Reporter.Unknown, Explains)]
    [InlineData("B", Reporter.KnownContact, Holds)]
    [InlineData("X", Reporter.Unknown, Skipped)]
    public void A_reason_is_known_only_from_someone_who_can_know_it(string text, Reporter by, MarkReading reading)
    {
        AttendanceCode.TryParse(text, out var code).ShouldBeTrue();
        code.Reading(by).ShouldBe(reading);
    }

    [Theory]
    [InlineData("H", "C (exceptional")]
    [InlineData("J", "J1")]
    [InlineData("Y", "Y1 to Y7")]
    [InlineData("F", "G (holiday")]
    public void B3_A_withdrawn_code_names_its_successor(string text, string successor)
    {
        AttendanceCode.TryParse(text, out _).ShouldBeFalse();
        AttendanceCode.SuccessorOf(text).ShouldNotBeNull().ShouldContain(successor);
    }

    [Theory]
    [InlineData("n")]
    [InlineData("Y8")]
    [InlineData("?")]
    [InlineData("-")]
    [InlineData(" ")]
    [InlineData("é")]
    [InlineData("\0")]
    [InlineData(null)]
    public void Anything_else_is_no_code(string? text)
    {
        AttendanceCode.TryParse(text, out _).ShouldBeFalse();
        AttendanceCode.SuccessorOf(text).ShouldBeNull();
    }

    [Fact]
    public void A_blank_is_unexplained_and_a_faulty_mark_is_nothing()
    {
        AttendanceCode.TryParse("", out var blank).ShouldBeTrue();
        blank.ShouldBe(AttendanceCode.Blank);
        blank.Reading(null).ShouldBe(Starts);
        AttendanceCode.Faulty.Reading(null).ShouldBe(Skipped);
        AttendanceCode.Stored(AttendanceCode.Faulty.Text).ShouldBe(AttendanceCode.Faulty);
        Should.Throw<FormatException>(() => AttendanceCode.Stored("H"));
        (AttendanceCode.None.ToString(), blank.ToString(), AttendanceCode.Stored("Y1").ToString()).ShouldBe(("none", "blank", "Y1"));
    }
}
