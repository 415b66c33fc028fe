using Cme.Storage.People;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.SignIn;

/// <summary>The first step in: an address and a password, or a passkey that is both steps at once; in the demo also the button of a persona.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    private readonly SignInDesk _desk;
    private readonly PersonSessions _sessions;
    private readonly SignInManager<Person> _passkeys;
    private readonly SignInLimits _limits;
    private readonly PersonaSignIn? _personas;

    public IndexModel(IServiceProvider services)
    {
        _desk = services.GetRequiredService<SignInDesk>();
        _sessions = services.GetRequiredService<PersonSessions>();
        _passkeys = services.GetRequiredService<SignInManager<Person>>();
        _limits = services.GetRequiredService<SignInLimits>();
        _personas = services.GetService<PersonaSignIn>();
    }

    /// <summary>Where the visitor was going; taken only if it is a page of this service.</summary>
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <summary>As typed; in the demo also a persona's name.</summary>
    public string Email { get; private set; } = "";

    public bool IsDemo => _personas is not null;

    /// <summary>Whether a session can be held over this connection.</summary>
    public bool CanHold => SessionCookies.CanHold(Request);

    /// <summary>The personas by organisation, in the order in which the demo lists them.</summary>
    public IEnumerable<IGrouping<string, Persona>> Organisations =>
        _personas?.Personas.GroupBy(persona => persona.Organisation) ?? [];

    public Task<IActionResult> OnPostAsync(string? persona, string? email, string? password) =>
        persona is null ? WithPasswordAsync(email ?? "", password ?? "") : AsPersonaAsync(persona);

    /// <summary>The challenge that a passkey signs. It names nobody, so that it says nothing about who has an account.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => _limits.MayTry(HttpContext)
        ? Content(await _passkeys.MakePasskeyRequestOptionsAsync(null), "application/json")
        : StatusCode(StatusCodes.Status429TooManyRequests);

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (!_limits.MayTry(HttpContext)) { return StatusCode(StatusCodes.Status429TooManyRequests); }
        if (await _desk.PasskeyAsync(credential ?? "") is not { } person)
        {
            ModelState.AddModelError("", "That passkey did not work. Try again, or sign in with your password");
            return Page();
        }
        await _desk.LetInAsync(HttpContext, person, "passkey");
        return this.Onward(ReturnUrl);
    }

    private async Task<IActionResult> WithPasswordAsync(string email, string password)
    {
        if (!_limits.MayTry(HttpContext)) { return StatusCode(StatusCodes.Status429TooManyRequests); }
        Email = email;
        if (email.Length == 0) { ModelState.AddModelError("email", "Enter your email address"); }
        if (password.Length == 0) { ModelState.AddModelError("password", "Enter your password"); }
        if (!ModelState.IsValid) { return Page(); }
        var (result, person) = await _desk.PasswordAsync(email, password);
        if (result != Checked.Right)
        {
            ModelState.AddModelError("email", result == Checked.Locked ? Refusals.Locked : "Enter the email address and password of your account. One of them is not right");
            return Page();
        }
        await _sessions.BeginHalfWayAsync(HttpContext, person);
        return RedirectToPage(person.HasSecondFactor ? "/SignIn/Code" : "/Account/SecondFactor", new { ReturnUrl });
    }

    private async Task<IActionResult> AsPersonaAsync(string persona)
    {
        if (_personas is null) { return NotFound(); }
        if (!await _personas.SignInAsync(HttpContext, persona)) { return RedirectToPage(); }
        // The front page knows where this person's work starts; the viewer of this request is still the one before.
        return this.Onward(ReturnUrl);
    }
}
