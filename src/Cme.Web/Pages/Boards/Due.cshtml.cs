using System.Collections.Immutable;
using System.Globalization;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Boards;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Boards;

/// <summary>The steps behind one day of the lead's week.</summary>
[Authorize(Policies.Lead)]
public sealed class DueModel(IForecasts forecasts, [FromKeyedServices(Clock.Business)] TimeProvider clock) : PageModel
{
    /// <summary>A list that somebody may still go through.</summary>
    private const int Most = 1_000;

    public DateOnly Day { get; private set; }
    public DateTimeOffset Now { get; private set; }
    public ImmutableArray<DueStep> Steps { get; private set; } = [];
    public bool More { get; private set; }

    public async Task<IActionResult> OnGetAsync(string date)
    {
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) { return NotFound(); }
        (Day, Now) = (day, clock.GetUtcNow());
        var (from, until) = BoundsOf(day, Now);
        var found = await forecasts.DueBetweenAsync(Viewer.Of(User).Authority, from, until, Most + 1);
        (Steps, More) = ([.. found.Take(Most)], found.Length > Most);
        return Page();
    }

    /// <summary>From when to when a step falls due on a day. What became overdue earlier today does so no more.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) BoundsOf(DateOnly day, DateTimeOffset now)
    {
        var (from, until) = (London.At(day, TimeOnly.MinValue), London.At(day.AddDays(1), TimeOnly.MinValue));
        return (from > now ? from : now, until);
    }
}
