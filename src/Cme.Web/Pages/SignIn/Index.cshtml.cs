using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.SignIn;

/// <summary>Who to be in the demo. Outside it there is nobody to choose, and the post does not exist.</summary>
[AllowAnonymous]
public sealed class IndexModel(PersonaSignIn? personas = null) : PageModel
{
    /// <summary>Where the visitor was going; taken only if it is a page of this service.</summary>
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public bool IsDemo => personas is not null;

    /// <summary>The personas by organisation, in the order in which the demo lists them.</summary>
    public IEnumerable<IGrouping<string, Persona>> Organisations =>
        personas?.Personas.GroupBy(persona => persona.Organisation) ?? [];

    public async Task<IActionResult> OnPostAsync(string? persona)
    {
        if (personas is null) { return NotFound(); }
        if (await personas.SignInAsync(HttpContext, persona) is null) { return RedirectToPage(); }
        // The front page knows where this person's work starts; the viewer of this request is still the one before.
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }
}
