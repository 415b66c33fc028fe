using System.Buffers.Text;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Account;

/// <summary>One's own account: who one is here, and what one signs in by.</summary>
[Authorize(Policies.Account), FreshSignIn]
public sealed class IndexModel(IServiceProvider services) : AccountModel(services)
{
    public int CodesLeft { get; private set; }

    public IReadOnlyList<OwnPasskey> Passkeys { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostCodesAsync()
    {
        await MakeCodesAsync();
        ReturnUrl = "/account";
        return Page();
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? passkey)
    {
        var held = await People.GetPasskeysAsync(Me);
        if (held.FirstOrDefault(one => Base64Url.EncodeToString(one.CredentialId) == passkey) is not { } found) { return RedirectToPage(); }
        if (held.Count == 1 && !Me.TwoFactor)
        {
            ModelState.AddModelError("", "This is your only second step. Set up another before you remove it");
            return await ShowAsync();
        }
        await People.RemovePasskeyAsync(Me, found.CredentialId);
        await Audit.TellOwnAsync("passkey-removed", Me);
        return RedirectToPage();
    }

    private async Task<IActionResult> ShowAsync()
    {
        CodesLeft = await People.CountRecoveryCodesAsync(Me);
        Passkeys = [.. (await People.GetPasskeysAsync(Me)).Select(passkey => new OwnPasskey(Base64Url.EncodeToString(passkey.CredentialId), Times.Day(passkey.CreatedAt)))];
        return Page();
    }
}

/// <param name="Made">The day, in words.</param>
public sealed record OwnPasskey(string Id, string Made);
