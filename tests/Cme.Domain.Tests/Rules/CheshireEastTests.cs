using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>CHE-02 to CHE-11, so far as they are about a child on a school's roll. Source: Cheshire East Council, Children missing education.</summary>
public sealed class CheshireEastTests
{
    private static Story Referred() =>
        Story.Under("cheshire-east").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55")).Did("refer-authority", null, At("Wed 9 Sep 2026 10:00"));

    [Fact]
    public void CHE06_The_checks_come_first_and_are_due_by_the_next_working_day() =>
        Referred().Owed("checks-first", At("Wed 9 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Thu 10 Sep 2026 17:00"));

    [Fact]
    public void CHE08_The_family_is_contacted_after_the_checks_and_not_before_them()
    {
        Referred().OwesNo("contact-family", At("Wed 9 Sep 2026 10:00"));

        Referred().DidWith("admissions", "check", null, At("Thu 10 Sep 2026 10:00")).Owed("contact-family", At("Thu 10 Sep 2026 10:00")).Due.DueAt
            .ShouldBe(At("Mon 14 Sep 2026 17:00"));
    }

    [Fact]
    public void CHE09_A_child_who_cannot_be_traced_quickly_is_reported_to_the_police()
    {
        var police = Referred().Owed("contact-police", At("Wed 9 Sep 2026 10:00"));

        (police.Due.DueAt, police.Step.Class).ShouldBe((At("Fri 11 Sep 2026 17:00"), StepClass.Referral));
        Referred().Did("sighting", "seen", At("Thu 10 Sep 2026 10:00")).OwesNo("contact-police", At("Thu 10 Sep 2026 10:00"));
    }

    [Theory]
    [InlineData("check", "s2s")]
    [InlineData("ctf", null)]
    public void CHE10_What_is_known_is_shared_through_the_governments_channels(string action, string? whom)
    {
        Referred().Owed("share-nationally", At("Wed 9 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Wed 16 Sep 2026 17:00"));

        var story = whom is null ? Referred().Did(action, null, At("Thu 10 Sep 2026 10:00")) : Referred().DidWith(whom, action, null, At("Thu 10 Sep 2026 10:00"));
        story.OwesNo("share-nationally", At("Thu 10 Sep 2026 10:00"));
    }

    [Fact]
    public void CHE11_The_other_children_of_the_family_are_asked_after()
    {
        Referred().Owed("other-children", At("Wed 9 Sep 2026 10:00")).Step.Clause.ShouldBe("CHE-11");

        Referred().DidWith("siblings-other-school", "enquiry", null, At("Thu 10 Sep 2026 10:00")).OwesNo("other-children", At("Thu 10 Sep 2026 10:00"));
        Referred().DidWith("neighbours", "enquiry", null, At("Thu 10 Sep 2026 10:00")).Owed("other-children", At("Thu 10 Sep 2026 10:00"));
    }
}
