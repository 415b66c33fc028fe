using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>A child whom a parent educates at home: from the notice to what the authority found, and to a school attendance order if need be.</summary>
public sealed class HomeEducationTests
{
    private static readonly DateTimeOffset Told = At("Mon 14 Sep 2026 10:00");

    private static Story Notified() => Story.OfAuthority("home-education").Opened(On("Mon 14 Sep 2026"), Told);

    [Fact]
    public void B8_The_parent_s_notice_is_acknowledged_within_ten_working_days()
    {
        (Notified().Episode.Stage, Notified().Owed("acknowledge", Told).Due.DueAt).ShouldBe(("notified", At("Mon 28 Sep 2026 17:00")));

        Notified().Did("letter", "sent", At("Tue 15 Sep 2026 10:00")).OwesNo("acknowledge", At("Tue 15 Sep 2026 10:00"));
    }

    [Fact]
    public void B2_The_authority_decides_whether_the_education_is_suitable_and_looks_again_in_a_year()
    {
        Notified().Owed("assess", Told).Due.DueAt.ShouldBe(At("Mon 7 Dec 2026 17:00"));

        var suitable = Notified().Did("education-assessment", "suitable", At("Mon 5 Oct 2026 10:00"));
        suitable.Episode.Stage.ShouldBe("suitable");
        suitable.OwesNo("serve-notice", At("Mon 5 Oct 2026 10:00"));
        suitable.Owed("assess", At("Mon 5 Oct 2026 10:00")).Due.DueAt.ShouldBe(At("Mon 4 Oct 2027 17:00"));
    }

    [Theory]
    [InlineData("not-suitable")]
    [InlineData("no-information")]
    public void B8_Education_that_is_not_shown_to_be_suitable_leads_to_a_notice_and_then_to_an_order(string found)
    {
        var story = Notified().Did("education-assessment", found, At("Mon 5 Oct 2026 10:00"));
        (story.Episode.Stage, story.Owed("serve-notice", At("Mon 5 Oct 2026 10:00")).Due.DueAt).ShouldBe((found, At("Mon 12 Oct 2026 17:00")));

        story.Did("attendance-order", "notice-served", At("Tue 6 Oct 2026 10:00"));
        var decide = story.Owed("after-notice", At("Tue 6 Oct 2026 10:00"));
        (story.Episode.Stage, decide.State, decide.Due.DueAt).ShouldBe(("notice-served", ObligationState.Due, At("Thu 22 Oct 2026 17:00")));

        story.Did("attendance-order", "order-made", At("Thu 22 Oct 2026 10:00"));
        story.Owed("after-notice", At("Thu 22 Oct 2026 10:00")).Due.DueAt.ShouldBe(At("Thu 12 Nov 2026 17:00"));
        story.Did("attendance-order", "complied", At("Mon 2 Nov 2026 10:00")).OwesNo("after-notice", At("Mon 2 Nov 2026 10:00"));
    }

    [Fact]
    public void B2_Home_education_is_no_reason_to_close_its_own_record()
    {
        Notified().Did("close", "ehe-suitable", At("Tue 15 Sep 2026 10:00")).LastRefusal.ShouldNotBeNull().Code.ShouldBe("outcome-not-allowed");

        Notified().Did("close", "on-roll-new-school", At("Tue 15 Sep 2026 10:00")).Episode.ShouldBeOfType<Episode.Closed>();
    }
}
