using System.Collections.Immutable;
using Cme.Domain.Enquiries;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// DOR-20 to DOR-27, SUF-03, SUF-26, SUF-27, CHE-11, MID-12: one checklist for school and authority. Day 1 is Tuesday 8 September 2026.
/// </summary>
public sealed class JointEnquiryTests
{
    [Fact]
    public void DOR21_Each_enquiry_is_a_line_of_its_own_and_only_an_enquiry_with_them_ticks_it()
    {
        var story = Missing("pan-dorset").DidWith("staff", "enquiry", null, At("Tue 8 Sep 2026 11:00"));

        Line(story, "enquiry-staff").State.ShouldBe(EnquiryState.Asked);
        Line(story, "enquiry-staff").Acts.Single().HappenedAt.ShouldBe(At("Tue 8 Sep 2026 11:00"));
        Line(story, "enquiry-friends-and-parents").State.ShouldBe(EnquiryState.ToAsk);
        Line(story, "enquiry-friends-and-parents").Clauses.ShouldBe(["DOR-21", "B8"]);
    }

    [Fact]
    public void DOR25_Each_source_is_a_line_and_other_authorities_are_among_them() =>
        Lines(Missing("pan-dorset")).Where(line => line.Action == "check").Select(line => line.Whom).ShouldBe(
            ["authority-databases", "admissions", "housing", "health", "police", "known-agency", "origin-authority", "destination-authority", "s2s", "home-office"]);

    [Fact]
    public void SUF03_School_and_authority_tick_the_same_list_and_an_enquiry_taken_back_is_asked_again()
    {
        var story = Missing("suffolk-alternative-provider").DidWith("staff", "enquiry", null, At("Tue 8 Sep 2026 11:00")).DidWith("housing", "check", "nothing-known", At("Wed 9 Sep 2026 11:00"));
        Lines(story).Where(line => line.State == EnquiryState.Asked).Select(line => line.Side).ShouldBe([EnquirySide.School, EnquirySide.Authority]);

        var number = story.Episode.Begun!.Known.Acts.Single(act => act.Whom == "housing").Number;
        Line(story.Corrected(number, "correct", null, At("Wed 9 Sep 2026 12:00")), "check-housing").State.ShouldBe(EnquiryState.ToAsk);
    }

    [Fact]
    public void DOR24_A_visit_waits_for_its_risk_assessment_and_the_next_one_for_another()
    {
        var story = Missing("cheshire-east");
        Line(story, "visit-home").State.ShouldBe(EnquiryState.AssessFirst);

        story.Did("risk-assessment", "no-concern", At("Wed 9 Sep 2026 10:00"));
        Line(story, "visit-home").State.ShouldBe(EnquiryState.ToAsk);

        story.DidWith("home", "visit", "no-access", At("Wed 9 Sep 2026 15:00"));
        Line(story, "visit-home").State.ShouldBe(EnquiryState.Asked);
        Line(story, "visit-other-address").State.ShouldBe(EnquiryState.AssessFirst, "every address is weighed anew");
    }

    [Fact]
    public void DOR21_While_the_procedure_still_asks_for_the_visit_s_own_assessment_the_first_day_s_does_not_do()
    {
        var story = Missing("northamptonshire").Did("risk-assessment", "no-concern", At("Tue 8 Sep 2026 11:00"));

        Line(story, "visit-home", ("visit-risk-assessment", true)).State.ShouldBe(EnquiryState.AssessFirst);
        Line(story, "visit-home", ("visit-risk-assessment", false)).State.ShouldBe(EnquiryState.ToAsk);
    }

    [Theory]
    [InlineData("pan-dorset", "authority-visit-risk")]
    [InlineData("suffolk-alternative-provider", "visit-risk")]
    public void DOR24_The_officer_s_visit_waits_for_the_officer_s_own_assessment(string pack, string step)
    {
        var story = Missing(pack).Did("risk-assessment", "no-concern", At("Tue 8 Sep 2026 11:00"));

        Line(story, "visit-other-address", (step, true)).State.ShouldBe(EnquiryState.AssessFirst);
        Line(story, "visit-other-address", (step, false)).State.ShouldBe(EnquiryState.ToAsk);
    }

