using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Domain.Procedures;
using Cme.Grains.Rules;
using Cme.Storage.Schools;
using Cme.Web.Api;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.SetUp;

/// <summary>The schools of an authority, each with the procedure that it follows.</summary>
[Authorize(Policies.SetUp)]
public sealed class SchoolsModel(ISchools schools, IRulebook rulebook, IGrainFactory grains) : PageModel
{
    private const int LongestName = 100;

    /// <summary>The procedures to choose from; the product's own steps belong to each of them.</summary>
    public static IReadOnlyList<(string Id, string Name)> Packs { get; } =
        [.. from id in PackCatalogue.Shipped.OfSchools where id != "product" select (id, Labels.Procedure(id))];

    public IReadOnlyList<SchoolRecord> Schools { get; private set; } = [];

    public string Name { get; private set; } = "";

    public string Urn { get; private set; } = "";

    public string? Pack { get; private set; }

    /// <summary>What the council's own procedure is called: that of the schools that have none of their own.</summary>
    public string Councils { get; private set; } = "";

    public async Task OnGetAsync()
    {
        var authority = Viewer.Of(User).Authority;
        (Schools, Councils) = (await schools.ListAsync(authority), Labels.Procedure(await rulebook.PackOf(authority)));
    }

    public async Task<IActionResult> OnPostAsync(string? name, string? urn, string? pack)
    {
        (Name, Urn, Pack) = ((name ?? "").Trim(), (urn ?? "").Trim(), pack);
        await OnGetAsync();
        if (Name.Length is 0 or > LongestName) { ModelState.AddModelError("name", $"Enter the school’s name, at most {LongestName} characters"); }
        if (!Parameters.IsUrn(Urn)) { ModelState.AddModelError("urn", "Enter a URN of six digits, such as 123456"); }
        else if (Schools.Any(school => school.Urn == Urn)) { ModelState.AddModelError("urn", "A school with this URN is there already"); }
        if (pack is { Length: > 0 } && Packs.All(one => one.Id != pack)) { ModelState.AddModelError("pack", "Select the procedure that it follows"); }
        if (!ModelState.IsValid) { return Page(); }
        var authority = Viewer.Of(User).Authority;
        var outcome = await grains.GetGrain<ISchoolGrain>(Keys.School(authority, Urn)).Put(new SchoolDetails { Authority = authority, Urn = Urn, Name = Name, Pack = pack is { Length: > 0 } ? pack : null });
        if (outcome.RefusalMessage is { } why)
        {
            ModelState.AddModelError("name", why);
            return Page();
        }
        return RedirectToPage();
    }

    /// <summary>What a procedure is called.</summary>
    public string NameOf(string? pack) => Packs.FirstOrDefault(one => one.Id == pack).Name ?? $"The council’s: {Councils}";
}
