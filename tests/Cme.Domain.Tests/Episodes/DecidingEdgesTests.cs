using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Tests.Stories;
using Cme.TestSupport.Terms;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.Domain.Episodes.EpisodeEvent;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>What an episode makes of news that comes twice, late, or from where it is not expected.</summary>
public sealed class DecidingEdgesTests
{
    private static readonly SessionOf Morning = Am("Tue 8 Sep 2026"), Afternoon = Pm("Tue 8 Sep 2026");
    private static readonly DateTimeOffset Opened = At("Tue 8 Sep 2026 08:55"), Later = At("Tue 8 Sep 2026 09:30");

    private static Story Amina(params string[] flags) => Story.Under("northamptonshire").Missing(Morning, Opened, flags);

    [Fact]
    public void An_episode_happened_when_it_was_known_or_when_registration_closed_whichever_is_earlier()
    {
        Amina().History[0].HappenedAt.ShouldBe(Opened);
        Story.Under("northamptonshire").Missing(Morning, At("Tue 8 Sep 2026 10:00")).History[0].HappenedAt.ShouldBe(At("Tue 8 Sep 2026 09:20"));
    }

    [Fact]
    public void An_episode_that_opens_late_speaks_of_the_whole_run_from_the_start()
    {
        var story = Opening(new Open(SubjectOf(), new("northamptonshire", 2), AbsenceOf(Morning, Afternoon), 1));

        story.Episode.Standing.Through.ShouldBe(Afternoon);
        story.StillMissing(Afternoon, Afternoon, At("Tue 8 Sep 2026 14:00")).Episode.Begun!.Run.IsFirst
            .ShouldBeTrue("The run was corrected, and is no second disappearance.");
    }

    [Fact]
    public void An_open_episode_was_closed_by_no_code_and_its_stage_says_where_the_work_stands()
    {
        Amina().Episode.Standing.ByCode.ShouldBeFalse();
        Amina().Episode.Stage.ShouldBe("enquiring");
        Amina().Held(Afternoon, "B", At("Tue 8 Sep 2026 13:05")).Episode.Stage.ShouldBe("to-confirm");
        Amina().Did("refer-police", null, Later).Episode.Stage.ShouldBe("referred");
        Amina().Did("close", "duplicate-record", Later).Episode.Stage.ShouldBe("closed");
        EpisodeStanding.None.ByCode.ShouldBeFalse();
    }

    [Fact]
    public void Only_questions_that_the_procedure_asks_are_answered_and_only_by_the_act_that_asks_them()
    {
        Answering("pan-dorset", "question-set", "sudden").ShouldBeOfType<Decision.Accepted>();
        Answering("pan-dorset", "question-set", "shoe-size").ShouldBeOfType<Decision.Refused>().Why.Allowed.ShouldContain("sudden");
        Answering("pan-dorset", "note", "sudden").ShouldBeOfType<Decision.Refused>().Why.Code.ShouldBe("question-not-asked");
        Answering("northamptonshire", "question-set", "sudden").ShouldBeOfType<Decision.Refused>().Why.Allowed.ShouldBeEmpty();
    }

    private static Decision Answering(string pack, string action, string question) => Decider.Decide(
        new EpisodeCommand.Record(
            new Deed(action, null, Later, null, new Performer("Priya Patel", "attendance-officer", "900001", "key")) { Answers = [new(question, "no", null)] }, Later),
        Story.Under(pack).Missing(Morning, Opened).Episode, Story.RulesOf(pack));

    [Fact]
    public void A_mark_that_only_holds_closes_nothing_even_if_it_comes_as_an_explanation()
    {
        var story = Amina().Marked(Morning, "B", Later);

        story.Episode.ShouldBeOfType<Episode.Underway>().Known.Asked.ShouldHaveSingleItem().Code.ShouldBe("B");
    }

