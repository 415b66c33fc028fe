using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Accessibility;

/// <summary>The accessibility statement, which the law asks of a public body's service.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel;
