using System.Collections.Immutable;

namespace Cme.Web.Pages.Pictures;

/// <summary>
/// Hides counts of one to four where they stand beside a school's name (FACTS D4): in a small school a count of one is a child. Nought is shown:
/// it points to nobody (ADR 0241).
/// </summary>
public static class SmallNumbers
{
    /// <summary>The smallest count that is shown.</summary>
    public const int Shown = 5;

    /// <summary>
    /// The counts of one month, school by school. Where only one would be hidden, or those hidden are so few together that they tell each
    /// other, the smallest of the others is hidden too: else it could be worked out from the month's total.
    /// </summary>
    public static ImmutableArray<Count> Hide(IReadOnlyList<int> counts)
    {
        var hidden = Enumerable.Range(0, counts.Count).Where(at => counts[at] is > 0 and < Shown).ToHashSet();
        while (hidden.Count > 0 && (hidden.Count == 1 || hidden.Sum(at => counts[at]) < Shown))
        {
            var others = Enumerable.Range(0, counts.Count).Where(at => counts[at] > 0 && !hidden.Contains(at)).ToArray();
            if (others.Length == 0) { break; }
            hidden.Add(others.MinBy(at => counts[at]));
        }
        return [.. counts.Select((count, at) => hidden.Contains(at) ? new Count(Shown, Hidden: true) : new Count(count))];
    }
}
