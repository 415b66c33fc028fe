using System.Collections.Immutable;
using Cme.Domain.Schools;
using Cme.Web.Api;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Contacts;

/// <summary>Whom a school names for others to turn to. Saving the names says that they are so today.</summary>
[Authorize(Policies.Person)]
public sealed class SchoolModel(ContactDesk desk, IColleagues colleagues) : PageModel
{
    [FromRoute] public string Urn { get; set; } = "";

    public SchoolContactsNow School { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    /// <summary>One for each role, in their order.</summary>
    public ImmutableArray<ContactFields> Rows { get; private set; } = [];
    public bool MayName => Scope.MayNameContacts(Viewer, Urn);

    /// <summary>What was recorded a moment ago.</summary>
    [TempData] public string? Recorded { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync()) { return NotFound(); }
        // Whoever never named anybody is offered those who sign in with the role.
        var known = (await colleagues.AnsweringForAsync(Viewer.Authority, Urn)).ToLookup(person => person.Role, person => person.Name);
        Rows = [.. School.Contacts.Select(contact => new ContactFields
        {
            Role = contact.Role, Name = contact.Held?.Name ?? known[contact.Role].FirstOrDefault(), Phone = contact.Held?.Phone, Email = contact.Held?.Email,
        })];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long version, List<ContactFields> rows)
    {
        if (!await FindAsync() || !MayName) { return NotFound(); }
        Rows = [.. SchoolContacts.Roles.Select(role => rows.FirstOrDefault(row => row.Role == role) ?? new() { Role = role })];
        ModelState.Clear();
        foreach (var (field, words) in Faults(Rows)) { ModelState.AddModelError(field, words); }
        if (!ModelState.IsValid) { return Page(); }
        var named = Rows.Where(row => !string.IsNullOrWhiteSpace(row.Name)).Select(row => new ContactNamed(row.Role, row.Name!.Trim(), Given(row.Phone), Given(row.Email)));
        if (School.Version != version || !await desk.NameAsync(Viewer, School, [.. named], HttpContext.RequestAborted))
        {
            ModelState.AddModelError($"{SchoolContacts.Roles[0]}-name", "Somebody else changed the contacts meanwhile. Open the page again and look whether yours are still right.");
            return Page();
        }
        Recorded = "The contacts are confirmed as of today.";
        return LocalRedirect($"/schools/{Urn}/contacts");
    }

    private async Task<bool> FindAsync()
    {
        Viewer = Viewer.Of(User);
        if (!Scope.MayReadSchool(Viewer, Urn) || await desk.OfAsync(Viewer.Authority, Urn, HttpContext.RequestAborted) is not { } school) { return false; }
        School = school;
        return true;
    }

    private static IEnumerable<(string Field, string Words)> Faults(IEnumerable<ContactFields> rows)
    {
        foreach (var row in rows)
        {
            var title = Roles.Title(row.Role).ToLowerInvariant();
            if (string.IsNullOrWhiteSpace(row.Name) && SchoolContacts.Named.Contains(row.Role)) { yield return ($"{row.Role}-name", $"Enter the name of the {title}"); }
            if (string.IsNullOrWhiteSpace(row.Name) && (Given(row.Phone) ?? Given(row.Email)) is not null && !SchoolContacts.Named.Contains(row.Role)) { yield return ($"{row.Role}-name", $"Enter the name of the {title}, or leave the number and the address empty"); }
            if (new[] { row.Name, row.Phone, row.Email }.Any(text => text?.Length > Fields.ShortText)) { yield return ($"{row.Role}-name", $"Name, number and address must be {Fields.ShortText} characters or fewer each"); }
        }
    }

    private static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>What somebody filled in for one role.</summary>
public sealed class ContactFields
{
    public string Role { get; set; } = "";
    public string? Name { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
}
