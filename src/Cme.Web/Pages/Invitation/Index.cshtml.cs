using Cme.Domain;
using Cme.Storage.People;
using Cme.Storage.Schools;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Invitation;

/// <summary>Where a one-time link leads: somebody invited, or locked out, sets a password. Opening the page uses nothing up.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    private readonly IServiceProvider _services;
    private readonly IPersonLinks _links;
    private readonly ISchools _schools;
    private readonly TimeProvider _clock;

    public IndexModel(IServiceProvider services, IPersonLinks links, ISchools schools, [FromKeyedServices(Clock.System)] TimeProvider clock) =>
        (_services, _links, _schools, _clock) = (services, links, schools, clock);

    [FromRoute] public string Secret { get; set; } = "";

    /// <summary>Whose link it is; null if it cannot be used.</summary>
    public Person? Person { get; private set; }

    public string Organisation { get; private set; } = "";

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync(string? password)
    {
        if (await ShowAsync() is var shown && Person is null) { return shown; }
        if (await _services.GetRequiredService<PersonManager>().FaultOfPasswordAsync(Person, password ?? "") is { } fault)
        {
            ModelState.AddModelError("password", fault);
            return Page();
        }
        if (await _services.GetRequiredService<PeopleDesk>().JoinAsync(Secret, password!) is not { } joined) { return Gone(); }
        await _services.GetRequiredService<PersonSessions>().BeginHalfWayAsync(HttpContext, joined);
        return RedirectToPage("/Account/SecondFactor");
    }

    private async Task<IActionResult> ShowAsync()
    {
        if (!_services.GetRequiredService<SignInLimits>().MayTry(HttpContext)) { return StatusCode(StatusCodes.Status429TooManyRequests); }
        if (await _links.FindAsync(Secret, _clock.GetUtcNow()) is not { } link) { return Gone(); }
        Person = await _services.GetRequiredService<IPeople>().FindAsync(link.Person);
        if (Person is null) { return Gone(); }
        Organisation = (Person.School is { } urn ? (await _schools.GetAsync(Person.Authority, urn))?.Name : (await _schools.GetAuthorityAsync(Person.Authority))?.Name) ?? "";
        return Page();
    }

    private PageResult Gone()
    {
        (Person, Response.StatusCode) = (null, StatusCodes.Status410Gone);
        return Page();
    }
}
