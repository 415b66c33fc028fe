using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Reports;
using Cme.Storage.Schools;
using Cme.Web.Pages.Pictures;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Reports;

/// <summary>Counts what a report says: of an authority, or of one of its schools.</summary>
public sealed class ReportReader(IReports reports, ISchools schools, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    /// <summary>The file of the whole report; another name is that of one table.</summary>
    public const string Whole = "report";

    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    /// <summary>The report, or null if there is no such period, or it has not begun.</summary>
    /// <param name="school">Null for the whole authority.</param>
    public async Task<ReportView?> FindAsync(string authority, SchoolRecord? school, string kind, string name, CancellationToken cancel)
    {
        if (ReportPeriod.Find(kind, name, Today) is not { } period) { return null; }
        var now = await reports.CountAsync(authority, school?.Urn, period.From, period.Before, Today, cancel);
        var before = await reports.CountAsync(authority, school?.Urn, period.Earlier.From, period.Earlier.Before, Today, cancel);
        ImmutableArray<(string, string)>? all = school is null ? [.. (await schools.ListAsync(authority, cancel)).Select(one => (one.Urn, one.Name))] : null;
        return new(period, school, period.Before > Today, new ReportBook(period, now, before, all).Tables());
    }

    /// <summary>What goes into the log: which report of what time, never a child.</summary>
    public static void Note(HttpContext context, ReportView report) =>
        ReadNote.Of(context).Subject = $"{report.Period.Kind} {report.Period.Name}{(report.School is { } school ? $" {school.Urn}" : "")}";

    /// <summary>The report or a table of it as a file; null if it has no such table.</summary>
    public static IActionResult? FileOf(ReportView report, string csv)
    {
        var name = $"{report.Period.Kind}-{report.Period.Name}";
        return csv == Whole ? Csv.Of(name, WholeOf(report))
            : report.Tables.FirstOrDefault(table => table.Id == csv) is { } one ? Csv.Of($"{name}-{one.Id}", one.Rows.Prepend(one.Columns))
            : null;
    }

    private static IEnumerable<ImmutableArray<string>> WholeOf(ReportView report) =>
        report.Tables.SelectMany(table => table.Rows.Select(row => (ImmutableArray<string>)[table.Title, row[0], row[1], row.ElementAtOrDefault(2) ?? ""]))
            .Prepend(["Table", "Line", report.Period.Words, report.Period.Earlier.Words]);
}

/// <param name="School">Null for the whole authority.</param>
/// <param name="SoFar">The period is not over.</param>
public sealed record ReportView(ReportPeriod Period, SchoolRecord? School, bool SoFar, ImmutableArray<ReportTable> Tables)
{
    /// <summary>Where the reports of the same school or authority are listed.</summary>
    public string List => School is { } school ? $"/schools/{school.Urn}/reports" : "/reports";
}
