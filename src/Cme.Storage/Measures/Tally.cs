using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Cme.Storage.Measures;

/// <summary>
/// A counter with one label whose values are those of an enumeration, which begins at 0 and has no gaps. Every value is reported from the start
/// on, with 0: a rule that asks for an increase would miss the first one of a count that appears with it. Adding allocates nothing.
/// </summary>
public sealed class Tally<TLabel>
    where TLabel : struct, Enum
{
    private readonly long[] _counts;
    private readonly KeyValuePair<string, object?>[] _labels;

    /// <param name="name">As operations.md lists it.</param>
    /// <param name="unit">What is counted, in braces: <c>{register}</c>.</param>
    /// <param name="label">What the label is called; its values are the enumeration's names in lower case, with hyphens.</param>
    public Tally(Meter meter, string name, string unit, string description, string label)
    {
        _labels = [.. Enum.GetNames<TLabel>().Select(value => new KeyValuePair<string, object?>(label, Labels.Hyphened(value)))];
        _counts = new long[_labels.Length];
        meter.CreateObservableCounter(name, Read, unit, description);
    }

    public void Add(TLabel label, long more = 1) => Interlocked.Add(ref _counts[Unsafe.As<TLabel, int>(ref label)], more);

    private IEnumerable<Measurement<long>> Read() => _labels.Select((label, place) => new Measurement<long>(Interlocked.Read(ref _counts[place]), label));
}

/// <summary>How the product writes the values of labels.</summary>
public static class Labels
{
    /// <summary>"OverdueUnnoticed" as "overdue-unnoticed".</summary>
    public static string Hyphened(string name) =>
        string.Concat(name.Select((letter, place) => char.IsUpper(letter) ? $"{(place > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
