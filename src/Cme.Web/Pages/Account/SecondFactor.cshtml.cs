using Cme.Storage.People;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Account;

/// <summary>Offers the two kinds of second factor, and makes passkeys: a first one for somebody new, more for whoever is in.</summary>
[Authorize(Policies.Account), FreshSignIn(BeforeOpening = true)]
public sealed class SecondFactorModel(IServiceProvider services, SignInManager<Person> passkeys) : AccountModel(services)
{
    protected override bool SetsUpSecondFactor => true;

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(
        await passkeys.MakePasskeyCreationOptionsAsync(new() { Id = Me.Id, Name = Me.Email, DisplayName = Me.Name }), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        var result = await passkeys.PerformPasskeyAttestationAsync(credential ?? "");
        if (!result.Succeeded || result.UserEntity.Id != Me.Id)
        {
            ModelState.AddModelError("", "That passkey could not be kept. Try again, or use an authenticator app");
            return Page();
        }
        result.Passkey.Name = Cme.Web.Pages.Wording.Times.Day(result.Passkey.CreatedAt);
        await People.AddOrUpdatePasskeyAsync(Me, result.Passkey);
        Me.Passkeys++;
        return await SetUpAsync("passkey-added");
    }
}
