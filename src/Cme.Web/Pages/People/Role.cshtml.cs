using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.People;

/// <summary>Gives somebody another role, or another school.</summary>
[Authorize(Policies.People), FreshSignIn]
public sealed class RoleModel(IServiceProvider services, ISchools schools) : ManagedPersonModel(services)
{
    /// <summary>How many open episodes they have taken on. Which ones, an administrator does not see.</summary>
    public int Claims { get; private set; }

    public RoleFieldsView Fields { get; private set; } = new([], [], null, null);

    public Task OnGetAsync() => ShowAsync(Person.Role, Person.School);

    public async Task<IActionResult> OnPostAsync(string? role, string? school)
    {
        await ShowAsync(role, school);
        if (Fields.Answer(Viewer, ModelState) is not { } given) { return Page(); }
        if (given != (Person.Role, Person.School)) { await Desk.ChangeRoleAsync(Viewer.Id, Person, given.Role, given.School); }
        return RedirectToPage("/People/Details", new { person = Id });
    }

    private async Task ShowAsync(string? role, string? school)
    {
        Claims = await HttpContext.RequestServices.GetRequiredService<Leavers>().CountAsync(Person);
        Fields = RoleFieldsView.For(Viewer, await schools.ListAsync(Viewer.Authority), role, school);
    }
}
