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
    /// Counts that together are a total which is told too: of one month, school by school; of a report, its parts. Where only one would be
    /// hidden, or those hidden are so few together that they tell each other, the smallest of the others is hidden too: else it could be
    /// worked out from the total.
    /// </summary>
    public static ImmutableArray<Count> Hide(IReadOnlyList<int> counts)
    {
        var hidden = Enumerable.Range(0, counts.Count).Where(at => counts[at] is > 0 and < Shown).ToHashSet();
        while (hidden.Count > 0 && TellEachOther(hidden.Count, hidden.Sum(at => counts[at])))
        {
            var others = Enumerable.Range(0, counts.Count).Where(at => counts[at] > 0 && !hidden.Contains(at)).ToArray();
            if (others.Length == 0) { break; }
            hidden.Add(others.MinBy(at => counts[at]));
        }
        return [.. counts.Select((count, at) => hidden.Contains(at) ? new Count(Shown, Hidden: true) : new Count(count))];
    }

    /// <summary>Whether what was hidden can be worked out all the same from a total that is shown: everything that there is had to be hidden.</summary>
    public static bool IsTold(ImmutableArray<Count> counts, int total)
    {
        var hidden = counts.Count(count => count.Hidden);
        return hidden > 0 && total >= Shown && TellEachOther(hidden, total - counts.Where(count => !count.Hidden).Sum(count => count.Number));
    }

    /// <summary>A count that stands by itself.</summary>
    public static Count Alone(int count) => Hide([count])[0];

    /// <summary>A part of a whole that is told too: hidden where the part is small, or the rest.</summary>
    public static Count OfWhole(int part, int whole) => whole < Shown ? Alone(part) : Hide([part, whole - part])[0];

    /// <summary>So many positive counts of such a sum: a small sum tells them nearly, and where each must be one nobody need guess.</summary>
    private static bool TellEachOther(int hidden, int sum) => sum < Math.Max(Shown, hidden + 1);
}
