using System.Collections.Immutable;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Pictures;

namespace Cme.Web.Pages.Pictures;

/// <summary>Counts what the pictures show: of an authority, or of one of its schools.</summary>
public sealed class ChartReader(IPictures pictures, [FromKeyedServices(Clock.Business)] TimeProvider clock)
{
    private const int Weeks = 26;
    private const int Months = 6;

    /// <summary>All pictures.</summary>
    /// <param name="urn">A school; null for the whole authority, which has one picture more: of its schools.</param>
    public async Task<ImmutableArray<Chart>> AllAsync(string authority, string? urn, CancellationToken cancel)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7)).AddDays(-7 * (Weeks - 1));
        var charts = ImmutableArray.CreateBuilder<Chart>();
        charts.Add(Charts.OfTimeMissing(await pictures.TimeMissingAsync(authority, urn, today.AddYears(-1), today, cancel)));
        charts.Add(Charts.OfWeeks(await pictures.WeeksAsync(authority, urn, monday, today, cancel)));
        charts.Add(Charts.OfCalls(await pictures.CallsAsync(authority, urn, monday, today, cancel)));
        if (urn is null)
        {
            charts.Add(Charts.OfSchools(await pictures.SchoolsAsync(authority, new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Months), today, cancel)));
        }
        return charts.DrainToImmutable();
    }
}
