using Cme.Domain.Procedures;
using Cme.Grains.Rules;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.SetUp;

/// <summary>An authority chooses the procedure that its schools work by.</summary>
[Authorize(Policies.SetUp)]
public sealed class ProcedureModel(ISchools schools, IRulebook rulebook) : PageModel
{
    /// <summary>What applies now, chosen or not.</summary>
    public string Now { get; private set; } = "";

    [BindProperty] public string? Pack { get; set; }

    public async Task OnGetAsync()
    {
        Now = await rulebook.PackOf(Viewer.Of(User).Authority);
        Pack = (await schools.GetAuthorityAsync(Viewer.Of(User).Authority))?.Pack;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var authority = Viewer.Of(User).Authority;
        Now = await rulebook.PackOf(authority);
        if (Pack is null || SchoolsModel.Packs.All(one => one.Id != Pack))
        {
            ModelState.AddModelError("pack", "Select the procedure that your schools work by");
            return Page();
        }
        await schools.ChoosePackAsync(authority, Pack, HttpContext.RequestAborted);
        return RedirectToPage("Index");
    }

    /// <summary>What a procedure was written from.</summary>
    public static string SourceOf(string pack) => $"{PackCatalogue.Shipped[pack].Title}. From: {PackCatalogue.Shipped[pack].Source}";
}
