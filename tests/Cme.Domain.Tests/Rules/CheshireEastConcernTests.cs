using Cme.Domain.Concerns;
using Cme.Domain.Procedures;
using Cme.Domain.Tests.Concerns;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>CHE-04 to CHE-12 and SUF-23 of what the public reports. Source: Cheshire East Council, Children missing education.</summary>
public sealed class CheshireEastConcernTests
{
    [Fact]
    public void CHE04_It_comes_by_form_email_or_phone_and_is_about_education_or_about_a_child_gone_from_the_area()
    {
        ConcernActs.Channels.ShouldBe(["form", "interface", "phone", "email"]);
        ConcernActs.Worries.ShouldBe(["missing-education", "missing-from-area", "other"]);
    }

    [Fact]
    public void CHE04_Somebody_reads_it_within_two_office_hours_and_within_half_an_hour_where_the_reporter_fears_danger()
    {
        ConcernStory.Received().Owed("screen", "Tue 8 Sep 2026 10:00").DueAt.ShouldBe(At("Tue 8 Sep 2026 12:00"));
        ConcernStory.Received(at: "Fri 11 Sep 2026 16:30").Owed("screen", "Fri 11 Sep 2026 16:30").DueAt.ShouldBe(At("Mon 14 Sep 2026 10:00"));
        ConcernStory.Received("yes", "Sat 12 Sep 2026 23:00").Owed("screen", "Sat 12 Sep 2026 23:00").DueAt.ShouldBe(At("Sat 12 Sep 2026 23:30"));
    }

