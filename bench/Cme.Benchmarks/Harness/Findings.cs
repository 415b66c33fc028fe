using System.Collections.Immutable;

namespace Cme.Benchmarks.Harness;

/// <summary>What a benchmark found, as its section of the report shows it.</summary>
internal sealed record Findings
{
    public required Scores Scores { get; init; }

    /// <summary>PostgreSQL's settings while it was measured.</summary>
    public required ImmutableArray<(string Name, string Value)> Postgres { get; init; }

    public ImmutableArray<Table> Tables { get; init; } = [];

    public ImmutableArray<Comparison> Comparisons { get; init; } = [];

    /// <summary>What a reader must know to read the figures.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>A table of the report; the first column is text, the others are figures.</summary>
internal sealed record Table(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows);

/// <summary>A figure with its target: mostly ours against a peer in the same rounds, so that more is better.</summary>
/// <param name="Against">The peer, or what else it is measured by.</param>
internal sealed record Comparison(string What, string Against, Spread Figure)
{
    /// <summary>The least that reaches the target.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The most that reaches the target.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether the median reaches the target; null where there is none.</summary>
    public bool? IsReached => AtLeast is null && AtMost is null ? null : Figure.Median >= (AtLeast ?? double.MinValue) && Figure.Median <= (AtMost ?? double.MaxValue);
}
