using System.Security.Claims;
using Cme.Storage.People;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Account;

/// <summary>
/// A page about one's own way in. Whoever has only a password behind them comes here to set up a second factor, and only while
/// they have none: a password alone must not be enough to add another way in.
/// </summary>
public abstract class AccountModel(IServiceProvider services) : PageModel
{
    private protected PersonManager People { get; } = services.GetRequiredService<PersonManager>();
    private protected PersonAudit Audit { get; } = services.GetRequiredService<PersonAudit>();

    /// <summary>Whose account it is.</summary>
    public Person Me { get; private set; } = new();

    /// <summary>True for somebody who is not in yet.</summary>
    public bool HalfWay { get; private set; }

    /// <summary>Where somebody goes after setting up a second factor.</summary>
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <summary>Recovery codes to be shown now, and never again; null if there are none to show.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    /// <summary>Whether the page is for setting up a second factor, and so open to those half way in.</summary>
    protected virtual bool SetsUpSecondFactor => false;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        HalfWay = Viewer.TryOf(User) is null;
        // Read on the person's own behalf whatever their role reads of others.
        if (await People.FindByIdAsync(User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "") is not { EndedAt: null } me)
        {
            context.Result = RedirectToPage("/SignIn/Index");
            return;
        }
        Me = me;
        if (HalfWay && (me.HasSecondFactor || !SetsUpSecondFactor))
        {
            context.Result = RedirectToPage(me.HasSecondFactor ? "/SignIn/Code" : "/Account/SecondFactor", new { ReturnUrl });
            return;
        }
        await next();
    }

    /// <summary>After a second factor was set up: shows recovery codes if the person has none, and lets in who was half way.</summary>
    private protected async Task<IActionResult> SetUpAsync(string what)
    {
        await Audit.TellOwnAsync(what, Me);
        if (Me.RecoveryCodes is null) { await MakeCodesAsync(); }
        if (HalfWay) { await services.GetRequiredService<SignInDesk>().LetInAsync(HttpContext, Me, what); }
        else { await services.GetRequiredService<PersonSessions>().RenewAsync(HttpContext, Me); }
        return NewCodes is null ? RedirectToPage("/Account/Index") : Page();
    }

    /// <summary>Makes new recovery codes, which this answer shows.</summary>
    protected async Task MakeCodesAsync()
    {
        NewCodes = [.. await People.GenerateNewTwoFactorRecoveryCodesAsync(Me, 10) ?? []];
        await Audit.TellOwnAsync("recovery-codes-made", Me);
    }
}
