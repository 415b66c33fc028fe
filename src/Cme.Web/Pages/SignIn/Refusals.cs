using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.SignIn;

/// <summary>What several pages of signing in say and do alike.</summary>
internal static class Refusals
{
    /// <summary>Said of an address whether anybody has it or not.</summary>
    public const string Locked = "You have tried too many times. Wait 15 minutes, then try again";

    public const string WrongPassword = "Enter the password that you sign in with";

    public const string WrongCode = "Enter the 6 digits that your authenticator app shows now. A code works once";

    /// <summary>On to where somebody was going, if that is a page of this service; else to where their work starts.</summary>
    public static IActionResult Onward(this PageModel page, string? returnUrl) =>
        page.LocalRedirect(page.Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
}
