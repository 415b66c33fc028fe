using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Episodes;

/// <summary>Whose case an absence is (API small print, "Closing" and "Corrections").</summary>
public sealed class WhoseEpisodeTests
{
    private static readonly SessionOf TueAm = Am("Tue 8 Sep 2026"), TuePm = Pm("Tue 8 Sep 2026"), WedAm = Am("Wed 9 Sep 2026");

    [Fact]
    public void The_first_absence_begins_an_episode() =>
        EpisodeIndex.Decide([TueAm], 1, EpisodeStanding.None, null).ShouldBe(new Whose.ANewOne(0, Linked: false));

    [Fact]
    public void An_open_episode_takes_whatever_the_registers_say() =>
        EpisodeIndex.Decide([TueAm, TuePm], 2, Open(TueAm, TueAm), null).ShouldBe(new Whose.TheLatest(0));

    [Fact]
    public void An_explanation_of_nothing_open_is_nobodys() =>
        EpisodeIndex.Decide([], 2, ClosedByPerson(TueAm, TueAm), null).ShouldBeOfType<Whose.Nobodys>();

    [Fact]
    public void A_signal_delivered_again_is_nobodys() =>
        EpisodeIndex.Decide([TueAm], 1, Open(TueAm, TueAm), null).ShouldBeOfType<Whose.Nobodys>();

    [Fact]
    public void A_correction_reopens_the_episode_that_a_code_closed() =>
        EpisodeIndex.Decide([TueAm], 3, ClosedByCode(TueAm, TueAm), null).ShouldBe(new Whose.TheLatest(0));

    [Fact]
    public void A_later_absence_does_not_reopen_it_but_begins_another() =>
        EpisodeIndex.Decide([WedAm], 3, ClosedByCode(TueAm, TuePm), null).ShouldBe(new Whose.ANewOne(0, Linked: false));

    [Fact]
    public void N_at_a_later_session_after_the_parent_said_safe_is_a_new_episode_linked_to_the_first() =>
        EpisodeIndex.Decide([TueAm, TuePm], 3, ClosedByPerson(TueAm, TueAm), null).ShouldBe(new Whose.ANewOne(1, Linked: true));

    [Fact]
    public void The_same_session_again_after_the_parent_said_safe_is_nobodys() =>
        EpisodeIndex.Decide([TueAm], 3, ClosedByPerson(TueAm, TueAm), null).ShouldBeOfType<Whose.Nobodys>();

    [Fact]
    public void A_linked_episode_goes_on_counting_from_its_own_first_session() =>
        EpisodeIndex.Decide([TueAm, TuePm, WedAm], 4, Open(TuePm, TuePm), covered: TueAm).ShouldBe(new Whose.TheLatest(1));

    [Fact]
    public void Nobody_missing_and_nothing_ever_open_is_nobodys() =>
        EpisodeIndex.Decide([], 1, EpisodeStanding.None, null).ShouldBeOfType<Whose.Nobodys>();

    [Fact]
    public void An_open_episode_hears_that_nothing_of_its_run_is_left() =>
        EpisodeIndex.Decide([], 2, Open(TueAm, TueAm), null).ShouldBe(new Whose.TheLatest(-1));

    [Fact]
    public void A_disappearance_after_a_day_at_school_is_not_linked_to_what_a_person_closed() =>
        EpisodeIndex.Decide([WedAm], 3, ClosedByPerson(TueAm, TuePm), null).ShouldBe(new Whose.ANewOne(0, Linked: false));

    private static EpisodeStanding Open(SessionOf first, SessionOf through) => new(EpisodeStatus.Open, false, first, through, 1);

    private static EpisodeStanding ClosedByCode(SessionOf first, SessionOf through) => new(EpisodeStatus.Closed, true, first, through, 2);

    private static EpisodeStanding ClosedByPerson(SessionOf first, SessionOf through) => new(EpisodeStatus.Closed, false, first, through, 2);
}
