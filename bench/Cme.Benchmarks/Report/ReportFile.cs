using System.Text;
using Cme.Benchmarks.Harness;

namespace Cme.Benchmarks.Report;

/// <summary>The published report: a section a benchmark. Those that were not run stay as they are.</summary>
internal static class ReportFile
{
    /// <summary>Puts a section into the file, which is made if it is not there.</summary>
    public static void Put(string path, string name, string section)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) { Directory.CreateDirectory(directory); }
        File.WriteAllText(path, With(File.Exists(path) ? File.ReadAllText(path) : "", name, section));
    }

    /// <summary>The report with this section new and every other one as it was, in the order of their names.</summary>
    internal static string With(string report, string name, string section)
    {
        var sections = BenchmarkList.All.Select(benchmark => benchmark.Name).ToDictionary(each => each, each => each == name ? section : Held(report, each));
        var text = new StringBuilder(Head());
        foreach (var (each, held) in sections.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (held is not null) { text.Append(Begin(each)).Append(held).Append(End(each)); }
        }
        return text.ToString();
    }

    private static string? Held(string report, string name)
    {
        var from = report.IndexOf(Begin(name), StringComparison.Ordinal);
        var to = report.IndexOf(End(name), StringComparison.Ordinal);
        return from < 0 || to < from ? null : report[(from + Begin(name).Length)..to];
    }

    private static string Begin(string name) => $"\n<!-- begin {name} -->\n";

    private static string End(string name) => $"<!-- end {name} -->\n";

    private static string Head() => $"""
        # Benchmarks

        Written by `./cme bench`, which rewrites only the sections that it runs. Machines differ and are noisy: only contestants of one run are
        compared, round by round, and a ratio is one lap over another of the same round. Figures are the minimum, median and maximum of the
        rounds that count. A round is run again when more than {Contest.Tolerated:P0} of the processors worked for somebody else. Nothing here fails a build.

        These exist: {string.Join(", ", BenchmarkList.All.Select(benchmark => $"`{benchmark.Name}`"))}. Ratios are always ours against the peer, so that more is better.

        """;
}
