using Cme.Domain.Calendars;
using Cme.Storage;
using Cme.Storage.Boards;
using Cme.Web.Api.Schools;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Boards;

/// <summary>The board of the CME lead: what has climbed all the way, by why and by whom, and what falls due this week.</summary>
[Authorize(Policies.Lead)]
public sealed class LeadModel(BoardReader boards, IForecasts forecasts, ContactDesk contacts) : BoardPage(boards)
{
    /// <summary>Today and the six days after it, each with the steps that become overdue then unless somebody acts.</summary>
    public IReadOnlyList<Figure> Week { get; private set; } = [];

    /// <summary>Schools whose contacts nobody has named, or confirmed for long (MID-17).</summary>
    public int SchoolsToAsk { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var today = London.DateOf(Boards.Now);
        try
        {
            SchoolsToAsk = (await contacts.ListAsync(Viewer.Of(User).Authority, HttpContext.RequestAborted)).Count(school => school.IsOpen);
            var due = (await forecasts.DueByDayAsync(Viewer.Of(User).Authority, Boards.Now, DueModel.BoundsOf(today.AddDays(6), Boards.Now).Until)).ToDictionary(day => day.Day, day => day.Steps);
            Week = [.. Enumerable.Range(0, 7).Select(today.AddDays).Select(day => new Figure(Times.ShortDay(day), due.GetValueOrDefault(day), $"/lead/due/{day:yyyy-MM-dd}"))];
        }
        catch (StorageUnavailableException)
        {
            // The rows come from memory: the board is shown without the week.
        }
        return await Show(Board.Lead);
    }
}
