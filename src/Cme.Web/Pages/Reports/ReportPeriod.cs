using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain.Calendars;

namespace Cme.Web.Pages.Reports;

/// <summary>
/// The time that a report is about: a quarter of the calendar year for the safeguarding partnership (DOR-56), or a school year, of September
/// to August as the national figures have it (SUF-17). The two do not nest, so that no number of the one tells a hidden one of the other (ADR 0301).
/// </summary>
/// <param name="Kind"><see cref="Quarterly"/> or <see cref="Annual"/>.</param>
/// <param name="Name">In addresses: <c>2026-q3</c>, <c>2025-26</c>.</param>
/// <param name="From">The first day.</param>
/// <param name="Before">The day after the last.</param>
public sealed record ReportPeriod(string Kind, string Name, DateOnly From, DateOnly Before)
{
    public const string Quarterly = "quarterly", Annual = "annual";

    private const int QuartersListed = 8, YearsListed = 4;

    public string Words => Kind == Annual ? $"School year {Name}" : $"{From.ToString("MMMM", British)} to {Before.AddDays(-1).ToString("MMMM yyyy", British)}";

    public string Title => Kind == Annual ? "Annual report" : "Quarterly report to the safeguarding partnership";

    public DateOnly LastDay => Before.AddDays(-1);

    /// <summary>The period before this one.</summary>
    public ReportPeriod Earlier => Of(Kind, Kind == Annual ? From.AddYears(-1) : From.AddMonths(-3));

    /// <summary>Its months, the first first.</summary>
    public IEnumerable<DateOnly> Months => Enumerable.Range(0, Kind == Annual ? 12 : 3).Select(month => From.AddMonths(month));

    private static CultureInfo British => CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The period of that name, if it has begun; null if there is none.</summary>
    public static ReportPeriod? Find(string kind, string name, DateOnly today) => kind switch
    {
        Quarterly when name is [.. { Length: 4 } year, '-', 'q', >= '1' and <= '4' and var quarter]
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var of) && of > 1900 =>
            Begun(Of(Quarterly, new DateOnly(of, (3 * (quarter - '1')) + 1, 1)), today),
        Annual when SchoolYear.TryParseName(name, out var start) => Begun(Of(Annual, new DateOnly(start, 9, 1)), today),
        _ => null,
    };

    /// <summary>Those that a list offers, the present one first.</summary>
    public static ImmutableArray<ReportPeriod> Recent(string kind, DateOnly today)
    {
        var periods = ImmutableArray.CreateBuilder<ReportPeriod>();
        for (var next = Of(kind, today); periods.Count < (kind == Annual ? YearsListed : QuartersListed); next = next.Earlier) { periods.Add(next); }
        return periods.DrainToImmutable();
    }

    /// <summary>The period in which a day lies.</summary>
    private static ReportPeriod Of(string kind, DateOnly day)
    {
        if (kind == Annual)
        {
            var start = day.Month >= 9 ? day.Year : day.Year - 1;
            return new(Annual, SchoolYear.NameOf(start), new(start, 9, 1), new(start + 1, 9, 1));
        }
        var quarter = (day.Month - 1) / 3;
        var from = new DateOnly(day.Year, (3 * quarter) + 1, 1);
        return new(Quarterly, string.Create(CultureInfo.InvariantCulture, $"{day.Year}-q{quarter + 1}"), from, from.AddMonths(3));
    }

    private static ReportPeriod? Begun(ReportPeriod period, DateOnly today) => period.From <= today ? period : null;
}
