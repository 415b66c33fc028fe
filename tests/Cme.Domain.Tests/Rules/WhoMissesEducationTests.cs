using System.Collections.Immutable;
using Cme.Domain.Children;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;
using Cme.Domain.Tests.Registers.Counts;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Domain.Tests.Rules;

/// <summary>DOR-01, DOR-02, CHE-01, MID-01, SUF-04 and SUF-05: who misses education, who does not, and who may come to.</summary>
public sealed class WhoMissesEducationTests
{
    private static readonly PlaceOfEducation Willowbrook = new("Willowbrook Academy", IsProvider: false);
    private static readonly PlaceOfEducation Workshop = new("The Workshop", IsProvider: true);

    /// <summary>Twelve years old, on no roll, and nothing else is known.</summary>
    private static EducationFacts Child => new() { DateOfBirth = On("Sun 2 Mar 2014"), Today = On("Tue 8 Sep 2026") };

    [Theory]
    [InlineData("pan-dorset", "DOR-01")]
    [InlineData("midlands-school", "MID-01")]
    [InlineData("cheshire-east", "CHE-01")]
    [InlineData("suffolk-alternative-provider", "SUF-04")]
    [InlineData("northamptonshire", "B2")]
    public void B2_On_no_roll_and_educated_nowhere_is_missing_education_by_every_procedure_and_by_its_own_clause(string pack, string clause) =>
        Judged(Child, pack).ShouldBe((MissingEducation.Missing, clause));

    [Fact]
    public void DOR01_A_child_on_a_school_s_roll_is_not_missing_education_and_off_it_is()
    {
        Judged(Child with { Places = [Willowbrook] }, "pan-dorset").ShouldBe((MissingEducation.NotMissing, "DOR-01"));
        Judged(Child, "pan-dorset").ShouldBe((MissingEducation.Missing, "DOR-01"));
    }

    [Theory]
    [InlineData(HomeEducation.Suitable, MissingEducation.NotMissing)]
    [InlineData(HomeEducation.NotAssessed, MissingEducation.NotMissing)]
    [InlineData(HomeEducation.NoInformation, MissingEducation.NotKnown)]
    [InlineData(HomeEducation.NotSuitable, MissingEducation.Missing)]
    public void DOR01_Education_otherwise_than_at_school_counts_as_long_as_nobody_has_found_it_unsuitable(HomeEducation found, string answer) =>
        Judged(Child with { AtHome = found }, "pan-dorset").ShouldBe((answer, "DOR-01"));

    [Fact]
    public void DOR01_Where_the_last_school_says_the_child_went_is_no_proof_and_no_alarm_until_the_council_opens_its_record()
    {
        Judged(Child with { SaidToBeAt = "a school in Leeds" }, "pan-dorset").Answer.ShouldBe(MissingEducation.NotKnown);
        Judged(Child with { SaidToBeAt = "a school in Leeds", RecordOpen = true }, "pan-dorset").Answer.ShouldBe(MissingEducation.Missing);
    }

    [Fact]
    public void DOR02_Ten_school_days_missed_without_permission_are_at_risk_and_not_yet_missing_education()
    {
        AtSchool(Absent(Week.Times(9, "N N"))).ShouldBe((MissingEducation.AtRisk, "DOR-02"), "regularly absent before it is ten days");
        MissingEducation.Of(Child with { Places = [Willowbrook], Missed = Absent(Week.Times(10, "N N")) }, By("pan-dorset"))
            .ShouldBe(new(MissingEducation.AtRisk, "On the roll of Willowbrook Academy, and has missed 10 school days without permission this school year.", "DOR-02"));
    }

    [Fact]
    public void DOR02_They_count_in_a_row_or_one_by_one()
    {
        Absent(Week.Times(11, "N N").Concat(["/ \\"])).Days.ShouldBe(11, "the pupil is back, and missed them all the same");
        Absent(Enumerable.Repeat(new[] { "O O", "/ \\", "/ \\", "/ \\", "/ \\", "/ \\" }, 10).SelectMany(week => week)).ShouldBe(new UnpermittedAbsence(10, 16));
    }

    [Theory]
    [InlineData("I I")]
    [InlineData("C C")]
    [InlineData("M M")]
    [InlineData("# #")]
    [InlineData("/ \\")]
    public void DOR02_What_was_permitted_or_attended_does_not_count(string day) =>
        Absent(Week.Times(15, day)).ShouldBe(new UnpermittedAbsence(0, 0));

