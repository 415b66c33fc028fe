namespace Cme.Benchmarks.Harness;

/// <summary>What a figure came to in the rounds that count.</summary>
internal readonly record struct Spread(double Min, double Median, double Max)
{
    /// <param name="values">One or more.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(sorted[0], Percentile.Of(sorted, 0.5), sorted[^1]);
    }
}

internal static class Percentile
{
    /// <summary>The value below which that part of the sorted values lies, between two of them in proportion.</summary>
    /// <param name="sorted">One or more, ascending.</param>
    /// <param name="part">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double part)
    {
        var at = part * (sorted.Length - 1);
        var (below, above) = ((int)Math.Floor(at), (int)Math.Ceiling(at));
        return sorted[below] + ((sorted[above] - sorted[below]) * (at - below));
    }
}
