using Cme.Domain;
using Cme.Storage.People;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.People;

/// <summary>The people whom an administrator manages.</summary>
[Authorize(Policies.People)]
public sealed class IndexModel(IPeople people, IPersonLinks links, ISchools schools, [FromKeyedServices(Clock.System)] TimeProvider clock) : PageModel
{
    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public bool OfAuthority => Viewer.Of(User).OfAuthority;

    public async Task OnGetAsync()
    {
        var viewer = Viewer.Of(User);
        var places = await schools.ListAsync(viewer.Authority);
        var invited = (await links.OpenAsync(viewer.Authority, clock.GetUtcNow())).Select(link => link.Person).ToHashSet();
        People = [.. from person in await people.ListAsync(viewer.Authority, viewer.School)
                     where PeopleDesk.MayManage(viewer, person)
                     let standing = PeopleWords.Standing(person, invited.Contains(person.Id))
                     select new PersonRow(person.Id, person.Name, Roles.Title(person.Role), PeopleWords.Place(person, places), standing.Words, standing.Colour)];
    }
}

public sealed record PersonRow(string Id, string Name, string Role, string Place, string Standing, string Colour);
