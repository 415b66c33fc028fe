using Cme.Domain;
using Cme.Storage.People;
using Cme.Web.Pages.Shared;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Account;

/// <summary>
/// Sets up an authenticator app, or another in place of the one before. The secret travels in the form, sealed for this person,
/// and is stored only when a code has shown that the app has it: opening the page changes nothing.
/// </summary>
[Authorize(Policies.Account), FreshSignIn(BeforeOpening = true)]
public sealed class AuthenticatorModel : AccountModel
{
    private const string Purpose = "authenticator-to-be";

    private readonly Seals _seals;
    private readonly IPeople _store;
    private readonly TimeProvider _clock;

    public AuthenticatorModel(IServiceProvider services, IPeople store, [FromKeyedServices(Clock.System)] TimeProvider clock) : base(services) =>
        (_seals, _store, _clock) = (services.GetRequiredService<Seals>(), store, clock);

    protected override bool SetsUpSecondFactor => true;

    public string Secret { get; private set; } = "";

    public string Sealed { get; private set; } = "";

    /// <summary>The secret in fours, to be typed.</summary>
    public string SecretInGroups => string.Join(' ', Secret.Chunk(4).Select(four => new string(four)));

    /// <summary>What an app reads from the picture.</summary>
    public string Address =>
        $"otpauth://totp/{Uri.EscapeDataString(PageFrame.Service)}:{Uri.EscapeDataString(Me.Email)}?secret={Secret}"
        + $"&issuer={Uri.EscapeDataString(PageFrame.Service)}&digits={Totp.Digits}&period={Totp.SecondsOfStep}";

    public IActionResult OnGet() => Offer(Totp.NewSecret());

    public async Task<IActionResult> OnPostAsync(string? @sealed, string? code)
    {
        if (Opened(@sealed) is not { } secret) { return Offer(Totp.NewSecret()); }
        if (Totp.StepOf(secret, code ?? "", _clock.GetUtcNow()) is not { } step)
        {
            ModelState.AddModelError("code", "Enter the 6 digits that the app shows now");
            return Offer(secret);
        }
        await People.SetAuthenticatorAsync(Me, secret);
        await _store.UseStepAsync(Me.Id, step);
        return await SetUpAsync("authenticator-set");
    }

    private PageResult Offer(string secret)
    {
        (Secret, Sealed) = (secret, Convert.ToBase64String(_seals.Seal(Purpose, Me, secret)));
        return Page();
    }

    private string? Opened(string? sent)
    {
        var seal = new byte[(sent ?? "").Length];
        return Convert.TryFromBase64String(sent ?? "", seal, out var length) ? _seals.Open(Purpose, Me, seal[..length]) : null;
    }
}