    [Fact]
    public void A_question_and_a_second_disappearance_carry_the_number_of_their_event()
    {
        var asked = Amina().Held(Afternoon, "B", At("Tue 8 Sep 2026 13:05"));
        asked.Episode.Begun!.Known.Asked[^1].Number.ShouldBe(asked.History.Count);

        var again = Amina("looked_after").Marked(Afternoon, "\\", At("Tue 8 Sep 2026 13:05"))
            .StillMissing(Am("Thu 10 Sep 2026"), Am("Thu 10 Sep 2026"), At("Thu 10 Sep 2026 09:00"));
        again.Episode.Begun!.Run.Began.ShouldBe(Am("Thu 10 Sep 2026"));
        again.History[again.Episode.Begun!.Run.Number - 1].ShouldBeOfType<AbsenceStands>();
    }

    [Fact]
    public void Seen_again_after_a_mark_that_accounts_for_the_run_is_no_news_and_a_later_absence_begins_the_ladder_anew()
    {
        var story = Amina("looked_after").Marked(Afternoon, "\\", At("Tue 8 Sep 2026 13:05"));
        var before = story.History.Count;

        story.Do(new Explained(new ExplainingMark(Am("Wed 9 Sep 2026"), "V", null), 7, At("Tue 8 Sep 2026 13:06")));
        story.History.Count.ShouldBe(before);

        story.Do(new Stands(AbsenceOf(Am("Wed 9 Sep 2026"), Am("Wed 9 Sep 2026")), null, 8, At("Wed 9 Sep 2026 09:00")));
        story.Episode.Begun!.Run.Began.ShouldBe(Am("Wed 9 Sep 2026"));
    }

    [Fact]
    public void Seen_after_a_mark_that_only_held_is_news() =>
        Amina("looked_after").Held(Morning, "I", Later, "unknown").Marked(Afternoon, "\\", At("Tue 8 Sep 2026 13:05"))
            .Episode.Begun!.Known.Asked[^1].Code.ShouldBe("\\");

    [Fact]
    public void Marks_that_were_taken_away_close_the_episode_but_not_of_a_flagged_child_nor_of_one_off_roll()
    {
        var closed = Amina().Do(new Explained(null, 2, Later)).Episode.ShouldBeOfType<Episode.Closed>();
        (closed.Reason, closed.ByCode).ShouldBe((ClosureReasons.RegisterCorrected, true));

        Amina("cp_plan").Do(new Explained(null, 2, Later)).Episode.ShouldBeOfType<Episode.Underway>().Known.Asked.ShouldHaveSingleItem();

        var gone = Amina().Do(new Explained(null, 2, Later) { IsOffRoll = true });
        gone.Episode.ShouldBeOfType<Episode.Underway>();
        gone.History.Count.ShouldBe(1);
    }

    [Fact]
    public void A_child_who_was_off_the_list_already_owes_ground_and_destination_from_the_opening()
    {
        var story = Opening(new Open(SubjectOf(), new("northamptonshire", 2), AbsenceOf(Morning, Morning), 1) { Owes = true });

        story.History.Select(happened => happened.Name).ShouldBe(["EpisodeOpened", "WentOffRoll"]);
        story.Episode.Begun!.Known.OwesPlace.ShouldBeTrue();
    }

    [Fact]
    public void Going_off_the_list_and_coming_back_is_told_once_each()
    {
        var story = Amina().Do(new NotePlace(true, true, null, 2, Later)).Do(new NotePlace(true, true, null, 3, Later));
        story.Episode.Begun!.Known.OwesPlace.ShouldBeTrue();
        story.History.Count.ShouldBe(2);

        story.Do(new NotePlace(false, false, null, 2, Later)).Episode.Begun!.Known.OwesPlace.ShouldBeTrue("It was overtaken.");

        story.Do(new NotePlace(false, false, null, 4, Later));
        story.Episode.Begun!.Known.OwesPlace.ShouldBeFalse();
        story.History[^1].ShouldBeOfType<PlaceSettled>().BackOnRoll.ShouldBeTrue();
    }

    [Fact]
    public void A_ground_and_a_destination_settle_it_without_bringing_the_child_back() =>
        Amina().Do(new NotePlace(true, true, null, 2, Later)).Do(new NotePlace(false, true, null, 3, Later))
            .History[^1].ShouldBeOfType<PlaceSettled>().BackOnRoll.ShouldBeFalse();

