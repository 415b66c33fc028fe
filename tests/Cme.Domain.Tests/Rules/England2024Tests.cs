using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Domain.Tests.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>
/// The national framework, beneath every authority's own procedure. Amina is missing from Tuesday 8 September 2026. Source: FACTS
/// B3, B4, B5, B7 and B8.
/// </summary>
public sealed class England2024Tests
{
    private static Story AminaMissing(params string[] flags) =>
        Story.Under("england-2024").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"), flags);

    private static Story Reached(Story story, string count, int days, string on, string known) => story.Do(new EpisodeCommand.Stands(
        story.Episode.Begun!.Absence with { Reached = [new CountReached(count, days, On(on), At(known))], KnownAt = At(known) }, null, 100, At(known)));

    [Fact]
    public void B7_The_parent_is_contacted_on_the_first_day()
    {
        var contact = AminaMissing().Owed("contact-parent", At("Tue 8 Sep 2026 10:00"));
        (contact.Step.Clause, contact.Due.DueAt).ShouldBe(("B7", At("Tue 8 Sep 2026 15:30")));
    }

    [Fact]
    public void B7_Contact_goes_on_while_the_absence_does() =>
        AminaMissing().Did("call", "no-answer", At("Tue 8 Sep 2026 10:00"))
            .Owed("second-day-call", At("Wed 9 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Wed 9 Sep 2026 15:30"));

    [Theory]
    [InlineData("looked_after")]
    [InlineData("cp_plan")]
    [InlineData("offender")]
    public void B7_Whoever_works_with_the_child_is_told(string flag)
    {
        var tell = AminaMissing(flag).Owed("tell-social-worker", At("Tue 8 Sep 2026 10:00"));
        (tell.Step.Clause, tell.Step.Who, tell.Due.DueAt).ShouldBe(("B7", "dsl", At("Tue 8 Sep 2026 15:30")), "by the end of the first day");
        AminaMissing(flag).Did("notify", null, At("Tue 8 Sep 2026 10:00")).OwesNo("tell-social-worker", At("Tue 8 Sep 2026 10:00"));
        AminaMissing("bullied").OwesNo("tell-social-worker", At("Tue 8 Sep 2026 10:00"));
    }

    [Fact]
    public void B3_Code_N_is_replaced_within_five_school_days_and_the_register_itself_says_when_it_was()
    {
        var story = AminaMissing();
        story.Do(new EpisodeCommand.Stands(
            story.Episode.Begun!.Absence with { OldestN = Am("Tue 8 Sep 2026") }, null, 2, At("Wed 9 Sep 2026 09:00")));
        var replace = story.Owed("replace-code-n", At("Wed 9 Sep 2026 10:00"));
        (replace.Step.Clause, replace.Due.DueAt).ShouldBe(("B3", At("Tue 15 Sep 2026 15:30")));

        story.Do(new EpisodeCommand.Stands(
            story.Episode.Begun!.Absence with { OldestN = Am("Wed 9 Sep 2026") }, null, 3, At("Thu 10 Sep 2026 09:00")));
        story.Owed("replace-code-n", At("Thu 10 Sep 2026 10:00")).Due.DueAt.ShouldBe(At("Wed 16 Sep 2026 15:30"));

        story.Do(new EpisodeCommand.Stands(story.Episode.Begun!.Absence with { OldestN = null, LastCode = "O" }, null, 4, At("Fri 11 Sep 2026 09:00")));
        story.OwesNo("replace-code-n", At("Fri 11 Sep 2026 10:00"));
    }

    [Fact]
    public void B5_Ten_continuous_days_without_leave_are_returned_to_the_authority_within_a_month()
    {
        AminaMissing().OwesNo("attendance-return", At("Mon 21 Sep 2026 16:00"));
        var story = Reached(AminaMissing(), "irregularDays", 10, "Mon 21 Sep 2026", "Mon 21 Sep 2026 13:20");
        var owed = story.Owed("attendance-return", At("Mon 21 Sep 2026 16:00"));

        (owed.Step.Clause, owed.Due.DueAt).ShouldBe(("B5", At("Mon 19 Oct 2026 15:30")));
        story.Did("notify", null, At("Tue 22 Sep 2026 10:00")).OwesNo("attendance-return", At("Tue 22 Sep 2026 10:00"));
    }

    [Fact]
    public void B5_One_notice_does_for_the_return_that_it_names_and_for_no_other()
    {
        var story = Reached(AminaMissing("cp_plan"), "irregularDays", 10, "Mon 21 Sep 2026", "Mon 21 Sep 2026 13:20");
        var meant = story.Owed("attendance-return", At("Tue 22 Sep 2026 10:00")).Id;
        story.Do(new EpisodeCommand.Record(
            new Deed("notify", null, At("Tue 22 Sep 2026 10:00"), meant, new Performer("Priya Patel", "attendance-officer", "900001", "key")),
            At("Tue 22 Sep 2026 10:00")));

        story.OwesNo("attendance-return", At("Tue 22 Sep 2026 10:00"));
        story.Owed("tell-social-worker", At("Tue 22 Sep 2026 10:00"));
    }

