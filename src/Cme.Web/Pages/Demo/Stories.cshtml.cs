using Cme.Web.Demo;
using Cme.Web.Demo.Feed;
using Cme.Web.Demo.Stories;
using Cme.Web.Hosting;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Demo;

/// <summary>Where a newcomer to the demo begins: two minutes from a register to the duty desk, and stories to open. Only the demo has it.</summary>
[AllowAnonymous]
public sealed class StoriesModel(IServiceProvider services, PersonaSignIn? personas = null) : PageModel
{
    /// <summary>Said on the page that a story opens.</summary>
    [TempData] public string? DemoBar { get; set; }

    /// <summary>Why a story could not be told; null if none was asked for.</summary>
    public string? Sorry { get; private set; }

    /// <summary>Without invented pupils there is nobody to tell of.</summary>
    public bool HasPupils => services.GetService<DemoFeed>() is not null;

    public IActionResult OnGet() => personas is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string? story, CancellationToken cancel)
    {
        if (personas is null || services.GetService<DemoFeed>() is not { } feed) { return NotFound(); }
        if (DemoStory.FirstMinutes.Concat(DemoStory.All).FirstOrDefault(one => one.Id == story) is not { } told) { return RedirectToPage(); }
        var teller = new StoryTeller(
            feed, services.GetRequiredService<ClockMover>(), services.GetRequiredService<SchoolMornings>(), services.GetRequiredService<Quiet>(), cancel);
        string page;
        try
        {
            page = await told.Tell(teller);
        }
        catch (StoryException cannot)
        {
            Sorry = cannot.Message;
            return Page();
        }
        await personas.SignInAsync(HttpContext, told.Persona);
        DemoBar = $"{told.Title}. {told.Summary}";
        return LocalRedirect(page);
    }
}
