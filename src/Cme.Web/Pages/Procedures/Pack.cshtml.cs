using System.Collections.Immutable;
using Cme.Domain.Procedures;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Procedures;

/// <summary>One version of a procedure: as a picture where there is room for one, and the same as a list.</summary>
[Authorize(Policies.Person)]
public sealed class PackModel(PackCatalogue catalogue) : PageModel
{
    public ProcedurePack Shown { get; private set; } = null!;
    /// <summary>Every version of it, the latest first.</summary>
    public ImmutableArray<int> Versions { get; private set; } = [];
    public ImmutableArray<Picture> Pictures { get; private set; } = [];
    /// <summary>The steps in the order of the document, those of the packs beneath after them.</summary>
    public ImmutableArray<StepView> Steps { get; private set; } = [];

    /// <param name="pack">Its id, such as <c>northamptonshire</c>.</param>
    /// <param name="version">The version to show; the latest unless one is named.</param>
    public IActionResult OnGet(string pack, int? version)
    {
        var all = catalogue.All.Where(one => one.Id == pack).OrderByDescending(one => one.Version).ToArray();
        if (all.FirstOrDefault(one => version is null || one.Version == version) is not { } shown) { return NotFound(); }
        Shown = shown;
        Versions = [.. all.Select(one => one.Version)];
        Pictures = Picture.Of(shown);
        Steps = [.. shown.Steps.Select(step => StepView.Of(step, catalogue.OriginOf(shown, step)))];
        return Page();
    }
}
