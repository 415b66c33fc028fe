using System.Collections.Immutable;
using System.Globalization;

namespace Cme.Domain.Children;

/// <summary>
/// Who misses education, who does not, and who may come to: the answer of the procedure that applies, from what is known, with the reason
/// and the clause. It is worked out each time somebody asks and decides nothing by itself (ADR 0310).
/// </summary>
/// <remarks>Source: DOR-01, DOR-02, CHE-01, MID-01, SUF-04, SUF-05 and FACTS A7, "Definition" and "Age".</remarks>
public static class MissingEducation
{
    public const string Missing = "missing-education";
    public const string AtRisk = "at-risk";
    public const string NotMissing = "not-missing";
    public const string NotOfAge = "not-of-age";

    /// <summary>What would decide is not known: somebody has to find out.</summary>
    public const string NotKnown = "not-known";

    /// <summary>As published.</summary>
    public static readonly ImmutableArray<string> Answers = [Missing, AtRisk, NotMissing, NotKnown, NotOfAge];

    /// <summary>The answer as people read it.</summary>
    public static string Words(string answer) => answer switch
    {
        Missing => "Missing education",
        AtRisk => "At risk of missing education",
        NotMissing => "Not missing education",
        NotOfAge => "Not of the age",
        _ => "Not known",
    };

    public static EducationStanding Of(EducationFacts known, EducationDefinition by) => known switch
    {
        _ when !by.AgeOf(known.DateOfBirth).Covers(known.Today) => OutsideAge(known, by),
        { WhereaboutsUnknown: true } when by.WhereaboutsUnknown => new(Missing, "Nobody knows where the child is: an episode is open.", by.Missing),
        { Places: var places } when places.FirstOrDefault(place => !place.IsProvider) is { } school => OnRoll(known, school, by),
        { Places: [var provider, ..], RecordOpen: false } => new(NotMissing, $"In alternative provision at {provider.Name}.", by.NotMissing),
        { Places: [var provider, ..] } => new(Missing, $"On no school’s roll, and the council does not take {provider.Name} for a suitable education: its record is open.", by.Missing),
        { AtHome: not HomeEducation.None } => EducatedAtHome(known.AtHome, by),
        { SaidToBeAt: { Length: > 0 } elsewhere, RecordOpen: false } => new(NotKnown, $"Said to have gone to {elsewhere}. Nobody has confirmed that the child is there.", by.Missing),
        _ => new(Missing, "On no school’s roll, and no education elsewhere is recorded.", by.Missing),
    };

    private static EducationStanding OutsideAge(EducationFacts known, EducationDefinition by)
    {
        var age = by.AgeOf(known.DateOfBirth);
        var span = by.Ages is var (first, last) ? $"the ages of {first} to {last}" : "compulsory school age";
        return new(NotOfAge, known.Today < age.Begins ? $"Below {span} until {Day(age.Begins)}." : $"Above {span} since {Day(age.Ends)}.", by.NotMissing);
    }

    /// <summary>Who is on a roll misses no education by definition, whatever the register says: that goes the attendance route (SUF-05, SUF-06).</summary>
    private static EducationStanding OnRoll(EducationFacts known, PlaceOfEducation school, EducationDefinition by) =>
        known.Missed.IsTenDays ? new(AtRisk, $"On the roll of {school.Name}, and has missed {Days(known.Missed.Days)} without permission this school year.", by.AtRisk)
        : known.Missed.IsRegular ? new(AtRisk, $"On the roll of {school.Name}, and regularly absent: {known.Missed.SessionsLately} sessions without permission in ten school weeks.", by.AtRisk)
        : new(NotMissing, $"On the roll of {school.Name}.", by.NotMissing);

    private static EducationStanding EducatedAtHome(HomeEducation found, EducationDefinition by) => found switch
    {
        HomeEducation.Suitable => new(NotMissing, "Educated at home, and found suitable.", by.NotMissing),
        HomeEducation.NotAssessed => new(NotMissing, "Educated at home by the parent’s notice. Nobody has judged yet whether that is suitable.", by.NotMissing),
        HomeEducation.NoInformation => new(NotKnown, "Educated at home by the parent’s notice. The council asked and was given nothing to judge by.", by.Missing),
        _ => new(Missing, "On no school’s roll, and the education at home was found not suitable.", by.Missing),
    };

    private static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"{days} school days");

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