    [Fact]
    public void DOR24_What_was_weighed_at_the_door_was_weighed_for_that_visit()
    {
        var story = Missing("cheshire-east").DidWith("home", "visit", "no-access", At("Wed 9 Sep 2026 15:00")).Did("risk-assessment", "no-concern", At("Wed 9 Sep 2026 15:00"));

        Line(story, "visit-other-address").State.ShouldBe(EnquiryState.AssessFirst);
    }

    [Fact]
    public void SUF26_The_home_and_every_other_address_are_lines_apart()
    {
        var story = Missing("suffolk-alternative-provider").Did("risk-assessment", "no-concern", At("Wed 9 Sep 2026 10:00")).DidWith("home", "visit", "no-access", At("Wed 9 Sep 2026 15:00"));

        Line(story, "visit-home").State.ShouldBe(EnquiryState.Asked);
        Line(story, "visit-other-address").State.ShouldNotBe(EnquiryState.Asked);
        Line(story, "visit-home").Manner.ShouldContain("colleague");
    }

    [Fact]
    public void SUF27_Neighbours_are_asked_discreetly_and_only_for_the_whereabouts()
    {
        Line(Missing("suffolk-alternative-provider"), "enquiry-neighbours").Manner.ShouldContain("only whether they know where the family is");
        Line(Missing("pan-dorset").DidWith("neighbours", "enquiry", "not-appropriate", At("Wed 9 Sep 2026 10:00")), "enquiry-neighbours").Acts.Single().Outcome.ShouldBe("not-appropriate");
    }

    [Fact]
    public void CHE11_Brothers_and_sisters_and_their_schools_are_asked_under_every_procedure()
    {
        foreach (var pack in new[] { "cheshire-east", "northamptonshire", "midlands-school" })
        {
            Line(Missing(pack), "enquiry-siblings-other-school").Clauses.ShouldContain("CHE-11");
        }
    }

    [Fact]
    public void MID12_What_a_procedure_asks_for_stands_before_what_everybody_asks_for() =>
        Line(Missing("midlands-school"), "visit-home").Clauses.ShouldBe(["MID-12", "B8"]);

    [Fact]
    public void DOR21_What_would_reach_a_family_that_must_not_be_contacted_is_stopped_and_the_rest_goes_on()
    {
        var story = Missing("pan-dorset", "do_not_contact_family");

        foreach (var stopped in new[] { "enquiry-neighbours", "enquiry-known-relatives", "visit-home", "letter" }) { Line(story, stopped).State.ShouldBe(EnquiryState.Stopped); }
        foreach (var open in new[] { "enquiry-staff", "check-police", "enquiry-siblings-other-school" }) { Line(story, open).State.ShouldBe(EnquiryState.ToAsk); }
    }

    [Fact]
    public void DOR21_An_enquiry_of_which_nobody_said_whom_it_was_about_is_kept_beside_the_list()
    {
        var story = Missing("pan-dorset").Did("enquiry", null, At("Tue 8 Sep 2026 11:00"));

        JointEnquiries.Others(story.Episode.Begun!, Lines(story)).Single().Action.ShouldBe("enquiry");
    }

