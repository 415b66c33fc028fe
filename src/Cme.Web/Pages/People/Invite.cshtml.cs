using System.Net.Mail;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.People;

/// <summary>Invites somebody: makes a link, which the administrator sends on.</summary>
[Authorize(Policies.People)]
public sealed class InviteModel : PageModel
{
    private const int LongestName = 100;
    private const int LongestAddress = 254;

    private readonly PeopleDesk _desk;
    private readonly ISchools _schools;

    public InviteModel(IServiceProvider services, ISchools schools) => (_desk, _schools) = (services.GetRequiredService<PeopleDesk>(), schools);

    public string Name { get; private set; } = "";

    public string Email { get; private set; } = "";

    public RoleFieldsView Fields { get; private set; } = new([], [], null, null);

    /// <summary>The link, once it is made.</summary>
    public NewLinkView? Made { get; private set; }

    public async Task OnGetAsync(string? role, string? school) => await AskAsync(role, school);

    public async Task<IActionResult> OnPostAsync(string? name, string? email, string? role, string? school)
    {
        var viewer = Viewer.Of(User);
        (Name, Email) = ((name ?? "").Trim(), (email ?? "").Trim());
        await AskAsync(role, school);
        if (Name.Length is 0 or > LongestName) { ModelState.AddModelError("name", $"Enter their full name, at most {LongestName} characters"); }
        if (Email.Length is 0 or > LongestAddress || !MailAddress.TryCreate(Email, out var address) || address.Address != Email)
        {
            ModelState.AddModelError("email", "Enter an email address in the correct format, like name@example.com");
        }
        if (Fields.Answer(viewer, ModelState) is not { } given || !ModelState.IsValid) { return Page(); }
        var (person, secret) = await _desk.InviteAsync(viewer.Id, viewer.Authority, given.School, given.Role, Name, Email);
        if (secret is null)
        {
            ModelState.AddModelError("email", "Somebody with this email address has access already");
            return Page();
        }
        Made = new(person.Id, person.Name, $"{Request.Scheme}://{Request.Host}/invitation/{secret}");
        return Page();
    }

    private async Task AskAsync(string? role, string? school) =>
        Fields = RoleFieldsView.For(Viewer.Of(User), await _schools.ListAsync(Viewer.Of(User).Authority), role, school);
}
