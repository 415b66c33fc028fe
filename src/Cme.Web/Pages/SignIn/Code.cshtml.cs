using Cme.Storage.People;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.SignIn;

/// <summary>The second step in: a code of the authenticator app, or a passkey.</summary>
[AllowAnonymous]
public sealed class CodeModel(IServiceProvider services) : SecondStepModel(services)
{
    public Task<IActionResult> OnGetAsync() => AskAsync();

    public Task<IActionResult> OnPostAsync(string? code) => CheckAsync("code", code, Refusals.WrongCode, "authenticator",
        (desk, person, sent) => desk.CodeAsync(person, sent));
}