    [Theory]
    [InlineData("question-set", "concern")]
    [InlineData("risk-assessment", "concern")]
    [InlineData("risk-assessment", "risk-of-harm")]
    [InlineData("visit", "seen-concern")]
    [InlineData("call", "parent-child-missing")]
    [InlineData("call", "parent-child-not-safe")]
    [InlineData("refer-csc", null)]
    [InlineData("refer-police", null)]
    public void DOR20_Any_new_concern_ends_the_holding_back_of_a_referral(string action, string? outcome)
    {
        var story = Missing("pan-dorset").Did("question-set", "no-concern", At("Tue 8 Sep 2026 11:00")).Did("hold-referral", null, At("Tue 8 Sep 2026 11:30"));
        HeldBack.Of(story.Episode.Begun!)!.EndedBy.ShouldBeNull();

        story.Did(action, outcome, At("Wed 9 Sep 2026 10:00"));

        HeldBack.Of(story.Episode.Begun!)!.EndedAt.ShouldBe(At("Wed 9 Sep 2026 10:00"));
        story.Did("risk-assessment", "risk-of-harm", At("Wed 9 Sep 2026 14:00"));
        HeldBack.Of(story.Episode.Begun!)!.EndedAt.ShouldBe(At("Wed 9 Sep 2026 10:00"), "the first concern ended it");
    }

    [Fact]
    public void DOR20_A_referral_that_is_held_again_with_new_reasons_is_held_until_the_next_concern()
    {
        var story = Missing("pan-dorset").Did("hold-referral", null, At("Tue 8 Sep 2026 11:30")).Did("risk-assessment", "concern", At("Wed 9 Sep 2026 10:00"));

        story.Did("hold-referral", null, At("Wed 9 Sep 2026 12:00"));

        HeldBack.Of(story.Episode.Begun!)!.ShouldSatisfyAllConditions(
            held => held.Act.HappenedAt.ShouldBe(At("Wed 9 Sep 2026 12:00")), held => held.EndedBy.ShouldBeNull());
    }

    [Fact]
    public void DOR20_A_flag_that_asks_for_no_referral_or_was_known_before_ends_nothing()
    {
        var story = Missing("pan-dorset").Flagged(At("Tue 8 Sep 2026 11:00"), "cp_plan").Did("hold-referral", null, At("Tue 8 Sep 2026 11:30"));

        story.Flagged(At("Wed 9 Sep 2026 10:00"), "cp_plan", "young_carer");

        HeldBack.Of(story.Episode.Begun!)!.EndedBy.ShouldBeNull();
    }

    [Fact]
    public void DOR20_A_flag_that_comes_ends_it_too_and_a_concern_from_before_does_not()
    {
        var story = Missing("pan-dorset").Did("risk-assessment", "concern", At("Tue 8 Sep 2026 10:30")).Did("hold-referral", null, At("Tue 8 Sep 2026 11:30"));
        HeldBack.Of(story.Episode.Begun!)!.EndedBy.ShouldBeNull();

        story.Flagged(At("Wed 9 Sep 2026 10:00"), "cp_plan");

        HeldBack.Of(story.Episode.Begun!)!.EndedBy.ShouldBe("a flag was set on the child");
    }

    [Fact]
    public void DOR20_Without_a_decision_nothing_is_held_back() => HeldBack.Of(Missing("pan-dorset").Episode.Begun!).ShouldBeNull();

    [Fact]
    public void DOR27_A_review_keeps_what_is_done_next_by_whom_and_by_when()
    {
        var story = Missing("pan-dorset");
        var plan = new ReviewPlan("Ask the authority that the family came from", "Noor Amin", On("Fri 18 Sep 2026"));

        story.Do(new EpisodeCommand.Record(
            new Deed("review", null, At("Mon 14 Sep 2026 10:00"), null, new Performer("Noor Amin", "tracking-officer", "999", "p1")) { Plan = plan }, At("Mon 14 Sep 2026 10:00")));

        story.History.OfType<EpisodeEvent.ActionRecorded>().Single().Deed.Plan.ShouldBe(plan);
    }

    private static Story Missing(string pack, params string[] flags) =>
        Story.Under(pack).Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    private static ImmutableArray<EnquiryLine> Lines(Story story, params (string Step, bool IsOpen)[] owed) =>
        JointEnquiries.Of(story.Episode.Begun!, PackCatalogue.Shipped[story.Episode.Begun!.Pack], [.. owed]);

    private static EnquiryLine Line(Story story, string id, params (string Step, bool IsOpen)[] owed) => Lines(story, owed).Single(line => line.Id == id);
}
