using Cme.Web.Pages.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages;

/// <summary>The way in: on to where the viewer's work starts, or to sign in.</summary>
[AllowAnonymous]
public sealed class IndexModel(PageFrame frame) : PageModel
{
    public IActionResult OnGet() => LocalRedirect(frame.Home);
}
