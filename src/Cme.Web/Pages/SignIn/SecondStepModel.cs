using Cme.Storage.People;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.SignIn;

/// <summary>A page for somebody whose password was right, and who proves the second factor here.</summary>
public abstract class SecondStepModel(IServiceProvider services) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public bool HasAuthenticator { get; private set; }

    public bool HasPasskeys { get; private set; }

    /// <summary>Shows the page, or leads to where the visitor has to go first.</summary>
    protected async Task<IActionResult> AskAsync() => await ComerAsync() is { } person ? (IActionResult?)Elsewhere(person) ?? Page() : RedirectToPage("/SignIn/Index", new { ReturnUrl });

    private protected async Task<IActionResult> CheckAsync(
        string field, string? sent, string wrong, string by, Func<SignInDesk, Person, string, Task<Checked>> check)
    {
        if (!services.GetRequiredService<SignInLimits>().MayTry(HttpContext)) { return StatusCode(StatusCodes.Status429TooManyRequests); }
        if (await ComerAsync() is not { } person) { return RedirectToPage("/SignIn/Index", new { ReturnUrl }); }
        if (Elsewhere(person) is { } elsewhere) { return elsewhere; }
        var desk = services.GetRequiredService<SignInDesk>();
        var result = string.IsNullOrWhiteSpace(sent) ? Checked.Wrong : await check(desk, person, sent);
        if (result != Checked.Right)
        {
            ModelState.AddModelError(field, result == Checked.Locked ? Refusals.Locked : wrong);
            return Page();
        }
        await desk.LetInAsync(HttpContext, person, by);
        return this.Onward(ReturnUrl);
    }

    private RedirectToPageResult? Elsewhere(Person person) => person.HasSecondFactor ? null : RedirectToPage("/Account/SecondFactor", new { ReturnUrl });

    private async Task<Person?> ComerAsync()
    {
        if (await PersonSessions.HalfWayInAsync(HttpContext) is not { } id) { return null; }
        var person = await services.GetRequiredService<PersonManager>().FindByIdAsync(id);
        (HasAuthenticator, HasPasskeys) = (person?.TwoFactor == true, person?.Passkeys > 0);
        return person;
    }
}
