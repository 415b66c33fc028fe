using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Report;

/// <summary>That a report was received, and under which reference. It says nothing of any child.</summary>
[AllowAnonymous]
public sealed class ReceivedModel(ReportForms forms) : PageModel
{
    public const string Address = ReportQuestions.Start + "/received";

    public string Reference { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        if ((await forms.FindAsync(HttpContext))?.Reference is not { } reference) { return LocalRedirect(ReportQuestions.Start); }
        Reference = reference;
        return Page();
    }
}
