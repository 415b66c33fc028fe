using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.SignIn;

/// <summary>The second step in for somebody without their phone: one of the codes that they kept.</summary>
[AllowAnonymous]
public sealed class RecoveryCodeModel(IServiceProvider services) : SecondStepModel(services)
{
    public Task<IActionResult> OnGetAsync() => AskAsync();

    public Task<IActionResult> OnPostAsync(string? code) => CheckAsync(
        "code", code, "Enter one of your recovery codes that you have not used", "recovery-code", (desk, person, sent) => desk.RecoveryCodeAsync(person, sent));
}
