using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.SignOut;

/// <summary>Ends the session. Only a post does: a link must not be able to sign anybody out.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await PersonSessions.EndAsync(HttpContext);
        return LocalRedirect(EdgeSecurity.SignInPath);
    }
}
