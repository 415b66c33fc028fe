using System.Collections.Immutable;

namespace Cme.Domain.Registers;

/// <summary>The five counts by the names under which they are published. Source: DESIGN 5, "The five counts".</summary>
public static class CountName
{
    /// <summary>School days of the whereabouts run that stands.</summary>
    public const string Whereabouts = "whereaboutsDays";

    /// <summary>Continuous school days of G, N, O or U: the attendance return is owed at 10 (FACTS B5).</summary>
    public const string Irregular = "irregularDays";

    /// <summary>Continuous school days on which every session is G, N or O: ground i at 20 (FACTS B4).</summary>
    public const string GroundI = "groundI";

    /// <summary>School days of absence straight after the expected return from leave: ground h at 10 (FACTS B4).</summary>
    public const string GroundH = "groundH";

    /// <summary>School days of illness in the school year, continuous or not: the sickness return is owed at 15 (FACTS B5).</summary>
    public const string Sickness = "sickness";

    /// <summary>All five, in the order in which they are shown.</summary>
    public static readonly ImmutableArray<string> All = [Whereabouts, Irregular, GroundI, GroundH, Sickness];
}

/// <summary>That one of the five counts has come to a number that a rule names.</summary>
/// <param name="Count">One of <see cref="CountName.All"/>.</param>
/// <param name="Days">The number that the rule names, 1 or more.</param>
/// <param name="On">The school day on which it was reached.</param>
/// <param name="KnownAt">When the last mark that it rests on was known here, UTC.</param>
public readonly record struct CountReached(string Count, int Days, DateOnly On, DateTimeOffset KnownAt);
