using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Accessibility;

/// <summary>The accessibility statement, which the law asks of a public body's service.</summary>
/// <remarks>
/// Source: the model accessibility statement of GOV.UK, whose headings the Public Sector Bodies (Websites and Mobile Applications) (No. 2)
/// Accessibility Regulations 2018 ask for. It says only what is true: whoever changes what is tested, or what is known to be wrong, changes it here.
/// </remarks>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    public static DateOnly Prepared { get; } = new(2026, 9, 7);

    /// <summary>To be looked at again within a year.</summary>
    public static DateOnly Reviewed { get; } = new(2026, 11, 22);
}
