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
    public RoleFieldsView Fields { get; private set; } = new([], [], null, null);

    public async Task OnGetAsync() => Fields = RoleFieldsView.For(Viewer, await schools.ListAsync(Viewer.Authority), Person.Role, Person.School);

    public async Task<IActionResult> OnPostAsync(string? role, string? school)
    {
        Fields = RoleFieldsView.For(Viewer, await schools.ListAsync(Viewer.Authority), role, school);
        if (Fields.Answer(Viewer, ModelState) is not { } given) { return Page(); }
        if (given != (Person.Role, Person.School)) { await Desk.ChangeRoleAsync(Viewer.Id, Person, given.Role, given.School); }
        return RedirectToPage("/People/Details", new { person = Id });
    }
}
