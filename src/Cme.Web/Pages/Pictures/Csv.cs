using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Pictures;

/// <summary>The table behind a picture as a file for a spreadsheet.</summary>
public static class Csv
{
    private const string Type = "text/csv; charset=utf-8";

    /// <summary>UTF-8 with a mark, so that a spreadsheet reads it as such.</summary>
    public static FileContentResult Of(Chart chart) => Of(chart.Id, chart.Rows.Prepend(chart.Columns));

    /// <inheritdoc cref="Of(Chart)"/>
    /// <param name="name">The file's, without its ending.</param>
    public static FileContentResult Of(string name, IEnumerable<ImmutableArray<string>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows) { text.AppendJoin(',', row.Select(Cell)).Append("\r\n"); }
        return new FileContentResult(Encoding.UTF8.GetBytes(text.ToString()), Type) { FileDownloadName = $"{name}.csv" };
    }

    /// <summary>A cell; one that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Cell(string words)
    {
        var safe = words.Length > 0 && "=+-@\t\r".Contains(words[0], StringComparison.Ordinal) ? $"'{words}" : words;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