    [Theory]
    [InlineData("Fri 11 Sep 2026", "Sat 12 Sep 2026 00:00")]
    [InlineData("Mon 7 Sep 2026", "Tue 8 Sep 2026 09:30")]
    [InlineData(null, "Tue 8 Sep 2026 09:30")]
    public void Ground_and_destination_are_owed_from_the_day_after_the_last_or_from_when_it_was_known(string? leaving, string from)
    {
        var off = Amina().Do(new NotePlace(true, true, leaving is null ? null : On(leaving), 2, Later)).Episode.Begun!.Known.OffRoll.ShouldHaveSingleItem();

        off.ShouldBe(off with { Number = 2, From = At(from), KnownAt = Later });
    }

    [Fact]
    public void A_person_who_closes_does_not_make_the_episode_forget_what_it_has_heard()
    {
        var story = Amina().StillMissing(Morning, Afternoon, At("Tue 8 Sep 2026 13:05")).Did("close", "duplicate-record", At("Tue 8 Sep 2026 14:00"));

        story.Episode.Standing.Heard.ShouldBe(2);
    }

    [Fact]
    public void Two_officers_of_one_name_are_two_and_to_claim_ones_own_is_not_refused()
    {
        var story = Amina().Do(new Claim(new("Priya Patel", "900001"), "key", Later)).Do(new Claim(new("Priya Patel", "900001"), "key", Later));
        story.LastRefusal.ShouldBeNull();

        story.Do(new Claim(new("Priya Patel", "999"), "key", Later)).LastRefusal!.Code.ShouldBe("claimed");
    }

    [Fact]
    public void Of_two_colleagues_of_one_name_each_gives_up_only_their_own()
    {
        var story = Amina().Do(new Claim(new("Priya Patel", "900001") { Id = "person-1" }, "person-1", Later));

        story.Do(new Release("Priya Patel", "900001", "person-2", Later) { OfficerId = "person-2" }).LastRefusal!.Code.ShouldBe("claimed");
        story.Episode.Begun!.Known.Holder!.Id.ShouldBe("person-1");

        story.Do(new Release("Priya Patel", "900001", "person-1", Later) { OfficerId = "person-1" }).Episode.Begun!.Known.Holder.ShouldBeNull();
    }

    [Fact]
    public void Whom_the_authority_assigns_is_known_by_id()
    {
        var story = Amina().Do(new Assign("Owen Reid", "999", "key", Later) { OfficerId = "person-1" });
        story.Episode.Begun!.Known.Holder!.Id.ShouldBe("person-1");

        story.Do(new Assign("Owen Reid", "999", "key", Later) { OfficerId = "person-2" }).Episode.Begun!.Known.Holder!.Id.ShouldBe("person-2");
    }

    [Fact]
    public void An_assignment_changes_the_owner_or_the_officer_or_both()
    {
        var story = Amina().Do(new Assign("Owen Reid", "999", "key", Later)).Do(new Assign("Mai Tran", "999", "key", Later));
        story.Episode.Begun!.Known.Holder.ShouldBe(new Holder("Mai Tran", "999"));

        story.Do(new Assign("Mai Tran", "900001", "key", Later)).Episode.ShouldBeOfType<Episode.Underway>().Owner.ShouldBe("900001");
        story.Do(new Assign(null, "999", "key", Later)).Episode.ShouldBeOfType<Episode.Underway>().Owner.ShouldBe("999");
        story.Episode.Begun!.Known.Holder.ShouldBeNull();
    }

    [Fact]
    public void The_same_flags_on_what_a_code_closed_are_no_news() =>
        Amina("staff_child").Marked(Morning, "I", Later, "known-contact").Flagged(At("Tue 8 Sep 2026 10:05"), "staff_child")
            .History.OfType<FlagsChanged>().ShouldBeEmpty();

    [Fact]
    public void Only_a_flag_that_was_not_there_is_an_addition()
    {
        var story = Amina("staff_child").Flagged(Later, "staff_child", "cp_plan");

        story.Episode.Begun!.Known.FlagsAdded.ShouldHaveSingleItem().Flag.ShouldBe("cp_plan");
    }