    [Fact]
    public void B5_Fifteen_days_of_illness_are_returned_the_next_school_day() =>
        Reached(AminaMissing(), "sickness", 15, "Fri 25 Sep 2026", "Fri 25 Sep 2026 13:20")
            .Owed("sickness-return", At("Fri 25 Sep 2026 16:00"))
            .ShouldSatisfyAllConditions(
                owed => owed.Step.Clause.ShouldBe("B5"), owed => owed.Due.DueAt.ShouldBe(At("Mon 28 Sep 2026 15:30")));

    [Theory]
    [InlineData("groundI", 20, "ground-i")]
    [InlineData("groundH", 10, "ground-h")]
    public void B4_A_ground_that_is_met_asks_for_the_joint_enquiries_and_what_is_believed(string count, int days, string step)
    {
        var story = Reached(AminaMissing(), count, days, "Mon 5 Oct 2026", "Mon 5 Oct 2026 13:20");
        var owed = story.Owed(step, At("Mon 5 Oct 2026 16:00"));

        (owed.Step.Clause, owed.Step.Who, owed.Due.DueAt).ShouldBe(("B4", "head", At("Mon 12 Oct 2026 15:30")));
        story.Did("removal-statement", null, At("Tue 6 Oct 2026 10:00")).OwesNo(step, At("Tue 6 Oct 2026 10:00"));
    }

    [Fact]
    public void B4_A_correction_that_takes_the_count_below_its_number_takes_the_step_away()
    {
        var story = Reached(AminaMissing(), "groundI", 20, "Mon 5 Oct 2026", "Mon 5 Oct 2026 13:20");
        story.Do(new EpisodeCommand.Stands(story.Episode.Begun!.Absence with { Reached = [] }, null, 101, At("Tue 6 Oct 2026 09:00")));
        story.OwesNo("ground-i", At("Tue 6 Oct 2026 10:00"));
    }

    [Fact]
    public void B5_The_deletion_is_returned_as_soon_as_it_is_decided()
    {
        var story = AminaMissing().Did("roll-decision", "remove", At("Mon 12 Oct 2026 10:00"));
        story.Owed("deletion-return", At("Mon 12 Oct 2026 11:00")).ShouldSatisfyAllConditions(
            owed => owed.Step.Clause.ShouldBe("B5"), owed => owed.Due.DueAt.ShouldBe(At("Tue 13 Oct 2026 15:30")));
        AminaMissing().Did("roll-decision", "keep", At("Mon 12 Oct 2026 10:00")).OwesNo("deletion-return", At("Mon 12 Oct 2026 11:00"));
    }

    [Fact]
    public void B5_A_new_pupil_is_returned_by_the_end_of_the_fifth_day_after_the_name_was_entered()
    {
        var owed = Returns.Of(Story.RulesOf("england-2024"), new PupilFacts { Entered = On("Thu 10 Sep 2026") }).ShouldHaveSingleItem();

        (owed.Step.Id, owed.Due.DueAt, owed.Due.AlertAt).ShouldBe(("new-pupil-return", At("Thu 17 Sep 2026 15:30"), At("Tue 15 Sep 2026 15:30")));
    }

    [Fact]
    public void B5_Of_a_pupil_without_an_episode_illness_and_deletion_are_returned_all_the_same()
    {
        var owed = Returns.Of(Story.RulesOf("northamptonshire"), new PupilFacts
        {
            Removed = On("Fri 18 Sep 2026"), Reached = [new CountReached("sickness", 15, On("Fri 25 Sep 2026"), At("Fri 25 Sep 2026 13:20"))],
        });
        owed.Select(one => (one.Step.Id, one.Due.DueAt)).ShouldBe(
            [("deletion-return", At("Fri 18 Sep 2026 15:30")), ("sickness-return", At("Mon 28 Sep 2026 15:30"))]);
    }

    [Fact]
    public void B8_Enquiries_are_made_jointly_and_the_returns_say_what_is_missing() =>
        PackCatalogue.Shipped["england-2024"].Standing.Single(clause => clause.Clause == "B8").KeptBy
            .ShouldBe(["ground-i", "ground-h", "deletion-return", "send-information"]);

    [Fact]
    public void An_authority_s_own_step_stands_in_place_of_the_national_one_of_the_same_name() =>
        Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 08:55"))
            .Owed("contact-parent", At("Tue 8 Sep 2026 10:00")).Step.Clause.ShouldBe("NOR-04");
}
