using System.Collections.Immutable;
using Cme.Domain.Procedures;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Procedures;

/// <summary>The procedures that are installed, to choose one from.</summary>
[Authorize(Policies.Person)]
public sealed class IndexModel(PackCatalogue catalogue) : PageModel
{
    /// <summary>The latest version of each, by title.</summary>
    public ImmutableArray<ProcedurePack> Packs { get; } = [.. catalogue.Ids.Select(id => catalogue[id]).OrderBy(pack => pack.Title, StringComparer.Ordinal)];

    /// <summary>Whether <see cref="TryModel"/> lets the viewer in.</summary>
    public bool MayTry => Viewer.Of(User).Role is Security.Roles.CmeLead or Security.Roles.Auditor;
}