    [Fact]
    public void DOR02_Leave_that_was_granted_does_not_count_whatever_the_register_says()
    {
        var leave = new LeaveOfAbsence("leave-1", On("Mon 7 Sep 2026"), On("Mon 21 Sep 2026"));

        Absent(Week.Times(10, "N N"), leave).ShouldBe(new UnpermittedAbsence(0, 0));
        Absent(Week.Times(12, "N N"), leave).ShouldBe(new UnpermittedAbsence(2, 4));
    }

    [Fact]
    public void DOR02_Regular_absence_is_ten_sessions_without_permission_in_ten_school_weeks()
    {
        AtSchool(Absent(Week.Times(9, "/ U"))).ShouldBe((MissingEducation.NotMissing, "DOR-01"));
        AtSchool(Absent(Week.Times(10, "/ U"))).ShouldBe((MissingEducation.AtRisk, "DOR-02"));
        Absent(Week.Times(10, "/ U").Concat(Week.Times(45, "/ \\"))).IsRegular.ShouldBeFalse("it lies more than ten school weeks back");
    }

    [Fact]
    public void DOR02_What_stands_in_a_row_counts_across_the_new_school_year_and_what_is_over_does_not()
    {
        var days = Counted(Week.Times(10, "N N"));

        UnpermittedAbsence.Of(days, [], On("Thu 17 Sep 2026"), irregular: 0).Days.ShouldBe(2);
        UnpermittedAbsence.Of(days, [], On("Thu 17 Sep 2026"), irregular: 10).Days.ShouldBe(10);
    }

    [Fact]
    public void MID01_The_same_two_parts_by_the_school_s_own_procedure()
    {
        Judged(Child, "midlands-school").ShouldBe((MissingEducation.Missing, "MID-01"));
        Judged(Child with { Places = [Willowbrook], Missed = new(10, 20) }, "midlands-school").ShouldBe((MissingEducation.AtRisk, "MID-01"));
        Judged(Child with { Places = [Willowbrook] }, "midlands-school").ShouldBe((MissingEducation.NotMissing, "MID-01"));
    }

    [Fact]
    public void CHE01_All_three_together_of_5_to_16_on_no_roll_and_educated_nowhere()
    {
        Judged(Child, "cheshire-east").ShouldBe((MissingEducation.Missing, "CHE-01"));
        Judged(Child with { Places = [Willowbrook], WhereaboutsUnknown = true }, "cheshire-east").Answer.ShouldBe(MissingEducation.NotMissing);
        Judged(Child with { Places = [Workshop] }, "cheshire-east").Answer.ShouldBe(MissingEducation.NotMissing);
        Judged(Child with { AtHome = HomeEducation.Suitable }, "cheshire-east").Answer.ShouldBe(MissingEducation.NotMissing);
    }

    [Theory]
    [InlineData("Mon 7 Sep 2026", "not-of-age", "not-of-age")]          // The day before the fifth birthday.
    [InlineData("Tue 8 Sep 2026", "missing-education", "not-of-age")]   // Five, and not yet of compulsory school age.
    [InlineData("Thu 31 Dec 2026", "missing-education", "missing-education")]
    [InlineData("Fri 25 Jun 2038", "missing-education", "missing-education")]
    [InlineData("Sat 26 Jun 2038", "missing-education", "not-of-age")]  // Sixteen, and has left.
    [InlineData("Tue 7 Sep 2038", "missing-education", "not-of-age")]
    [InlineData("Wed 8 Sep 2038", "not-of-age", "not-of-age")]          // Seventeen.
    public void CHE01_Cheshire_East_counts_birthdays_and_the_others_compulsory_school_age(string today, string cheshire, string dorset)
    {
        var child = Child with { DateOfBirth = On("Wed 8 Sep 2021"), Today = On(today) };

        (Judged(child, "cheshire-east").Answer, Judged(child, "pan-dorset").Answer).ShouldBe((cheshire, dorset));
    }

    [Theory]
    [InlineData("Wed 31 Mar 2021", "Tue 31 Mar 2026")]
    [InlineData("Thu 1 Apr 2021", "Mon 31 Aug 2026")]
    [InlineData("Tue 31 Aug 2021", "Mon 31 Aug 2026")]
    [InlineData("Wed 1 Sep 2021", "Thu 31 Dec 2026")]
    [InlineData("Fri 31 Dec 2021", "Thu 31 Dec 2026")]
    [InlineData("Sat 1 Jan 2022", "Wed 31 Mar 2027")]
    [InlineData("Sat 29 Feb 2020", "Mon 31 Mar 2025")]
    public void B2_Compulsory_school_age_begins_on_the_prescribed_day_on_or_next_after_the_fifth_birthday(string born, string begins) =>
        CompulsoryAge.Of(On(born)).Begins.ShouldBe(On(begins));

