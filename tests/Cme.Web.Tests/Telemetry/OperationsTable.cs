using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Telemetry;

/// <summary>The table of metrics in docs/operations.md.</summary>
internal static class OperationsTable
{
    /// <summary>Each as "name type label,label", in order.</summary>
    public static async Task<IEnumerable<string>> MetricsAsync() =>
        (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "operations.md")))
            .Where(line => line.StartsWith("| `cme_", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1].Trim('`')} {cells[2]} {string.Join(",", cells[3].Split(", ").Select(label => label.Trim('`')).Where(label => label.Length > 0))}")
            .Order(StringComparer.Ordinal);
}
