using Cme.Storage;
using Cme.Web.Api.Concerns;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Cme.Web.Pages.Report;

/// <summary>"Exit this page": leads away at once and leaves nothing behind, so that whoever goes back finds no answers.</summary>
[AllowAnonymous]
public sealed class LeaveModel(ReportForms forms, IOptions<ConcernSettings> settings) : PageModel
{
    public async Task<IActionResult> OnGetAsync()
    {
        try
        {
            await forms.ForgetAsync(HttpContext);
        }
        catch (StorageUnavailableException)
        {
            // The cookie is gone, and without it nobody finds what is kept. Somebody has to be away from here now.
        }
        return Redirect(settings.Value.ExitTo);
    }
}
