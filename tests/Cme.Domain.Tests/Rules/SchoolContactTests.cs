using Cme.Domain.Schools;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>MID-17: attendance officer and DSL are named as contacts, and the names are kept fresh.</summary>
public sealed class SchoolContactTests
{
    [Theory]
    [InlineData("Sat 5 Sep 2026", "Fri 5 Mar 2027")]
    [InlineData("Wed 30 Sep 2026", "Tue 30 Mar 2027")]
    [InlineData("Mon 31 Aug 2026", "Wed 30 Sep 2026")]      // Before the school year began: staff change in the summer.
    [InlineData("Fri 10 Jul 2026", "Wed 30 Sep 2026")]
    [InlineData("Tue 10 Mar 2026", "Thu 10 Sep 2026")]
    public void MID17_A_name_is_asked_for_again_after_six_months_and_after_the_summer(string confirmed, string due) =>
        SchoolContacts.DueOn(On(confirmed)).ShouldBe(On(due));

    [Fact]
    public void MID17_Attendance_officer_and_DSL_are_named_and_the_deputy_where_there_is_one()
    {
        SchoolContacts.Of("attendance-officer", null, On("Mon 7 Sep 2026")).ShouldBe(ContactStanding.Missing);
        SchoolContacts.Of("dsl", null, On("Mon 7 Sep 2026")).ShouldBe(ContactStanding.Missing);
        SchoolContacts.Of("deputy-dsl", null, On("Mon 7 Sep 2026")).ShouldBe(ContactStanding.NotNeeded);
    }

    [Fact]
    public void MID17_A_name_is_fresh_until_the_day_on_which_it_is_asked_for_again()
    {
        SchoolContacts.Of("dsl", On("Tue 10 Mar 2026"), On("Wed 9 Sep 2026")).ShouldBe(ContactStanding.Confirmed);
        SchoolContacts.Of("dsl", On("Tue 10 Mar 2026"), On("Thu 10 Sep 2026")).ShouldBe(ContactStanding.ToConfirm);
        SchoolContacts.Of("deputy-dsl", On("Tue 10 Mar 2026"), On("Thu 10 Sep 2026")).ShouldBe(ContactStanding.ToConfirm, "whoever is named is kept fresh");
    }
}
