using System.Collections.Immutable;

namespace Cme.Domain.Registers;

/// <summary>
/// The rule by which a register itself is doubted: so many of its pupils are newly unexplained that a slip of the source is
/// likelier than that many missing children (DESIGN 5, "Mass error"; ADR 0110).
/// </summary>
public static class MassError
{
    /// <summary>Fewer of a year group are believed, however small the year group.</summary>
    public const int FewestOfAYearGroup = 5;

    /// <summary>A larger share of a year group, in per cent, is doubted.</summary>
    public const int ShareOfAYearGroup = 25;

    /// <summary>So many of one register are doubted, whatever their year groups.</summary>
    public const int OfTheWholeRegister = 40;

    /// <summary>How long a doubted register is held, so that the school can correct it.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(15);

    /// <summary>
    /// From when on the register is doubted, and until when held: from the mark that was one too many; before registration closes
    /// N means not yet in, so the hold runs from the close at the earliest.
    /// </summary>
    /// <param name="closes">When registration of the session closes, UTC.</param>
    /// <param name="missing">Who is newly unexplained: the year group, and when that was known here. Who was missing before is not new.</param>
    /// <param name="onRoll">How many pupils of a year group the register expects.</param>
    /// <returns>Null if the register is believed.</returns>
    public static DoubtedRegister? Of(
        DateTimeOffset closes, IReadOnlyCollection<(string YearGroup, DateTimeOffset KnownAt)> missing, Func<string, int> onRoll)
    {
        var yearGroups = from pupil in missing
                         group pupil.KnownAt by pupil.YearGroup into year
                         let doubted = Math.Max(FewestOfAYearGroup, (onRoll(year.Key) * ShareOfAYearGroup / 100) + 1)
                         where year.Count() >= doubted
                         select (Name: year.Key, Since: year.Order().ElementAt(doubted - 1));
        var instants = yearGroups.ToImmutableArray();
        var since = instants.Select(year => (DateTimeOffset?)year.Since)
            .Append(missing.Count < OfTheWholeRegister ? null : missing.Select(pupil => pupil.KnownAt).Order().ElementAt(OfTheWholeRegister - 1))
            .Min();
        return since is not { } from ? null : new DoubtedRegister(
            from, (from > closes ? from : closes) + HeldFor, missing.Count, [.. instants.Select(year => year.Name).Order(StringComparer.Ordinal)]);
    }
}

/// <summary>A register that looks wrong, and is held for so long.</summary>
/// <param name="Since">When it began to look wrong, UTC.</param>
/// <param name="Until">When the hold ends, UTC; the unexplained are then believed.</param>
/// <param name="Unexplained">How many of its pupils are newly unexplained.</param>
/// <param name="YearGroups">The year groups of which too many are; none if only the whole register has too many.</param>
public sealed record DoubtedRegister(DateTimeOffset Since, DateTimeOffset Until, int Unexplained, ImmutableArray<string> YearGroups)
{
    /// <summary>Whether the register is held at that instant.</summary>
    public bool IsHeldAt(DateTimeOffset instant) => Since <= instant && instant < Until;
}