    [Fact]
    public void CHE05_What_is_known_of_a_concern_has_no_place_for_who_reported_it() =>
        new[] { typeof(Concern), typeof(Reception), typeof(ConcernDeed) }.SelectMany(type => type.GetProperties()).Select(property => property.Name)
            .ShouldNotContain(name => name.Contains("Reporter", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void CHE06_The_checks_are_due_by_the_next_working_day() =>
        ConcernStory.Received().Owed("checks-first", "Tue 8 Sep 2026 10:00").DueAt.ShouldBe(At("Wed 9 Sep 2026 17:00"));

    [Theory]
    [InlineData("call")]
    [InlineData("message")]
    [InlineData("letter")]
    [InlineData("visit")]
    public void CHE06_Nobody_contacts_the_family_before_the_checks_in_whatever_way(string way)
    {
        var unchecked_ = ConcernStory.Screened();
        unchecked_.WhyNot("contact-family", "reached-safe", "Tue 8 Sep 2026 11:00", way: way)!.Code.ShouldBe("checks-first");

        var begun = unchecked_.Did("check", null, "Tue 8 Sep 2026 11:00", whom: "health", note: "Not registered.");
        begun.WhyNot("contact-family", "reached-safe", "Tue 8 Sep 2026 11:30", way: way)!.Code.ShouldBe("checks-first", "one check is not the checks");

        ConcernStory.Checked().WhyNot("contact-family", "reached-safe", "Wed 9 Sep 2026 09:00", way: way).ShouldBeNull();
    }

    [Fact]
    public void CHE06_The_checks_are_not_complete_while_none_is_recorded()
    {
        ConcernStory.Screened().WhyNot("conclude-checks", "may-contact", "Tue 8 Sep 2026 11:00")!.Code.ShouldBe("checks-first");
        ConcernStory.Screened().WhyNot("check", null, "Tue 8 Sep 2026 11:00", whom: "admissions")!.Code.ShouldBe("note-required", "a check says what came of it");
    }

    [Fact]
    public void CHE06_Where_the_checks_find_that_contact_is_dangerous_nobody_contacts_the_family_and_the_safeguarding_lead_is_asked_at_once()
    {
        var barred = ConcernStory.Checked("do-not-contact");

        barred.WhyNot("contact-family", "reached-safe", "Wed 9 Sep 2026 09:00", way: "call")!.Code.ShouldBe("do-not-contact-family");
        barred.Owed("contact-family", "Wed 9 Sep 2026 09:00").State.ShouldBe(ObligationState.Suppressed);
        barred.Owed("ask-dsl-first", "Tue 8 Sep 2026 15:00").DueAt.ShouldBe(At("Tue 8 Sep 2026 15:00"));
        barred.Did("consult-dsl", null, "Tue 8 Sep 2026 16:00", note: "Agreed with the school’s lead.").Owes("ask-dsl-first", "Tue 8 Sep 2026 16:00").ShouldBeFalse();
    }

    [Fact]
    public void CHE07_Nothing_is_asked_of_a_report_but_when_and_how_it_came()
    {
        var bare = new Concern(new(At("Tue 8 Sep 2026 10:00"), At("Tue 8 Sep 2026 10:00"), "form", "other", "unknown"), []);

        bare.Stage.ShouldBe(ConcernStage.Received);
        ConcernDuties.Of(bare, default, Cme.Domain.Calendars.WorkingCalendar.Usual, At("Tue 8 Sep 2026 10:00")).ShouldNotBeEmpty("somebody has it at once");
    }

    [Fact]
    public void CHE08_The_family_is_contacted_within_two_working_days_of_the_checks_and_trying_is_not_reaching()
    {
        var checked_ = ConcernStory.Checked();
        checked_.Owed("contact-family", "Tue 8 Sep 2026 15:00").DueAt.ShouldBe(At("Thu 10 Sep 2026 17:00"));

        var tried = checked_.Did("contact-family", "no-answer", "Wed 9 Sep 2026 09:00", way: "call");
        tried.Owes("contact-family", "Wed 9 Sep 2026 09:00").ShouldBeTrue();
        tried.Did("contact-family", "reached-safe", "Wed 9 Sep 2026 11:00", way: "visit").Owes("contact-family", "Wed 9 Sep 2026 11:00").ShouldBeFalse();
    }

    [Fact]
    public void CHE09_A_child_who_is_not_traced_by_the_second_working_day_is_reported_to_the_police()
    {
        var police = ConcernStory.Screened().Owed("contact-police", "Tue 8 Sep 2026 10:30");
        (police.DueAt, police.Step.Class).ShouldBe((At("Thu 10 Sep 2026 17:00"), StepClass.Referral));

        ConcernStory.Screened().Did("locate", "not-in-education", "Wed 9 Sep 2026 10:00", note: "At an aunt’s.").Owes("contact-police", "Wed 9 Sep 2026 10:00").ShouldBeFalse();
        ConcernStory.Screened().Did("locate", "not-in-education", "Wed 9 Sep 2026 10:00", note: "At an aunt’s.").Owed("contact-police", "Wed 9 Sep 2026 10:00").State
            .ShouldBe(ObligationState.Superseded, "nobody told the police, and nothing says that somebody did");
        ConcernStory.Checked().Did("contact-family", "no-answer", "Wed 9 Sep 2026 10:00", way: "call").Owes("contact-police", "Wed 9 Sep 2026 10:00").ShouldBeTrue();
    }

    [Theory]
    [InlineData("s2s")]
    [InlineData("destination-authority")]
    public void CHE10_What_is_known_is_shared_with_schools_and_councils_elsewhere_within_five_working_days(string whom)
    {
        ConcernStory.Screened().Owed("share-nationally", "Tue 8 Sep 2026 10:30").DueAt.ShouldBe(At("Tue 15 Sep 2026 17:00"));
        ConcernStory.Screened().Did("share", null, "Wed 9 Sep 2026 10:00", whom: whom).Owes("share-nationally", "Wed 9 Sep 2026 10:00").ShouldBeFalse();
    }

    [Fact]
    public void CHE10_Whoever_cannot_be_traced_is_with_the_police_and_known_elsewhere_before_the_concern_is_closed()
    {
        var looked = ConcernStory.Checked().Did("match", "not-known", "Tue 8 Sep 2026 16:00").Did("other-children", "none-known", "Tue 8 Sep 2026 16:10");
        looked.WhyNot("close", "not-traced", "Wed 9 Sep 2026 09:00", note: "Nobody at the address.")!.Code.ShouldBe("refer-first");

        looked.Did("refer-police", null, "Wed 9 Sep 2026 09:00").Did("share", null, "Wed 9 Sep 2026 09:30", whom: "s2s")
            .WhyNot("close", "not-traced", "Wed 9 Sep 2026 10:00", note: "Nobody at the address.").ShouldBeNull();
    }

    [Fact]
    public void CHE11_The_other_children_of_the_family_are_asked_after_before_the_concern_is_closed()
    {
        ConcernStory.Screened().Owed("other-children", "Tue 8 Sep 2026 10:30").DueAt.ShouldBe(At("Tue 15 Sep 2026 17:00"));
        var found = ConcernStory.Checked().Did("match", "child", "Tue 8 Sep 2026 16:00", child: "7k3q92mxh4b2");
        found.WhyNot("close", "in-education", "Wed 9 Sep 2026 09:00")!.Code.ShouldBe("other-children-first");
        found.WhyNot("other-children", "not-appropriate", "Wed 9 Sep 2026 09:00")!.Code.ShouldBe("note-required", "why it was not right to ask");

        found.Did("other-children", "safe", "Wed 9 Sep 2026 09:00").WhyNot("close", "in-education", "Wed 9 Sep 2026 09:30").ShouldBeNull();
    }

    [Fact]
    public void SUF23_A_report_of_the_public_is_followed_up_like_any_other_until_somebody_says_what_came_of_it()
    {
        var followed = ConcernStory.Checked().Did("match", "not-known", "Tue 8 Sep 2026 16:00").Did("contact-family", "reached-safe", "Tue 8 Sep 2026 16:30", way: "visit")
            .Did("other-children", "safe", "Tue 8 Sep 2026 16:40");

        followed.Duties("Tue 8 Sep 2026 17:00").Where(duty => duty.IsOpen).Select(duty => duty.Step.Id).ShouldBe(["review"], "it is still somebody’s");
        followed.Did("close", "back-in-education", "Wed 9 Sep 2026 10:00").Duties("Wed 9 Sep 2026 10:00").ShouldNotContain(duty => duty.IsOpen);
    }
}
