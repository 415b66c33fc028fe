using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.People;

/// <summary>Ends somebody's access, at once.</summary>
[Authorize(Policies.People), FreshSignIn]
public sealed class EndModel(IServiceProvider services) : ManagedPersonModel(services)
{
    /// <summary>How many open episodes they have taken on. Which ones, an administrator does not see.</summary>
    public int Claims { get; private set; }

    public async Task OnGetAsync() => Claims = await HttpContext.RequestServices.GetRequiredService<Leavers>().CountAsync(Person);

    public async Task<IActionResult> OnPostAsync()
    {
        await Desk.EndAsync(Viewer.Id, Person);
        return RedirectToPage("/People/Details", new { person = Id });
    }
}