    [Theory]
    [InlineData("Wed 1 Sep 2010", "Fri 25 Jun 2027")]
    [InlineData("Tue 31 Aug 2010", "Fri 26 Jun 2026")]     // Turns 16 after the leaving date and has left all the same.
    [InlineData("Sun 2 Mar 2014", "Fri 28 Jun 2030")]
    public void B2_It_ends_on_the_last_Friday_in_June_of_the_school_year_of_the_sixteenth_birthday(string born, string ends)
    {
        CompulsoryAge.Of(On(born)).Ends.ShouldBe(On(ends));
        CompulsoryAge.Of(On(born)).Covers(On(ends)).ShouldBeTrue();
        CompulsoryAge.Of(On(born)).Covers(On(ends).AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    public void SUF04_A_child_of_the_age_whose_whereabouts_are_not_known_counts_on_a_roll_too()
    {
        var missing = Child with { Places = [Willowbrook], WhereaboutsUnknown = true };

        Judged(missing, "suffolk-alternative-provider").ShouldBe((MissingEducation.Missing, "SUF-04"));
        Judged(missing, "pan-dorset").Answer.ShouldBe(MissingEducation.NotMissing, "in Dorset that is a child missing from school");
        Judged(missing with { DateOfBirth = On("Sun 2 Mar 2008") }, "suffolk-alternative-provider").Answer.ShouldBe(MissingEducation.NotOfAge);
    }

    [Fact]
    public void SUF04_So_does_one_on_no_roll_without_other_arrangements_and_one_whose_education_is_not_suitable()
    {
        Judged(Child, "suffolk-alternative-provider").ShouldBe((MissingEducation.Missing, "SUF-04"));
        Judged(Child with { AtHome = HomeEducation.NotSuitable }, "suffolk-alternative-provider").ShouldBe((MissingEducation.Missing, "SUF-04"));
        Judged(Child with { Places = [Workshop], RecordOpen = true }, "suffolk-alternative-provider").ShouldBe((MissingEducation.Missing, "SUF-04"));
    }

    [Fact]
    public void SUF05_Not_missing_are_those_educated_at_home_to_standard_and_those_in_alternative_or_specialist_provision()
    {
        Judged(Child with { AtHome = HomeEducation.Suitable }, "suffolk-alternative-provider").ShouldBe((MissingEducation.NotMissing, "SUF-05"));
        Judged(Child with { Places = [Workshop] }, "suffolk-alternative-provider").ShouldBe((MissingEducation.NotMissing, "SUF-05"));
        Judged(Child with { Places = [new("Hillside Special School", IsProvider: false)] }, "suffolk-alternative-provider").ShouldBe((MissingEducation.NotMissing, "SUF-05"));
    }

    [Fact]
    public void SUF05_Who_is_on_a_roll_and_does_not_attend_regularly_is_not_missing_and_goes_the_attendance_route() =>
        Judged(Child with { Places = [Workshop, Willowbrook], Missed = new(12, 24) }, "suffolk-alternative-provider").ShouldBe((MissingEducation.AtRisk, "SUF-06"));

    private static EducationDefinition By(string pack) => PackCatalogue.Shipped[pack].Definition ?? EducationDefinition.National;

    private static (string Answer, string Clause) Judged(EducationFacts known, string pack) =>
        MissingEducation.Of(known, By(pack)) is var standing ? (standing.Answer, standing.Clause) : default;

    private static (string Answer, string Clause) AtSchool(UnpermittedAbsence missed) => Judged(Child with { Places = [Willowbrook], Missed = missed }, "pan-dorset");

    private static ImmutableArray<CountedDay> Counted(IEnumerable<string> days, params LeaveOfAbsence[] leaves) =>
        Week.Marks("Mon 7 Sep 2026", days) is var marks ? Counting.Days(marks, Week.Calendar, leaves, marks[0].Session.Date, marks[^1].Session.Date) : [];

    private static UnpermittedAbsence Absent(IEnumerable<string> days, params LeaveOfAbsence[] leaves)
    {
        string[] all = [.. days];
        return UnpermittedAbsence.Of(Counted(all, leaves), leaves, On("Sat 1 Aug 2026"), Week.CountsOf(Week.Marks("Mon 7 Sep 2026", all), leaves).IrregularDays);
    }
}
