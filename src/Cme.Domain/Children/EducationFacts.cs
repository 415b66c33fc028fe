using System.Collections.Immutable;

namespace Cme.Domain.Children;

/// <summary>What is known of a child's education on one day.</summary>
public sealed record EducationFacts
{
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>Business clock, Europe/London.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The lists that the child is on today.</summary>
    public ImmutableArray<PlaceOfEducation> Places { get; init; } = [];

    /// <summary>A school misses the child without explanation: a whereabouts episode is open.</summary>
    public bool WhereaboutsUnknown { get; init; }

    /// <summary>The authority leads an open record of the child as missing education.</summary>
    public bool RecordOpen { get; init; }

    /// <summary>What an open record of home education has come to.</summary>
    public HomeEducation AtHome { get; init; }

    /// <summary>Where the school whose list the child left last says that the child went; null where it does not know.</summary>
    public string? SaidToBeAt { get; init; }

    /// <summary>What was missed without permission, at the place where most was.</summary>
    public UnpermittedAbsence Missed { get; init; }
}

/// <summary>A list that has the child.</summary>
/// <param name="IsProvider">Alternative provision beside a school, or in its place.</param>
public sealed record PlaceOfEducation(string Name, bool IsProvider);

/// <summary>What a record of home education has come to.</summary>
public enum HomeEducation
{
    /// <summary>No such record is open.</summary>
    None,

    /// <summary>The parent has given notice, and nobody has judged it yet.</summary>
    NotAssessed,

    /// <summary>Found suitable.</summary>
    Suitable,

    /// <summary>The authority asked, and was given nothing to judge by.</summary>
    NoInformation,

    /// <summary>Found not suitable.</summary>
    NotSuitable,
}

/// <summary>Where a child stands with education.</summary>
/// <param name="Answer">One of <see cref="MissingEducation.Answers"/>.</param>
/// <param name="Reason">In a sentence.</param>
/// <param name="Clause">The rule that says so.</param>
public sealed record EducationStanding(string Answer, string Reason, string Clause);

/// <summary>How a written procedure says who misses education. The clauses are rule ids.</summary>
/// <param name="Missing">Who is.</param>
/// <param name="NotMissing">Who is not.</param>
/// <param name="AtRisk">Who may come to be.</param>
public sealed record EducationDefinition(string Missing, string NotMissing, string AtRisk)
{
    /// <summary>The statutory definition, for a procedure that gives none of its own (FACTS B2, B5).</summary>
    public static EducationDefinition National { get; } = new("B2", "B2", "B5");

    /// <summary>The years of age that it names, both included; null for compulsory school age.</summary>
    public (int First, int Last)? Ages { get; init; }

    /// <summary>A child on a roll whose whereabouts are not known is missing education too.</summary>
    public bool WhereaboutsUnknown { get; init; }

    /// <summary>The days on which a child born on that day can be missing education.</summary>
    public CompulsoryAge AgeOf(DateOnly born) =>
        Ages is var (first, last) ? CompulsoryAge.ByBirthdays(born, first, last) : CompulsoryAge.Of(born);
}
