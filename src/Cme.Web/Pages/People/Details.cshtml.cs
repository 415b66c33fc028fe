using Cme.Domain;
using Cme.Storage.People;
using Cme.Storage.Schools;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.People;

/// <summary>One of the people: what they may do, and what an administrator can do about it.</summary>
[Authorize(Policies.People)]
public sealed class DetailsModel(
    IServiceProvider services, IPersonLinks links, IPersonEvents events, ISchools schools, [FromKeyedServices(Clock.System)] TimeProvider clock)
    : ManagedPersonModel(services)
{
    private const int MostEvents = 50;

    protected override bool Changes => false;

    public bool CanChange => !IsMe && Person.EndedAt is null;

    /// <summary>Whether they have a link that works.</summary>
    public bool Invited { get; private set; }

    public string Place { get; private set; } = "";

    public (string Words, string Colour) Standing => PeopleWords.Standing(Person, Invited);

    public IReadOnlyList<(string When, string What)> Events { get; private set; } = [];

    /// <summary>A link that was just made.</summary>
    public NewLinkView? Made { get; private set; }

    public async Task OnGetAsync()
    {
        Invited = (await links.OpenAsync(Viewer.Authority, clock.GetUtcNow())).Any(link => link.Person == Person.Id);
        Place = PeopleWords.Place(Person, await schools.ListAsync(Viewer.Authority));
        Events = [.. (await events.OfPersonAsync(Person.Authority, Person.Id, MostEvents)).Select(one => (Times.Near(one.At, clock.GetUtcNow()), PeopleWords.Event(one)))];
    }

    public async Task<IActionResult> OnPostLinkAsync()
    {
        if (!CanChange || Person.PasswordHash is not null) { return RedirectToPage(); }
        Made = new(Person.Id, Person.Name, AddressOf(await Desk.LinkAsync(Viewer.Id, Person)));
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync()
    {
        if (CanChange) { await Desk.RevokeLinksAsync(Viewer.Id, Person); }
        return RedirectToPage();
    }
}
