using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Domain.Procedures;
using Cme.Domain.Registers.Counts;
using Cme.TestSupport.Terms;
using static Cme.Domain.Tests.Registers.Counts.Week;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>Of which pupils the roll and the registers ask for a return (regulation 13).</summary>
public class PupilFactsTests
{
    private static readonly string[] Primary = ["R", "1", "6", "N1"];

    [Theory]
    [InlineData("N1", "Wed 2 Sep 2026", false, "the youngest enter when the year begins")]
    [InlineData("N1", "Thu 10 Sep 2026", true, "and whoever comes later is new")]
    [InlineData("R", "Wed 2 Sep 2026", true, "no other class is left out, nor reception above a nursery")]
    [InlineData("6", "Wed 2 Sep 2026", true, "nor the oldest")]
    public void B5_Who_enters_the_most_junior_class_when_the_year_begins_is_not_returned_as_new(string yearGroup, string entered, bool returned, string because) =>
        (PupilFacts.Of(On(entered), null, yearGroup, Primary, [], Autumn2026.Calendar).Entered is not null).ShouldBe(returned, because);

    [Theory]
    [InlineData("6", "Wed 21 Jul 2027", false, "the oldest leave when the year ends")]
    [InlineData("6", "Tue 20 Jul 2027", true, "and whoever goes before is returned")]
    [InlineData("1", "Wed 21 Jul 2027", true, "no other class is left out")]
    public void B5_Who_leaves_the_most_senior_class_when_the_year_is_over_is_not_returned(string yearGroup, string removed, bool returned, string because) =>
        (PupilFacts.Of(On("Thu 10 Sep 2026"), On(removed), yearGroup, Primary, [], Autumn2026.Calendar).Removed is not null).ShouldBe(returned, because);

    [Fact]
    public void B5_A_calendar_that_ends_at_Christmas_does_not_make_it_the_end_of_the_year()
    {
        var toChristmas = Autumn2026.CalendarOf(Autumn2026.Document with { Terms = Autumn2026.Document.Terms[..2], Inset = Autumn2026.Document.Inset[..2] });

        PupilFacts.Of(On("Thu 10 Sep 2026"), On("Fri 18 Dec 2026"), "6", Primary, [], toChristmas).Removed.ShouldNotBeNull();
    }

    [Fact]
    public void B5_Illness_of_fifteen_days_is_returned_from_the_day_that_made_them_and_stays_so_when_the_pupil_is_back()
    {
        var marks = Marks("Mon 7 Sep 2026", [.. Enumerable.Repeat("I I", 15), "/ \\"]);
        var days = Counting.Days(marks, Autumn2026.Calendar, [], On("Mon 7 Sep 2026"), On("Mon 28 Sep 2026"));

        var owed = OwedBy(days);

        owed.Where(one => one.Step.Id == "sickness-return").ShouldHaveSingleItem().Since.ShouldBe(On("Fri 25 Sep 2026"));
        owed.ShouldNotContain(one => one.Step.Id == "attendance-return", "illness is known");
    }

    [Fact]
    public void What_is_no_return_is_not_asked_for_as_one()
    {
        var days = Counting.Days(
            Marks("Mon 7 Sep 2026", [.. Enumerable.Repeat("N N", 22)]), Autumn2026.Calendar, [], On("Mon 7 Sep 2026"), On("Tue 6 Oct 2026"));

        OwedBy(days).Select(one => one.Step.Id).ShouldBe(["attendance-return"], "joint enquiries on ground i are a step of the episode");
    }

    [Theory]
    [InlineData("Thu 10 Sep 2026", "Fri 18 Sep 2026", "entered removed")]
    [InlineData("Fri 11 Sep 2026", "Thu 17 Sep 2026", "")]
    [InlineData("Fri 11 Sep 2026", "Fri 18 Sep 2026", "removed")]
    public void What_came_about_on_some_days_leaves_the_rest_out(string from, string to, string kept)
    {
        var facts = new PupilFacts { Entered = On("Thu 10 Sep 2026"), Removed = On("Fri 18 Sep 2026") }.Within(On(from), On(to));

        string.Join(' ', new[] { facts?.Entered is null ? null : "entered", facts?.Removed is null ? null : "removed" }.OfType<string>()).ShouldBe(kept);
        (facts is null).ShouldBe(kept.Length == 0);
    }

    [Fact]
    public void A_count_came_to_its_number_on_its_own_day()
    {
        var facts = new PupilFacts { Reached = [new("sickness", 15, On("Fri 25 Sep 2026"), At("Fri 25 Sep 2026 13:20"))] };

        facts.Within(On("Fri 25 Sep 2026"), On("Fri 25 Sep 2026")).ShouldNotBeNull().Reached.Length.ShouldBe(1);
        facts.Within(On("Sat 26 Sep 2026"), On("Mon 28 Sep 2026")).ShouldBeNull();
        facts.Within(On("Mon 21 Sep 2026"), On("Thu 24 Sep 2026")).ShouldBeNull();
    }

    private static ImmutableArray<ReturnOwed> OwedBy(ImmutableArray<CountedDay> days) => Returns.Of(
        Stories.Story.RulesOf("england-2024"),
        PupilFacts.Of(On("Wed 3 Sep 2025"), null, "6", Primary, days, Autumn2026.Calendar).Within(On("Mon 7 Sep 2026"), On("Tue 6 Oct 2026"))!);
}
