using Cme.Storage.Access;
using Cme.Storage.People;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.SetUp;

/// <summary>Where an authority's administrator begins: what there is to set up, and what of it is left to do.</summary>
[Authorize(Policies.SetUp)]
public sealed class IndexModel(ISchools schools, IPeople people, IApiKeys keys) : PageModel
{
    public IReadOnlyList<SetUpTask> Tasks { get; private set; } = [];

    public int Left => Tasks.Count(task => !task.Done);

    public async Task OnGetAsync()
    {
        var authority = Viewer.Of(User).Authority;
        var places = await schools.ListAsync(authority);
        var active = (await people.ListAsync(authority)).Where(person => person.EndedAt is null).ToList();
        var working = (await keys.ListAsync(authority)).Where(key => key.RevokedAt is null).ToList();
        var withoutAdministrator = places.Count(school => !active.Any(person => person.Role == Roles.SchoolAdmin && person.School == school.Urn));
        var withoutKey = places.Count(school => working.All(key => key.Grant.Urn != school.Urn));
        Tasks =
        [
            new("Set your office hours and days", "/calendar", "Deadlines in working days and hours are counted by them",
                await schools.AuthorityCalendarAsync(authority) is not null),
            new("Choose your procedure", "/set-up/procedure", "Your schools work by it, unless one has its own",
                (await schools.GetAuthorityAsync(authority))?.Pack is not null),
            new("Add your schools", "/set-up/schools", Count(places.Length, "school", "added"), places.Length > 0),
            new("Invite your children missing education lead", $"/people/invite?role={Roles.CmeLead}", "Sees what climbs to them, and everything of the council",
                active.Any(person => person.Role == Roles.CmeLead)),
            new("Invite your duty desk", $"/people/invite?role={Roles.DutyDesk}", Count(active.Count(person => person.Role == Roles.DutyDesk), "officer", "invited"),
                active.Any(person => person.Role == Roles.DutyDesk)),
            new("Give every school an administrator", $"/people/invite?role={Roles.SchoolAdmin}",
                places.IsEmpty ? "They invite their colleagues" : $"They invite their colleagues. {Count(withoutAdministrator, "school", "without one")}",
                places.Length > 0 && withoutAdministrator == 0),
            new("Give every school’s system a key", "/keys", places.IsEmpty ? "Registers arrive by it" : $"Registers arrive by it. {Count(withoutKey, "school", "without one")}",
                places.Length > 0 && withoutKey == 0),
        ];
    }

    private static string Count(int number, string one, string what) => $"{number} {one}{(number == 1 ? "" : "s")} {what}";
}

public sealed record SetUpTask(string Name, string Address, string Hint, bool Done);
