using Cme.Domain.Calendars;
using Cme.TestSupport.Terms;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Calendars;

public class SchoolYearCheckTests
{
    public static TheoryData<string, string, SchoolYearDocument> Errors => new()
    {
        { "school-year-format", "/schoolYear", Autumn2026.Document with { SchoolYear = "2026/27" } },
        { "school-year-format", "/schoolYear", Autumn2026.Document with { SchoolYear = "2026-28" } },
        { "school-year-format", "/schoolYear", Autumn2026.Document with { SchoolYear = "2026-2027" } },
        { "school-year-format", "/schoolYear", Autumn2026.Document with { SchoolYear = "" } },
        { "no-terms", "/terms", Terms() },
        { "end-before-start", "/terms/0/end", Terms(new Term(On("Fri 23 Oct 2026"), On("Wed 2 Sep 2026"))) },
        { "outside-school-year", "/terms/0/end", Terms(new Term(On("Wed 2 Sep 2026"), On("Sun 1 Aug 2027"))) },
        { "outside-school-year", "/terms/0/start", Terms(new Term(On("Fri 31 Jul 2026"), On("Fri 23 Oct 2026"))) },
        {
            "terms-overlap", "/terms/1",
            Terms(new Term(On("Wed 2 Sep 2026"), On("Fri 23 Oct 2026")), new(On("Fri 23 Oct 2026"), On("Fri 18 Dec 2026")))
        },
        { "closes-before-start", "/sessions/am/registrationCloses", Autumn2026.Document with { Am = new(new(8, 50), new(8, 49)) } },
        { "open-too-long", "/sessions/am/registrationCloses", Autumn2026.Document with { Am = new(new(8, 50), new(9, 21)) } },
        { "pm-before-am", "/sessions/pm/start", Autumn2026.Document with { Pm = new(new(9, 0), new(9, 15)) } },
        { "day-ends-early", "/dayEnds", Autumn2026.Document with { DayEnds = new(13, 14) } },
        { "closure-code", "/closures/0/code", Autumn2026.Document with { Closures = [new(On("Tue 8 Sep 2026"), "Y8")] } },
        { "closure-code", "/closures/0/code", Autumn2026.Document with { Closures = [new(On("Tue 8 Sep 2026"), "N")] } },
        { "outside-school-year", "/closures/0/date", Autumn2026.Document with { Closures = [new(On("Tue 7 Sep 2027"), "#")] } },
        {
            "closure-twice", "/closures/1",
            Autumn2026.Document with { Closures = [new(On("Tue 8 Sep 2026"), "#"), new(On("Tue 8 Sep 2026"), "Y4")] }
        },
        { "unknown-session", "/yearGroupExceptions/0/sessions", YearGroup(new YearGroupDay("7", On("Tue 8 Sep 2026"), ["am"])) },
        { "year-group-missing", "/yearGroupExceptions/0/yearGroup", YearGroup(new YearGroupDay(" ", On("Tue 8 Sep 2026"), [])) },
        {
            "exception-twice", "/yearGroupExceptions/1",
            YearGroup(new YearGroupDay("7", On("Tue 8 Sep 2026"), []), new("7", On("Tue 8 Sep 2026"), ["AM"]))
        },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_wrong_document_names_the_place_and_gives_no_calendar(string code, string place, SchoolYearDocument document)
    {
        var (calendar, faults) = SchoolCalendar.Parse("Meadow Park School", 1, document, BankHolidays.England);

        calendar.ShouldBeNull();
        var fault = faults.ShouldHaveSingleItem();
        (fault.Code, fault.Place, fault.IsWarning).ShouldBe((code, place, false));
        fault.Detail.ShouldNotBeNullOrWhiteSpace();
    }

    public static TheoryData<string, SchoolYearDocument> Warnings => new()
    {
        { "inset-on-weekend", Autumn2026.Document with { Inset = [On("Sat 12 Sep 2026")] } },
        { "inset-outside-term", Autumn2026.Document with { Inset = [On("Wed 28 Oct 2026")] } },
        { "exception-outside-term", YearGroup(new YearGroupDay("7", On("Wed 28 Oct 2026"), [])) },
    };

    [Theory]
    [MemberData(nameof(Warnings))]
    public void A_doubtful_document_is_taken_with_a_warning(string code, SchoolYearDocument document)
    {
        var (calendar, faults) = SchoolCalendar.Parse("Meadow Park School", 1, document, BankHolidays.England);

        calendar.ShouldNotBeNull();
        var fault = faults.ShouldHaveSingleItem();
        (fault.Code, fault.IsWarning).ShouldBe((code, true));
    }

    [Fact]
    public void A_right_document_has_no_faults() => SchoolCalendar.Check(Autumn2026.Document).ShouldBeEmpty();

    [Fact]
    public void Registration_may_be_open_for_half_an_hour_exactly() =>
        SchoolCalendar.Check(Autumn2026.Document with { Am = new(new(8, 50), new(9, 20)) }).ShouldBeEmpty();

    [Fact]
    public void Terms_may_be_listed_in_any_order()
    {
        var calendar = Autumn2026.CalendarOf(Autumn2026.Document with { Terms = [.. Autumn2026.Document.Terms.Reverse()] });

        calendar.After(On("Fri 23 Oct 2026"), new SchoolDays(1)).ShouldBe(On("Mon 2 Nov 2026"));
        calendar.PublishedTo.ShouldBe(On("Wed 21 Jul 2027"));
    }

    private static SchoolYearDocument Terms(params Term[] terms) => Autumn2026.Document with { Terms = [.. terms], Inset = [] };

    private static SchoolYearDocument YearGroup(params YearGroupDay[] days) => Autumn2026.Document with { YearGroupExceptions = [.. days] };
}