    [Fact]
    public void The_time_without_contact_begins_when_that_flag_came_and_not_when_another_did()
    {
        var story = Amina().Flagged(At("Tue 8 Sep 2026 09:00"), "cp_plan").Flagged(Later, "cp_plan", "do_not_contact_family")
            .Flagged(At("Tue 8 Sep 2026 12:00"), "cp_plan");

        story.Episode.Begun!.Known.NoContact.ShouldHaveSingleItem().ShouldBe(new Interruption(Later, At("Tue 8 Sep 2026 12:00")));
        Amina("do_not_contact_family").Flagged(Later).Episode.Begun!.Known.NoContact.ShouldHaveSingleItem().From.ShouldBe(Opened);
    }

    [Fact]
    public void A_person_who_reopens_is_named_as_the_cause() =>
        Amina().Did("close", "duplicate-record", Later).Did("reopen", null, At("Tue 8 Sep 2026 10:05"))
            .History.OfType<EpisodeReopened>().ShouldHaveSingleItem().ByPerson.ShouldBeTrue();

    [Fact]
    public void A_correction_says_what_it_corrects() =>
        Amina().Did("correct", null, Later).LastRefusal!.Code.ShouldBe("invalid");

    [Fact]
    public void An_act_may_name_what_it_is_for_and_nothing_else()
    {
        var story = Amina();
        var call = story.Owed("first-call", Later).Id;

        story.Do(Act("call", "no-answer", call)).LastRefusal.ShouldBeNull();
        story.Do(Act("call", "no-answer", "obl-0000000000000000")).LastRefusal!.Code.ShouldBe("unknown-obligation");
    }

    [Fact]
    public void A_sending_is_known_by_its_name_also_once_it_was_taken_back()
    {
        var story = Amina().Do(Act("call", "no-answer", sending: "a")).Do(Act("note", null, sending: "b"));
        var known = story.Episode.Begun!.Known;
        (known.NumberOf("a"), known.NumberOf("b"), known.NumberOf(null), known.NumberOf("c")).ShouldBe((2, 3, 3, 0));

        story.Corrected(2, "call", "voicemail", Later);
        story.Episode.Begun!.Known.NumberOf("a").ShouldBe(2);
        story.Do(Act("call", "no-answer", sending: "a")).History.Count.ShouldBe(4);
    }

    [Fact]
    public void What_is_refused_is_answered_with_what_may_be_recorded()
    {
        ActionCatalogue.AllowedInstead("note").ShouldBe(["note"]);
        ActionCatalogue.AllowedInstead("reply").ShouldBe(["reply: contact-made"]);
        ActionCatalogue.AllowedInstead("dance").ShouldContain("note");
        ActionCatalogue.AllowedInstead("dance").ShouldContain("call: no-answer");
        ActionCatalogue.All.Select(pair => pair.Action).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        Amina().Did("call", null, Later).LastRefusal!.Message.ShouldContain("no outcome");
        Amina().Did("call", "told-off", Later).LastRefusal!.Message.ShouldContain("'told-off'");
    }

    [Fact]
    public void A_child_who_is_not_found_is_closed_by_no_reason()
    {
        ClosureReasons.All.Where(reason => !reason.Closes).Select(reason => reason.Id).ShouldBe(
            ["ehe-unassessed", "left-uk-unconfirmed", "police-missing-person", "found-unsafe", "not-found-deleted-from-roll"]);
        ClosureReasons.Text(ClosureReasons.Returned).ShouldBe("Returned to the same school");
        ClosureReasons.Text(ClosureReasons.RegisterCorrected).ShouldContain("register was corrected");
        ClosureReasons.Text("of-tomorrow").ShouldBe("of-tomorrow");
    }

    [Fact]
    public void Runs_that_end_elsewhere_are_not_the_same() =>
        AbsenceOf(Morning, Morning).ShouldNotBe(AbsenceOf(Morning, Afternoon));

    private static Story Opening(Open open) => Story.Under("northamptonshire").Do(open);

    private static Subject SubjectOf() => new("episode-0000000001-0", "999", "900001", "child0000001", "4", []);

    private static Absence AbsenceOf(SessionOf first, SessionOf last) =>
        new(first, Autumn2026.Calendar.RegistrationCloses(first), Later, last, "N", 1);

    private static EpisodeCommand.Record Act(string action, string? outcome, string? obligation = null, string? sending = null) => new(
        new Deed(action, outcome, Later, obligation, new Performer("Priya Patel", "attendance-officer", "900001", "key")) { Sending = sending }, Later);
}
