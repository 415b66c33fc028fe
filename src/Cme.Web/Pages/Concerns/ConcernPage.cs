using Cme.Domain.Concerns;
using Cme.Web.Api.Concerns;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Concerns;

/// <summary>A page on which something is done about one concern.</summary>
public abstract class ConcernPage(ConcernReader reader, ConcernDesk desk) : PageModel
{
    public ConcernView Concern { get; private set; } = null!;
    public string Address => $"/concerns/{Concern.Record.Reference}";

    private protected Viewer Viewer => Security.Viewer.Of(User);
    private protected ConcernDesk Desk => desk;

    private protected async Task<bool> FindAsync(string concern)
    {
        if (await reader.FindAsync(Viewer, concern, HttpContext.RequestAborted) is not { } held) { return false; }
        Concern = held;
        ReadNote.Of(HttpContext).ChildId = held.Concern.Child;
        return true;
    }

    /// <summary>Records it and goes back to the concern; what is refused is said above the form.</summary>
    private protected async Task<IActionResult> RecordAsync(ConcernDeed deed, string field, string recorded)
    {
        var answer = await Desk.ActAsync(Viewer, Concern.Record.Reference, deed, HttpContext.RequestAborted);
        if (answer.Why is { } why)
        {
            ModelState.AddModelError(why.Code == "note-required" ? "Note" : field, why.Message);
            return Page();
        }
        TempData[nameof(DetailsModel.Recorded)] = recorded;
        return LocalRedirect(Address);
    }
}
