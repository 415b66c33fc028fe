using Cme.Storage.Access;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.ApiKeys;

/// <summary>Makes a key for a system of the council or of a school.</summary>
[Authorize(Policies.People), FreshSignIn]
public sealed class NewModel : PageModel
{
    private const int LongestLabel = 60;

    private readonly KeyDesk _desk;
    private readonly ISchools _schools;

    public NewModel(IServiceProvider services, ISchools schools) => (_desk, _schools) = (services.GetRequiredService<KeyDesk>(), schools);

    /// <summary>The schools to choose from; empty for an administrator of one school.</summary>
    public IReadOnlyList<SchoolRecord> Schools { get; private set; } = [];

    /// <summary>A URN, or <c>council</c>.</summary>
    public string? School { get; private set; }

    public string Label { get; private set; } = "";

    public MadeKey? Made { get; private set; }

    public async Task OnGetAsync(string? school)
    {
        School = school;
        var viewer = Viewer.Of(User);
        if (viewer.OfAuthority) { Schools = await _schools.ListAsync(viewer.Authority); }
    }

    public async Task<IActionResult> OnPostAsync(string? school, string? label)
    {
        await OnGetAsync(school);
        var viewer = Viewer.Of(User);
        Label = (label ?? "").Trim();
        if (Label.Length is 0 or > LongestLabel) { ModelState.AddModelError("label", $"Enter a label, at most {LongestLabel} characters"); }
        if (viewer.OfAuthority && school != "council" && Schools.All(one => one.Urn != school)) { ModelState.AddModelError("school", "Select whose system it is for"); }
        if (!ModelState.IsValid) { return Page(); }
        var urn = viewer.School ?? (school == "council" ? null : school);
        Made = await _desk.MakeAsync(viewer, new ApiKeyGrant(
            urn is null ? "authority" : "school", viewer.Authority, urn, [.. urn is null ? Scopes.OfAuthorityKey : Scopes.OfSchoolKey], Label));
        if (Made is null) { ModelState.AddModelError("label", "Two keys with this label work already. Choose another label, or revoke one"); }
        return Page();
    }
}
