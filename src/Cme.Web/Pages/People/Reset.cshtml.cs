using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.People;

/// <summary>Takes away what somebody signs in by, and makes the link with which they begin anew.</summary>
[Authorize(Policies.People), FreshSignIn]
public sealed class ResetModel(IServiceProvider services) : ManagedPersonModel(services)
{
    public NewLinkView? Made { get; private set; }

    public void OnGet()
    {
        // The page only asks.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Made = new(Person.Id, Person.Name, AddressOf(await Desk.ResetAsync(Viewer.Id, Person)));
        return Page();
    }
}
