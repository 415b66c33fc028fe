using System.Collections.Immutable;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Domain.Registers.Removals;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Removals;

// FACTS B4, NOR-16, DOR-28: the gate opens only when everything is shown. Each condition is taken away in turn.
public class RemovalGateTests
{
    private static readonly RemovalAct Statement = new("removal-statement", null, false, "Ruth Hale", On("Mon 5 Oct 2026"));
    private static readonly RemovalAct Visit = new("visit", "no-access", false, "Priya Patel", On("Mon 14 Sep 2026"));
    private static readonly RemovalAct Check = new("check", null, true, "Noor Amin", On("Mon 28 Sep 2026"));
    private static readonly RemovalAct Remove = new("roll-decision", "remove", true, "Noor Amin", On("Mon 5 Oct 2026"));

    private static readonly RemovalFacts GroundI = new()
    {
        Counts = AttendanceCounts.None with { GroundI = 20 }, Acts = [Visit, Check, Statement, Remove], IsEpisodeOpen = true,
        FirstDayMissing = On("Mon 7 Sep 2026"), SchoolDaysMissing = 21, DateOfBirth = On("Sun 2 Mar 2014"), Today = On("Tue 6 Oct 2026"),
    };

    private static readonly RemovalFacts GroundH = GroundI with
    {
        Counts = AttendanceCounts.None with { GroundH = 10 },
        Leave = new LeaveOfAbsence("leave-1", On("Mon 14 Sep 2026"), On("Mon 21 Sep 2026")),
    };

    [Fact]
    public void B4_The_gate_of_ground_i_is_open_when_everything_is_shown() => Open("i", GroundI).ShouldBeEmpty();

    [Fact]
    public void B4_The_gate_of_ground_h_is_open_when_everything_is_shown() => Open("h", GroundH).ShouldBeEmpty();

    [Fact]
    public void B4_Ground_i_asks_for_20_school_days_each_session_of_them_coded()
    {
        Open("i", GroundI with { Counts = AttendanceCounts.None with { GroundI = 19, IrregularDays = 30, WhereaboutsDays = 30 } }).ShouldBe(["twenty-school-days"]);
        Open("i", GroundI with { UncodedDays = 1 }).ShouldBe(["code-audit"]);
    }

    [Fact]
    public void B4_Ground_h_asks_for_leave_and_10_school_days_after_the_expected_return()
    {
        Open("h", GroundH with { Counts = AttendanceCounts.None with { GroundH = 9, GroundI = 30 } }).ShouldBe(["ten-school-days"]);
        Open("h", GroundH with { Leave = null }).ShouldBe(["leave-granted"]);
        Open("h", GroundH with { Today = On("Fri 18 Sep 2026") }).ShouldContain("leave-granted");
        Open("h", GroundH with { Today = On("Mon 21 Sep 2026") }).ShouldNotContain("leave-granted", "on that day the pupil is expected");
    }

