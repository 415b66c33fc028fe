using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Tests.Stories;
using Cme.TestSupport.Terms;
using static Cme.Domain.Episodes.EpisodeCommand;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>A child who is missing here is registered at another place too: that one is asked, and what it answers counts as a sighting does.</summary>
public sealed class SeenTodayTests
{
    private const string Riverside = "900002";

    private static readonly Performer Jo = new("Jo Sample", "attendance-officer", Riverside, "key-2") { RecordedFor = Riverside };

    private static Story Asked(params string[] flags) =>
        Story.Under("northamptonshire").Missing(Am("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 09:25"), flags)
            .Do(new AskPlaces([new(Riverside, On("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 10:25"))], At("Tue 8 Sep 2026 09:25")));

    private static PlaceQuestion Question(Story story) => story.Episode.Begun!.Known.Questions.ShouldHaveSingleItem();

    private static Story Answer(Story story, string answer, string at, string? seen = null, Performer? by = null) =>
        story.Do(new AnswerPlace(Question(story).Id, answer, At(seen ?? at), by ?? Jo, At(at)));

    [Fact]
    public void A_place_is_asked_once_a_day_however_often_the_child_is_marked_missing()
    {
        var again = Asked().Do(new AskPlaces([new(Riverside, On("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 14:20"))], At("Tue 8 Sep 2026 13:20")));

        Question(again).AnswerBy.ShouldBe(At("Tue 8 Sep 2026 10:25"));
        again.Do(new AskPlaces([new(Riverside, On("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 10:25"))], At("Wed 9 Sep 2026 09:25")))
            .Episode.Begun!.Known.Questions.Length.ShouldBe(2);
    }

