using System.Text.Json;
using Cme.Web.Api;

namespace Cme.Web.Tests.Api;

public sealed class FieldsSpecs
{
    [Fact]
    public void Everything_that_is_wrong_is_named_at_once_by_its_JSON_name_and_place()
    {
        using var json = JsonDocument.Parse("""{"name":5,"from":"7 September","at":"2026-09-07T09:40:00","terms":[{"start":"2026-09-03"},7]}""");
        var faults = new List<PlaceProblem>();
        var body = Fields.Of(json, faults);

        body.Text("name");
        body.Date("from");
        body.Instant("at");
        body.Text("missing");
        foreach (var term in body.Objects("terms")) { term.Date("start"); term.Date("end"); }

        faults.Select(fault => (fault.Pointer, fault.Code)).ShouldBe(
        [
            ("/name", "wrong-type"), ("/from", "invalid-date"), ("/at", "invalid-time"), ("/missing", "required"), ("/terms/0/end", "required"),
            ("/terms/1", "wrong-type"),
        ]);
    }

    [Theory]
    [InlineData("2026-09-07T09:40:00+01:00", "2026-09-07T08:40:00Z")]
    [InlineData("2026-09-07T09:40Z", "2026-09-07T09:40:00Z")]
    [InlineData("2026-09-07T09:40:00.123456-05:00", "2026-09-07T14:40:00.123456Z")]
    public void An_instant_is_taken_with_its_offset(string sent, string utc) =>
        Fields.ParseInstant(sent).ShouldBe(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-09-07T09:40:00")]
    [InlineData("2026-09-07 09:40:00+01:00")]
    [InlineData("2026-09-07")]
    [InlineData("2026-13-07T09:40:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("now")]
    [InlineData("")]
    [InlineData(null)]
    public void An_instant_that_could_mean_two_or_none_is_refused(string? sent) => Fields.ParseInstant(sent).ShouldBeNull();

    [Theory]
    [InlineData("2026-27", true)]
    [InlineData("2099-00", true)]
    [InlineData("2026-28", false)]
    [InlineData("2026", false)]
    [InlineData("26-27", false)]
    public void A_school_year_is_two_consecutive_years(string text, bool good) => Parameters.IsSchoolYear(text).ShouldBe(good);

    [Theory]
    [InlineData("900001", true)]
    [InlineData("local:riverside", true)]
    [InlineData("90001", false)]
    [InlineData("local:", false)]
    [InlineData("local:River", false)]
    [InlineData("９00001", false)]
    public void A_URN_is_six_digits_or_a_local_name(string text, bool good) => Parameters.IsUrn(text).ShouldBe(good);

    [Fact]
    public void Text_that_PostgreSQL_cannot_hold_or_that_is_no_Unicode_is_refused_rather_than_failing_later()
    {
        using var json = JsonDocument.Parse("""{"a":"x\u0000y","b":"\ud800","c":"two\nlines"}""");
        var faults = new List<PlaceProblem>();
        var body = Fields.Of(json, faults);

        body.Text("a");
        body.Text("b");
        body.Text("c");
        body.Text("c", Fields.LongText).ShouldBe("two\nlines");

        faults.Select(fault => fault.Code).ShouldBe(["invalid-text", "invalid-text", "invalid-text"]);
    }
}
