using System.Collections.Immutable;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Domain.Registers.Removals;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Registers.Removals;

// FACTS B4, NOR-16, DOR-28: the gate opens only when everything is shown. Each condition is taken away in turn.
public class RemovalGateTests
{
    private static readonly RemovalAct Statement = new("removal-statement", null, false, "Ruth Hale", On("Mon 5 Oct 2026")) { Role = "head", HasWords = true };
    private static readonly RemovalAct SchoolSigns = new("joint-log", "signed", false, "Ruth Hale", On("Mon 5 Oct 2026")) { Role = "dsl", KnownAt = At("Mon 5 Oct 2026 10:00") };
    private static readonly RemovalAct AuthoritySigns = new("joint-log", "signed", true, "Noor Amin", On("Mon 5 Oct 2026")) { Role = "cme-lead", KnownAt = At("Mon 5 Oct 2026 11:00") };
    private static readonly RemovalAct Visit = new("visit", "no-access", false, "Priya Patel", On("Mon 14 Sep 2026"));
    private static readonly RemovalAct Check = new("check", null, true, "Noor Amin", On("Mon 28 Sep 2026"));
    private static readonly RemovalAct Remove = new("roll-decision", "remove", true, "Noor Amin", On("Mon 5 Oct 2026"));

    private static readonly RemovalFacts GroundI = new()
    {
        Counts = AttendanceCounts.None with { GroundI = 20 }, Acts = [Visit, Check, Statement, SchoolSigns, AuthoritySigns, Remove], IsEpisodeOpen = true,
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
    public void B4_Somebody_who_may_signs_in_words_that_it_is_not_sickness(string ground)
    {
        Open(ground, Without(ground, Statement)).ShouldBe(["belief-statement"]);
        Open(ground, Without(ground, Statement) with { Evidence = ImmutableDictionary<string, string>.Empty.Add("belief-statement", "Ruth Hale, head") })
            .ShouldBe(["belief-statement"], "what is sent along is signed by nobody");
        Open(ground, Instead(ground, Statement, Statement with { HasWords = false })).ShouldBe(["belief-statement"]);
        Open(ground, Instead(ground, Statement, Statement with { Role = "attendance-officer" })).ShouldBe(["belief-statement"]);
        Open(ground, Instead(ground, Statement, Statement with { ByAuthority = true })).ShouldBe(["belief-statement"], "the school's belief is the school's to state");
        Open(ground, Instead(ground, Statement, Statement with { InOwnName = false })).ShouldBe(["belief-statement"]);
    }

    [Theory]
    [InlineData("h")]
    [InlineData("i")]
    public void B4_School_and_authority_both_made_enquiries_and_no_evidence_takes_their_place(string ground)
    {
        var told = ImmutableDictionary<string, string>.Empty.Add("school-enquiries", "yes").Add("authority-enquiries", "yes").Add("authority-decision", "remove")
            .Add("school-signature", "yes").Add("authority-signature", "yes");
        Open(ground, Without(ground, Visit) with { Evidence = told }).ShouldBe(["school-enquiries"]);
        Open(ground, Without(ground, Check) with { Evidence = told }).ShouldBe(["authority-enquiries"]);
        Open(ground, Without(ground, SchoolSigns) with { Evidence = told }).ShouldBe(["school-signature"]);
        Open(ground, Without(ground, AuthoritySigns) with { Evidence = told }).ShouldBe(["authority-signature"]);
        Open(ground, Without(ground, Remove) with { Evidence = told }).ShouldBe(["authority-decision"]);
    }

    [Theory]
    [InlineData("school-signature", "attendance-officer")]
    [InlineData("school-signature", "cme-lead")]
    [InlineData("authority-signature", "duty-desk")]
    public void B4_Each_side_signs_the_log_by_somebody_who_may(string condition, string role)
    {
        var signature = condition == "school-signature" ? SchoolSigns : AuthoritySigns;
        Open("i", Instead("i", signature, signature with { Role = role })).ShouldBe([condition]);
        Open("i", Instead("i", signature, signature with { InOwnName = false })).ShouldBe([condition], "nobody signs for the other side");
        Open("i", Instead("i", signature, signature with { ByAuthority = !signature.ByAuthority })).ShouldContain(condition);
    }

    [Fact]
    public void B4_An_enquiry_taken_back_after_the_signature_asks_for_another()
    {
        Open("i", GroundI with { EnquiryTakenBackAt = At("Mon 5 Oct 2026 10:30") }).ShouldBe(["school-signature"]);
        Open("i", GroundI with { EnquiryTakenBackAt = At("Mon 5 Oct 2026 09:30") }).ShouldBeEmpty();
    }

    [Fact]
    public void B4_Whoever_signs_again_after_an_enquiry_was_taken_back_has_signed()
    {
        var again = SchoolSigns with { KnownAt = At("Mon 5 Oct 2026 10:45") };

        Open("i", GroundI with { EnquiryTakenBackAt = At("Mon 5 Oct 2026 10:30"), Acts = GroundI.Acts.Add(again) }).ShouldBeEmpty();
    }

    [Fact]
    public void B4_The_last_statement_is_the_one_that_counts()
    {
        var byNobodyWhoMay = Statement with { Role = "attendance-officer" };

        Open("i", GroundI with { Acts = [byNobodyWhoMay, .. GroundI.Acts] }).ShouldBeEmpty();
        Open("i", GroundI with { Acts = [.. GroundI.Acts, byNobodyWhoMay] }).ShouldBe(["belief-statement"]);
    }

    [Fact]
    public void B4_A_mark_that_may_mean_that_the_child_was_seen_is_confirmed_first() =>
        Open("i", GroundI with { SomebodyIsToConfirm = true }).ShouldBe(["nothing-to-confirm"]);

    [Fact]
    public void B4_No_name_is_deleted_in_retrospect()
    {
        string[] Unmet(string letter, string leftOn) =>
            [.. RemovalGate.Unmet(RemovalGround.Find(letter)!, letter == "a" ? GroundI with { IsEpisodeOpen = false } : GroundI, On(leftOn)).Select(one => one.Condition)];

        Unmet("i", "Fri 2 Oct 2026").ShouldBe(["not-in-retrospect"], "the authority decided on 5 October");
        Unmet("i", "Mon 5 Oct 2026").ShouldBeEmpty();
        Unmet("a", "Fri 2 Oct 2026").ShouldNotContain("not-in-retrospect");
    }

    [Theory]
    [InlineData("h")]
    [InlineData("i")]
    public void NOR16_The_authority_decides_and_its_last_word_counts(string ground)
    {
        Open(ground, Instead(ground, Remove, Remove with { ByAuthority = false })).ShouldBe(["authority-decision"]);
        Open(ground, FactsOf(ground) with { Acts = FactsOf(ground).Acts.Add(Remove with { Outcome = "keep" }) }).ShouldBe(["authority-decision"]);
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

    [Fact]
    public void DOR28_A_child_located_in_alternative_provision_need_not_wait_the_four_weeks_and_no_other_enquiry_will_do()
    {
        var early = GroundI with { HoldsFourWeeks = true, Today = On("Fri 18 Sep 2026"), SchoolDaysMissing = 9 };
        var located = new RemovalAct("enquiry", "located", ByAuthority: true, "Yusuf Adeyemi", On("Thu 17 Sep 2026")) { Whom = "alternative-provider" };

        FourWeeks(early with { Acts = early.Acts.Add(located) })
            .ShouldBe((true, "Yusuf Adeyemi located the child in alternative provision on 17 September 2026: the four weeks need not pass."));
        FourWeeks(early with { Acts = early.Acts.Add(located with { Outcome = "information" }) }).Met.ShouldBeFalse("it was asked, and has not found the child");
        FourWeeks(early with { Acts = early.Acts.Add(located with { Whom = "known-relatives" }) }).Met.ShouldBeFalse("found, and not in provision");

        static (bool Met, string Evidence) FourWeeks(RemovalFacts facts) =>
            RemovalGate.Conditions(RemovalGround.Find("i")!, facts).Single(one => one.Condition == "four-weeks") is var one ? (one.Met, one.Evidence) : default;
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
            "20 school days of 20.", "Every session is coded.", "Stated and signed by Ruth Hale, the head teacher, on 5 October 2026.",
            "1 recorded, the last on 14 September 2026 by Priya Patel.", "1 recorded, the last on 28 September 2026 by Noor Amin.",
            "Signed by Ruth Hale, the designated safeguarding lead, on 5 October 2026.", "Signed by Noor Amin, the CME lead, on 5 October 2026.",
            "Noor Amin decided on 5 October 2026: remove.", "None does.",
        ]);
        Evidence("i", GroundI with
        {
            Counts = AttendanceCounts.None with { GroundI = 1 }, UncodedDays = 1, Acts = [], SomebodyIsToConfirm = true,
            Sessions = [new(Am("Mon 7 Sep 2026"), "L", CodeVerdict.Breaks), new(Pm("Mon 7 Sep 2026"), "", CodeVerdict.Missing)],
        }).ShouldBe(
        [
            "1 school day of 20.", "1 school day with a session that has no register or no code: Monday 7 September, afternoon.", "No statement is recorded.",
            "None is recorded.", "None is recorded.", "Nobody has signed.", "Nobody has signed.", "The authority has not decided.",
            "A mark has come that somebody is to confirm. Confirm it, or have the register put right.",
        ]);
        Evidence("h", GroundH with { HoldsFourWeeks = true, FirstDayMissing = null, Acts = [Visit, Visit with { By = "Ruth Hale" }, SchoolSigns with { Role = "attendance-officer" }],
            Evidence = ImmutableDictionary<string, string>.Empty.Add("belief-statement", "By letter") }).ShouldBe(
        [
            "Leave from 14 September 2026, expected back on 21 September 2026.", "10 school days of 10.",
            "Told, and signed by nobody: “By letter”. Record it as the statement of the head or the DSL.",
            "2 recorded, the last on 14 September 2026 by Ruth Hale.", "None is recorded.",
            "Ruth Hale signed on 5 October 2026, and may not: the head teacher, the designated safeguarding lead or the deputy designated safeguarding lead signs.",
            "Nobody has signed.", "The authority has not decided.", "None does.", "No episode is recorded.",
        ]);
        Evidence("i", Instead("i", Statement, Statement with { HasWords = false })).ShouldContain("Ruth Hale signed on 5 October 2026 without saying what the school believes.");
        Evidence("i", Instead("i", SchoolSigns, SchoolSigns with { InOwnName = false }))
            .ShouldContain("Ruth Hale is named on 5 October 2026 by the other side, which signs for nobody here.");
        Evidence("i", GroundI with { EnquiryTakenBackAt = At("Mon 5 Oct 2026 12:30") })
            .ShouldContain("Noor Amin, the CME lead, signed on 5 October 2026, and an enquiry was taken back since. Sign again.");
        Evidence("h", GroundH with { Leave = null }).First().ShouldBe("No leave is recorded.");
        Evidence("k", GroundI).ShouldBe(["Give evidence of kind 'confirmation'.", "An episode is open. Close it with its reason first."]);
        Evidence("k", GroundI with { IsEpisodeOpen = false, Evidence = ImmutableDictionary<string, string>.Empty.Add("confirmation", "The registrar's note") })
            .ShouldBe(["The registrar's note", "None is open."]);
    }

    private static IEnumerable<string> Evidence(string letter, RemovalFacts facts) =>
        RemovalGate.Conditions(RemovalGround.Find(letter)!, facts).Select(condition => condition.Evidence);

    private static RemovalFacts Without(string ground, RemovalAct act) => FactsOf(ground) with { Acts = FactsOf(ground).Acts.Remove(act) };

    private static RemovalFacts Instead(string ground, RemovalAct act, RemovalAct other) => FactsOf(ground) with { Acts = FactsOf(ground).Acts.Replace(act, other) };

    private static RemovalFacts FactsOf(string ground) => ground == "h" ? GroundH : GroundI;

    private static IEnumerable<string> Open(string letter, RemovalFacts facts) =>
        RemovalGate.Conditions(RemovalGround.Find(letter)!, facts).Where(condition => !condition.Met).Select(condition => condition.Condition);
}
