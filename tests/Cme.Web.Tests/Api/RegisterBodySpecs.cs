using System.Text;
using System.Text.Json;
using Cme.Web.Api.Registers;

namespace Cme.Web.Tests.Api;

public sealed class RegisterBodySpecs
{
    private static readonly DateOnly Monday = new(2026, 9, 7);

    private static RegisterBody Parse(string json, bool correction = false) =>
        RegisterBody.Parse(Encoding.UTF8.GetBytes(json), Monday, "AM", correction);

    private static RegisterBody ParseMarks(string marks) =>
        Parse($$"""{"asOf":"2026-09-07T08:55:00+01:00","complete":true,"marks":[{{marks}}]}""");

    [Fact]
    public void A_whole_register_is_read_as_it_was_sent()
    {
        var read = ParseMarks("""{"upn":"A123456789012","code":"N"},{"schoolPupilId":"P2","code":"L","minutesLate":7,"reason":{"text":"Bus","reportedBy":"staff"}}""");

        read.Faults.ShouldBeEmpty();
        read.Unreadable.ShouldBeEmpty();
        read.Submission.AsOf.ShouldBe(new DateTimeOffset(2026, 9, 7, 7, 55, 0, TimeSpan.Zero));
        read.Submission.Complete.ShouldBeTrue();
        read.Submission.Marks.Length.ShouldBe(2);
        read.Submission.Marks[0].ShouldSatisfyAllConditions(
            mark => mark.Pupil.ShouldBe("A123456789012"), mark => mark.ByUpn.ShouldBeTrue(), mark => mark.Code.ShouldBe("N"));
        read.Submission.Marks[1].ShouldSatisfyAllConditions(
            mark => mark.Pupil.ShouldBe("P2"), mark => mark.ByUpn.ShouldBeFalse(), mark => mark.MinutesLate.ShouldBe(7),
            mark => mark.ReasonText.ShouldBe("Bus"), mark => mark.ReportedBy.ShouldBe("staff"));
    }

    [Theory]
    [InlineData("""{"schoolPupilId":"P1","code":5}""", "wrong-type", "code")]
    [InlineData("""{"schoolPupilId":"P1"}""", "required", "code")]
    [InlineData("""{"schoolPupilId":"P1","code":"L","minutesLate":-1}""", "out-of-range", "minutesLate")]
    [InlineData("""{"schoolPupilId":"P1","code":"L","minutesLate":481}""", "out-of-range", "minutesLate")]
    [InlineData("""{"schoolPupilId":"P1","code":"L","minutesLate":"7"}""", "wrong-type", "minutesLate")]
    [InlineData("""{"schoolPupilId":"P1","code":"I","reason":{"text":"ill","reportedBy":"gran"}}""", "unknown-value", "reportedBy")]
    [InlineData("""{"schoolPupilId":"P1","code":"I","reason":"ill"}""", "wrong-type", "reason")]
    [InlineData("""{"schoolPupilId":"P1","code":"I","reason":{"text":"a\u0000b","reportedBy":"staff"}}""", "invalid-text", "reason/text")]
    [InlineData("""{"schoolPupilId":"P1","code":"N","code":"/"}""", "duplicate-member", "code")]
    [InlineData("""{"schoolPupilId":"P1","code":"\ud800"}""", "invalid-text", "code")]
    public void A_mark_that_cannot_be_read_goes_on_as_no_code_so_that_its_pupil_never_reads_as_blank(string mark, string code, string place)
    {
        var read = ParseMarks(mark + """,{"schoolPupilId":"P2","code":"/"}""");

        read.Faults.ShouldBeEmpty();
        read.Unreadable[0].Code.ShouldBe(code);
        read.Unreadable[0].Detail.ShouldContain(place);
        read.Submission.Marks.Length.ShouldBe(2);
        read.Submission.Marks[0].Pupil.ShouldBe("P1");
        read.Submission.Marks[0].Code.ShouldBe(RegisterBody.NoCode);
        read.Submission.Marks[1].Code.ShouldBe("/");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"code":"N"}""")]
    public void A_mark_that_names_nobody_is_rejected_by_itself(string mark)
    {
        var read = ParseMarks(mark + """,{"schoolPupilId":"P2","code":"/"}""");

        read.Unreadable.Keys.ShouldBe([0]);
        read.Submission.Marks[1].Pupil.ShouldBe("P2");
    }

    [Theory]
    [InlineData("""{"complete":true,"marks":[]}""", "/asOf")]
    [InlineData("""{"asOf":"2026-09-07T08:55:00","complete":true,"marks":[]}""", "/asOf")]
    [InlineData("""{"asOf":5,"complete":true,"marks":[]}""", "/asOf")]
    [InlineData("""{"asOf":"2026-09-07T08:55:00Z","marks":[]}""", "/complete")]
    [InlineData("""{"asOf":"2026-09-07T08:55:00Z","complete":"yes","marks":[]}""", "/complete")]
    [InlineData("""{"asOf":"2026-09-07T08:55:00Z","complete":true}""", "/marks")]
    [InlineData("""{"asOf":"2026-09-07T08:55:00Z","complete":true,"marks":{}}""", "/marks")]
    [InlineData("[]", "")]
    [InlineData("7", "")]
    public void What_is_wrong_outside_the_marks_is_named_by_its_pointer(string json, string pointer) =>
        Parse(json).Faults.Select(fault => fault.Pointer).ShouldBe([pointer]);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"asOf":"2026-09-07T08:55:00Z","complete":true,"marks":[{"schoolPupilId":"P1","co""")]
    [InlineData("""{"asOf":"2026-09-07T08:55:00Z","complete":true,"marks":[]} x""")]
    public void A_body_that_breaks_off_is_no_register_at_all(string json) => Should.Throw<JsonException>(() => Parse(json));

    [Fact]
    public void A_correction_need_not_say_whether_it_is_complete_and_never_is() =>
        Parse("""{"asOf":"2026-09-07T08:55:00Z","complete":true,"marks":[]}""", correction: true).Submission.Complete.ShouldBeFalse();

    [Fact]
    public void Where_both_ids_are_given_the_schools_own_counts() =>
        ParseMarks("""{"upn":"A123456789012","schoolPupilId":"P1","code":"N"}""").Submission.Marks[0].ByUpn.ShouldBeFalse();
}
