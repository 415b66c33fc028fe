using System.Collections.Immutable;

namespace Cme.Domain.Children;

/// <summary>
/// Whether a child goes missing again and again, to which particular attention is to be paid (DOR-51). The document gives no number:
/// the third episode in 90 days is noted, and the second of a child in care (ADR 0300).
/// </summary>
public static class RepeatEpisodes
{
    /// <summary>The flag that an episode carries once a repeat was noted.</summary>
    public const string Flag = "repeat_missing";

    /// <summary>How many calendar days back an earlier episode counts.</summary>
    public const int Days = 90;

    /// <summary>With one of these a child is in care.</summary>
    public static ImmutableArray<string> InCare { get; } = ["looked_after", "care_order"];

    private const int Noted = 3;
    private const int NotedInCare = 2;

    /// <summary>Which episode of the child it is in these days, counted with those before it; null if that is nothing to note.</summary>
    /// <param name="first">The first day missing.</param>
    /// <param name="earlier">The first days missing of the child's other episodes, at whatever school, without those that passed in a day.</param>
    /// <param name="flags">The child's flags, by id.</param>
    public static int? Of(DateOnly first, IEnumerable<DateOnly> earlier, ImmutableArray<string> flags)
    {
        var number = 1 + earlier.Count(day => day <= first && day > first.AddDays(-Days));
        return number >= (flags.Intersect(InCare).Any() ? NotedInCare : Noted) ? number : null;
    }
}
