using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Privacy;

/// <summary>The privacy notice: what is held of whom, why it may be, who reads it, and what people can ask for.</summary>
/// <remarks>Source: UK GDPR articles 13 and 14, in the order in which the ICO asks for it; FACTS D1, D2 and D6 for law and retention.</remarks>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    /// <summary>To be looked at again within a year.</summary>
    public static DateOnly Reviewed { get; } = new(2026, 11, 22);
}
