using Cme.Storage.Access;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.ApiKeys;

/// <summary>The keys of an administrator's organisation: each is shown once, replaced with an overlap, and revoked at once.</summary>
[Authorize(Policies.People), FreshSignIn]
public sealed class IndexModel : PageModel
{
    private readonly KeyDesk _desk;

    public IndexModel(IServiceProvider services) => _desk = services.GetRequiredService<KeyDesk>();

    public IReadOnlyList<KeyRow> Keys { get; private set; } = [];

    /// <summary>A key that was just made.</summary>
    public MadeKey? Made { get; private set; }

    /// <summary>True if the key takes the place of one that still works.</summary>
    public bool Replaces { get; private set; }

    public async Task OnGetAsync() => Keys = await _desk.ListAsync(Viewer.Of(User));

    public async Task<IActionResult> OnPostReplaceAsync(Guid key)
    {
        if (await _desk.FindAsync(Viewer.Of(User), key) is not { RevokedAt: null } held) { return RedirectToPage(); }
        Made = await _desk.MakeAsync(Viewer.Of(User), held.Grant);
        if (Made is null)
        {
            ModelState.AddModelError("", $"Two keys with the label “{held.Grant.Label}” work already. Revoke the older one first");
            await OnGetAsync();
        }
        Replaces = true;
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid key)
    {
        await _desk.RevokeAsync(Viewer.Of(User), key);
        return RedirectToPage();
    }
}
