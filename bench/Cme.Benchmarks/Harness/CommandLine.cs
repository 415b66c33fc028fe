using Cme.Benchmarks.Report;

namespace Cme.Benchmarks.Harness;

/// <summary><c>./cme bench</c>: runs what was named and brings the report up to date.</summary>
internal static class CommandLine
{
    /// <returns>0 when every benchmark named could be run, whatever it found; 1 otherwise.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        BenchOptions options;
        try
        {
            options = BenchOptions.Parse(args);
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
        if (options.Names.FirstOrDefault(name => BenchmarkList.All.All(benchmark => benchmark.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. These exist:");
            List(Console.Error);
            return 1;
        }
        if (options.List)
        {
            List(Console.Out);
            return 0;
        }
        return await RunAsync(options);
    }

    private static void List(TextWriter to)
    {
        foreach (var benchmark in BenchmarkList.All)
        {
            to.WriteLine($"  {benchmark.Name,-12} {benchmark.Work}");
        }
    }

    private static async Task<int> RunAsync(BenchOptions options)
    {
        var exitCode = 0;
        foreach (var benchmark in BenchmarkList.All.Where(benchmark => options.Names.Count == 0 || options.Names.Contains(benchmark.Name)))
        {
            Console.WriteLine($"\n{benchmark.Name}: {benchmark.Work}");
            try
            {
                var findings = await benchmark.RunAsync(options);
                var section = SectionText.Of(benchmark, findings, options);
                ReportFile.Put(options.Report, benchmark.Name, section);
                Console.WriteLine($"\n{section}\nWritten to {options.Report}");
            }
            catch (NotToBeHadException missing) when (options.Names.Count == 0)
            {
                Console.WriteLine($"\n{benchmark.Name} was not measured: {missing.Message}");
            }
#pragma warning disable CA1031 // One that cannot run here must not keep the others from it; its old section stays.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                await Console.Error.WriteLineAsync($"\n{benchmark.Name} could not be measured: {(failure is BenchmarkBrokenException ? failure.Message : failure)}");
                exitCode = 1;
            }
        }
        return exitCode;
    }
}