    [Theory]
    [InlineData("h")]
    [InlineData("i")]
    public void B4_Somebody_answers_for_the_belief_that_it_is_not_sickness(string ground)
    {
        var without = FactsOf(ground) with { Acts = [Visit, Check, Remove] };
        Open(ground, without).ShouldBe(["belief-statement"]);
        Open(ground, without with { Evidence = ImmutableDictionary<string, string>.Empty.Add("belief-statement", "Ruth Hale, head") }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("h")]
    [InlineData("i")]
    public void B4_School_and_authority_both_made_enquiries_and_no_evidence_takes_their_place(string ground)
    {
        var told = ImmutableDictionary<string, string>.Empty.Add("school-enquiries", "yes").Add("authority-enquiries", "yes").Add("authority-decision", "remove");
        Open(ground, FactsOf(ground) with { Acts = [Check, Statement, Remove], Evidence = told }).ShouldBe(["school-enquiries"]);
        Open(ground, FactsOf(ground) with { Acts = [Visit, Statement, Remove], Evidence = told }).ShouldBe(["authority-enquiries"]);
        Open(ground, FactsOf(ground) with { Acts = [Visit, Check, Statement], Evidence = told }).ShouldBe(["authority-decision"]);
    }

    [Theory]
    [InlineData("h")]
    [InlineData("i")]
    public void NOR16_The_authority_decides_and_its_last_word_counts(string ground)
    {
        Open(ground, FactsOf(ground) with { Acts = [Visit, Check, Statement, Remove with { ByAuthority = false }] }).ShouldBe(["authority-decision"]);
        Open(ground, FactsOf(ground) with { Acts = [Visit, Check, Statement, Remove, Remove with { Outcome = "keep" }] }).ShouldBe(["authority-decision"]);
        RemovalGate.Conditions(RemovalGround.Find(ground)!, FactsOf(ground)).Single(one => one.Condition == "authority-decision").Clause.ShouldBe("NOR-16");
    }

    [Theory]
    [InlineData("Sun 4 Oct 2026", 21, false)]
    [InlineData("Mon 5 Oct 2026", 20, false)]
    [InlineData("Mon 5 Oct 2026", 21, true)]
    public void DOR28_Four_weeks_and_20_school_days_have_passed_where_the_procedure_asks_for_them(string today, int schoolDays, bool met)
    {
        var facts = GroundI with { HoldsFourWeeks = true, Today = On(today), SchoolDaysMissing = schoolDays };

        var condition = RemovalGate.Conditions(RemovalGround.Find("i")!, facts).Single(one => one.Clause == "DOR-28");
        condition.Met.ShouldBe(met);
        condition.Evidence.ShouldContain("5 October 2026");
        RemovalGate.Conditions(RemovalGround.Find("i")!, facts with { HoldsFourWeeks = false }).ShouldNotContain(one => one.Clause == "DOR-28");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    [InlineData("e")]
    [InlineData("f")]
    [InlineData("g")]
    [InlineData("j")]
    [InlineData("k")]
    [InlineData("m")]
    [InlineData("n")]
    [InlineData("o")]
    public void Another_ground_asks_for_its_own_evidence_and_for_no_open_search(string letter)
    {
        var ground = RemovalGround.Find(letter)!;
        var nothing = GroundI with { IsEpisodeOpen = false };
        Open(letter, nothing).ShouldBe(ground.Asks.Select(asked => asked.Id));
        Open(letter, nothing).ShouldNotBeEmpty("twenty days of absence are no reason for another ground");

        var shown = nothing with { Evidence = ground.Asks.ToImmutableDictionary(asked => asked.Id, _ => "held") };
        Open(letter, shown).ShouldBeEmpty();
        Open(letter, shown with { IsEpisodeOpen = true }).ShouldBe(["no-open-episode"]);
    }

    [Theory]
    [InlineData("Tue 31 Aug 2010", "Fri 26 Jun 2026", false)]
    [InlineData("Tue 31 Aug 2010", "Sat 27 Jun 2026", true)]
    [InlineData("Wed 1 Sep 2010", "Sat 27 Jun 2026", false)]
    [InlineData("Wed 1 Sep 2010", "Sat 26 Jun 2027", true)]
    public void B2_Compulsory_school_age_ends_on_the_last_Friday_of_June_of_the_year_in_which_the_child_turns_16(string born, string today, bool over)
    {
        var facts = GroundI with
        {
            IsEpisodeOpen = false, DateOfBirth = On(born), Today = On(today), Evidence = ImmutableDictionary<string, string>.Empty.Add("not-staying", "leaves"),
        };

        Open("l", facts).ShouldBe(over ? [] : ["over-age"]);
    }

    [Fact]
    public void There_are_fifteen_grounds() => string.Concat(RemovalGround.All.Select(ground => ground.Letter)).ShouldBe("abcdefghijklmno");

    [Fact]
    public void A_letter_that_is_no_ground_finds_none() => RemovalGround.Find("z").ShouldBeNull();

    // What a head reads beside each condition: what shows it, or what is lacking.
    [Fact]
    public void Each_condition_says_what_shows_it_or_what_is_lacking()
    {
        Evidence("i", GroundI).ShouldBe(
        [
            "20 school days of 20.", "Every session is coded.", "Stated by Ruth Hale on 5 October 2026.",
            "1 recorded, the last on 14 September 2026 by Priya Patel.", "1 recorded, the last on 28 September 2026 by Noor Amin.",
            "Noor Amin decided on 5 October 2026: remove.",
        ]);
        Evidence("i", GroundI with { Counts = AttendanceCounts.None with { GroundI = 1 }, UncodedDays = 1, Acts = [] }).ShouldBe(
        [
            "1 school day of 20.", "1 school day with a session that has no register or no code.", "No statement is recorded.",
            "None is recorded.", "None is recorded.", "The authority has not decided.",
        ]);
        Evidence("h", GroundH with { HoldsFourWeeks = true, FirstDayMissing = null, Acts = [Visit, Visit with { By = "Ruth Hale" }],
            Evidence = ImmutableDictionary<string, string>.Empty.Add("belief-statement", "By letter") }).ShouldBe(
        [
            "Leave from 14 September 2026, expected back on 21 September 2026.", "10 school days of 10.", "By letter",
            "2 recorded, the last on 14 September 2026 by Ruth Hale.", "None is recorded.", "The authority has not decided.", "No episode is recorded.",
        ]);
        Evidence("h", GroundH with { Leave = null }).First().ShouldBe("No leave is recorded.");
        Evidence("k", GroundI).ShouldBe(["Give evidence of kind 'confirmation'.", "An episode is open. Close it with its reason first."]);
        Evidence("k", GroundI with { IsEpisodeOpen = false, Evidence = ImmutableDictionary<string, string>.Empty.Add("confirmation", "The registrar's note") })
            .ShouldBe(["The registrar's note", "None is open."]);
    }

    private static IEnumerable<string> Evidence(string letter, RemovalFacts facts) =>
        RemovalGate.Conditions(RemovalGround.Find(letter)!, facts).Select(condition => condition.Evidence);

    private static RemovalFacts FactsOf(string ground) => ground == "h" ? GroundH : GroundI;

    private static IEnumerable<string> Open(string letter, RemovalFacts facts) =>
        RemovalGate.Conditions(RemovalGround.Find(letter)!, facts).Where(condition => !condition.Met).Select(condition => condition.Condition);
}