    [Fact]
    public void Seen_there_is_a_sighting_that_confirms_what_a_code_said_before_it_and_closes_nothing()
    {
        var story = Asked().Held(Pm("Tue 8 Sep 2026"), "B", At("Tue 8 Sep 2026 13:10"));
        story.Owed("confirm-seen", At("Tue 8 Sep 2026 13:10"));

        Answer(story, "seen", "Tue 8 Sep 2026 13:30").OwesNo("confirm-seen", At("Tue 8 Sep 2026 13:31"));
        story.Episode.ShouldBeOfType<Episode.Underway>().Known.Acts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            act => act.Action.ShouldBe("sighting"), act => act.Outcome.ShouldBe("seen"), act => act.By.ShouldBe(Jo));
        story.Owed("first-call", At("Tue 8 Sep 2026 13:31"));
    }

    [Fact]
    public void Seen_there_before_the_code_came_confirms_nothing_of_it() =>
        Answer(Asked().Held(Pm("Tue 8 Sep 2026"), "B", At("Tue 8 Sep 2026 13:10")), "seen", "Tue 8 Sep 2026 13:30", "Tue 8 Sep 2026 09:05")
            .Owed("confirm-seen", At("Tue 8 Sep 2026 13:31"));

    [Fact]
    public void N_at_the_asking_school_withdraws_neither_the_question_nor_the_answer()
    {
        var story = Asked().StillMissing(Am("Tue 8 Sep 2026"), Pm("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 13:25"));
        Answer(story, "seen", "Tue 8 Sep 2026 13:30").StillMissing(Am("Tue 8 Sep 2026"), Am("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 09:25"));

        Question(story).Answer.ShouldBe("seen");
        story.Episode.Begun!.Known.Acts.ShouldHaveSingleItem();
    }

    [Fact]
    public void Not_seen_and_not_expected_are_no_sightings()
    {
        foreach (var answer in new[] { "not-seen", "not-expected" })
        {
            var story = Answer(Asked(), answer, "Tue 8 Sep 2026 09:40");
            (Question(story).Answer, story.Episode.Begun!.Known.Acts.Length).ShouldBe((answer, 0));
        }
    }

    [Fact]
    public void The_last_answer_counts_and_the_same_again_is_no_news()
    {
        var story = Answer(Answer(Asked(), "not-seen", "Tue 8 Sep 2026 09:40"), "not-seen", "Tue 8 Sep 2026 09:50");
        story.History.OfType<EpisodeEvent.PlaceAnswered>().ShouldHaveSingleItem();

        Answer(story, "seen", "Tue 8 Sep 2026 11:00").Episode.Begun!.Known.Acts.ShouldHaveSingleItem();
        Answer(story, "not-seen", "Tue 8 Sep 2026 11:05").Episode.Begun!.Known.Acts.ShouldBeEmpty("it was another child");
        story.Episode.Begun!.Known.Withdrawn.ShouldHaveSingleItem();
    }

    [Fact]
    public void Only_the_place_that_was_asked_answers_about_that_day_and_the_past()
    {
        var (story, stranger) = (Asked(), Jo with { Org = "900003" });

        Answer(story, "seen", "Tue 8 Sep 2026 09:40", by: stranger).LastRefusal!.Code.ShouldBe("unknown-question");
        Answer(story, "seen", "Tue 8 Sep 2026 09:40", "Tue 8 Sep 2026 09:45").LastRefusal!.Code.ShouldBe("at-in-future");
        Answer(story, "seen", "Tue 8 Sep 2026 09:40", "Mon 7 Sep 2026 09:45").LastRefusal!.Code.ShouldBe("seen-on-another-day");
        Answer(story, "perhaps", "Tue 8 Sep 2026 09:40").LastRefusal!.Code.ShouldBe("outcome-not-allowed");
        story.Episode.Begun!.Known.Acts.ShouldBeEmpty();
    }

    [Fact]
    public void Once_the_case_is_over_nobody_is_asked_and_nobody_is_told_why()
    {
        var over = Asked().Did("close", "explained-absence", At("Tue 8 Sep 2026 09:50"));

        Answer(over, "seen", "Tue 8 Sep 2026 09:55").LastRefusal!.ShouldSatisfyAllConditions(
            why => why.Code.ShouldBe("no-longer-asked"), why => why.Message.ShouldNotContain("explained"));
        over.Do(new AskPlaces([new(Riverside, On("Wed 9 Sep 2026"), At("Wed 9 Sep 2026 10:25"))], At("Wed 9 Sep 2026 09:25"))).LastRefusal.ShouldBeNull();
        over.Episode.Begun!.Known.Questions.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_place_has_an_hour_of_the_time_that_it_expects_the_pupil()
    {
        var (autumn, tuesday) = (Autumn2026.Calendar, On("Tue 8 Sep 2026"));

        SeenToday.AnswerBy(autumn, tuesday, At("Tue 8 Sep 2026 09:25")).ShouldBe(At("Tue 8 Sep 2026 10:25"));
        SeenToday.AnswerBy(autumn, tuesday, At("Tue 8 Sep 2026 07:00")).ShouldBe(autumn.SessionStarts(Am("Tue 8 Sep 2026")).AddHours(1));
        SeenToday.AnswerBy(autumn, tuesday, At("Tue 8 Sep 2026 18:00")).ShouldBe(autumn.SessionStarts(Am("Wed 9 Sep 2026")).AddHours(1), "nobody is there before");
        SeenToday.AnswerBy(null, tuesday, At("Tue 8 Sep 2026 18:00")).ShouldBe(At("Tue 8 Sep 2026 19:00"), "it has published no hours");
    }

    [Fact]
    public void A_place_that_does_not_expect_the_pupil_that_day_is_not_asked()
    {
        SeenToday.AnswerBy(Autumn2026.Calendar, On("Sat 12 Sep 2026"), At("Sat 12 Sep 2026 09:25")).ShouldBeNull();
        var part = Autumn2026.Document with { Timetables = [new("mondays", [new("monday", ["AM", "PM"])])] };
        var own = SchoolCalendar.Parse("Riverside", 1, part, BankHolidays.England).Calendar!.For("7", "mondays");

        SeenToday.AnswerBy(own, On("Tue 8 Sep 2026"), At("Tue 8 Sep 2026 09:25")).ShouldBeNull();
        SeenToday.AnswerBy(own, On("Mon 7 Sep 2026"), At("Mon 7 Sep 2026 09:25")).ShouldBe(At("Mon 7 Sep 2026 10:25"));
    }
}
