using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Procedures;

/// <summary>What a number and a unit come to. The school's day ends at 15:30; the authority's offices are open from 08:30 to 17:00.</summary>
public sealed class DeadlineTests
{
    private static readonly Ruleset Rules = Story.RulesOf("northamptonshire");

    [Theory]
    [InlineData(30, DeadlineUnit.Minutes, "dsl", "Tue 8 Sep 2026 16:20")]
    [InlineData(2, DeadlineUnit.Hours, "dsl", "Tue 8 Sep 2026 17:50")]
    [InlineData(2, DeadlineUnit.WorkingHours, "dsl", "Wed 9 Sep 2026 09:20")]
    [InlineData(1, DeadlineUnit.AbsenceDay, "dsl", "Mon 7 Sep 2026 15:30")]
    [InlineData(6, DeadlineUnit.AbsenceDay, "cme-lead", "Mon 14 Sep 2026 15:30")]
    [InlineData(6, DeadlineUnit.AbsenceCalendarDay, "dsl", "Sat 12 Sep 2026 15:30")]
    [InlineData(6, DeadlineUnit.AbsenceCalendarDay, "cme-lead", "Sat 12 Sep 2026 17:00")]
    [InlineData(4, DeadlineUnit.SchoolDays, "cme-lead", "Mon 14 Sep 2026 15:30")]
    [InlineData(4, DeadlineUnit.WorkingDays, "dsl", "Mon 14 Sep 2026 17:00")]
    [InlineData(4, DeadlineUnit.CalendarDays, "dsl", "Sat 12 Sep 2026 15:30")]
    [InlineData(4, DeadlineUnit.CalendarDays, "cme-lead", "Sat 12 Sep 2026 17:00")]
    [InlineData(2, DeadlineUnit.Weeks, "dsl", "Tue 22 Sep 2026 15:30")]
    [InlineData(2, DeadlineUnit.Weeks, "cme-lead", "Tue 22 Sep 2026 17:00")]
    [InlineData(60, DeadlineUnit.Weeks, "dsl", "Tue 2 Nov 2027 15:30")]
    public void A_deadline_is_counted_from_its_anchor_on_the_calendar_of_its_unit(int number, DeadlineUnit unit, string who, string due) =>
        Deadlines.At(new Deadline(number, unit), By(who), At("Tue 8 Sep 2026 15:50"), On("Mon 7 Sep 2026"), Rules).ShouldBe(At(due));

    [Theory]
    [InlineData(30, DeadlineUnit.Minutes, "Tue 8 Sep 2026 16:20")]
    [InlineData(2, DeadlineUnit.Hours, "Tue 8 Sep 2026 17:50")]
    [InlineData(2, DeadlineUnit.WorkingHours, "Wed 9 Sep 2026 09:20")]
    [InlineData(6, DeadlineUnit.AbsenceDay, "Mon 14 Sep 2026 00:00")]
    [InlineData(4, DeadlineUnit.CalendarDays, "Sat 12 Sep 2026 00:00")]
    public void What_opens_by_the_day_opens_when_the_day_begins_and_what_opens_by_the_hour_at_the_minute(int number, DeadlineUnit unit, string opens) =>
        Deadlines.Opens(new Deadline(number, unit), By("dsl"), At("Tue 8 Sep 2026 15:50"), On("Mon 7 Sep 2026"), Rules).ShouldBe(At(opens));

    [Fact]
    public void What_opens_beyond_the_published_calendar_says_nothing() =>
        Deadlines.Opens(new Deadline(400, DeadlineUnit.AbsenceDay), By("dsl"), At("Tue 8 Sep 2026 15:50"), On("Mon 7 Sep 2026"), Rules).ShouldBeNull();

    [Fact]
    public void On_the_last_day_that_is_published_there_is_no_grace_beyond_it() =>
        Deadlines.Of(new Start(StartKind.Act, new Deadline(0, DeadlineUnit.CalendarDays)), new Deadline(0, DeadlineUnit.CalendarDays), By("dsl"),
            At("Wed 21 Jul 2027 10:00"), On("Mon 19 Jul 2027"), At("Wed 21 Jul 2027 10:00"), Rules).ActBy.ShouldBe(At("Wed 21 Jul 2027 15:30"));

    [Fact]
    public void The_packs_that_ship_are_listed_by_name_and_version_and_the_latest_is_what_opens_now()
    {
        var all = PackCatalogue.Shipped.All.Select(pack => (pack.Id, pack.Version)).ToList();

        all.ShouldBe(all.OrderBy(pack => pack.Id, StringComparer.Ordinal).ThenBy(pack => pack.Version));
        all.ShouldContain(("northamptonshire", 1));
        PackCatalogue.Shipped.Ids.ShouldBe(all.Select(pack => pack.Id).Distinct());
        PackCatalogue.Shipped.Ids.ShouldAllBe(id => PackCatalogue.Shipped.Has(id) && PackCatalogue.Shipped[id].Version == all.Last(pack => pack.Id == id).Version);
        PackCatalogue.Shipped.Has("rutland").ShouldBeFalse();
    }

    private static Step By(string who) => new("ring", "NOR-05", "Ring", "To know", who, false, StepClass.Day, [], [], []);
}
