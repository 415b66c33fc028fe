using Cme.Web.Pages.SignIn;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Account;

/// <summary>Changes one's own password. Every other session of the person ends.</summary>
[Authorize(Policies.Account)]
public sealed class PasswordModel(IServiceProvider services) : AccountModel(services)
{
    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync(string? current, string? password)
    {
        var services = HttpContext.RequestServices;
        var result = await services.GetRequiredService<SignInDesk>().PasswordOfAsync(Me, current ?? "");
        if (result != Checked.Right)
        {
            ModelState.AddModelError("current", result == Checked.Locked ? Refusals.Locked : Refusals.WrongPassword);
            return Page();
        }
        if (await People.SetPasswordAsync(Me, password ?? "") is { Succeeded: false } refused)
        {
            ModelState.AddModelError("password", refused.Errors.First().Description);
            return Page();
        }
        await Audit.TellOwnAsync("password-changed", Me);
        await services.GetRequiredService<PersonSessions>().RenewAsync(HttpContext, Me);
        return RedirectToPage("/Account/Index");
    }
}
