namespace Cme.Benchmarks.Harness;

/// <summary>Something that is measured. To add one is to add a class of this kind: it is found, listed and run by its name.</summary>
internal interface IBenchmark
{
    /// <summary>What it is called on the command line and in the report: one lower-case word.</summary>
    string Name { get; }

    /// <summary>The work that is measured, and against what, in one sentence.</summary>
    string Work { get; }

    /// <summary>Measures and says what was found. A target that was missed is a finding, never a failure.</summary>
    /// <exception cref="BenchmarkBrokenException">What was measured did not do its work, so that its figures would mean nothing.</exception>
    Task<Findings> RunAsync(BenchOptions options);
}

/// <summary>The work that was to be measured was not done, or not all of it.</summary>
internal class BenchmarkBrokenException(string message) : Exception(message);

/// <summary>What is to be measured is not to be had on this machine.</summary>
internal sealed class NotToBeHadException(string message) : BenchmarkBrokenException(message);

/// <summary>The benchmarks that exist.</summary>
internal static class BenchmarkList
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        .. typeof(IBenchmark).Assembly.GetTypes().Where(type => type is { IsClass: true } && type.IsAssignableTo(typeof(IBenchmark)))
            .Select(type => (IBenchmark)Activator.CreateInstance(type)!).OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal),
    ];
}
