using System.Collections.Immutable;
using Cme.Storage.Episodes;
using Cme.Storage.Restricted;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Restricted;

/// <summary>Who may read layer 4 of an episode, or of everything about its child. Kept by the CME lead and the school's DSL.</summary>
[Authorize(Policies.NameReaders), FreshSignIn]
[Audited(ReadKinds.Record)]
public sealed class NamedModel(IRestricted restricted, IEpisodes episodes, IColleagues people) : PageModel
{
    private const int Shortest = 10, Longest = 500;

    [FromRoute] public string Reference { get; set; } = "";

    public ImmutableArray<NamedReader> Named { get; private set; } = [];
    /// <summary>Those who can be named: of the school for its DSL, of the whole authority for the lead.</summary>
    public ImmutableArray<Colleague> People { get; private set; } = [];
    /// <summary>What is wrong with what was sent, by field.</summary>
    public ImmutableArray<(string Field, string Words)> Wrong { get; private set; } = [];

    [BindProperty] public string? Person { get; set; }
    [BindProperty] public string? Of { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is not { } episode) { return NotFound(); }
        var viewer = Viewer.Of(User);
        var person = People.FirstOrDefault(one => one.Id == Person);
        var reason = (Reason ?? "").Trim();
        Wrong =
        [
            .. person is null ? [("person", "Select a person")] : Array.Empty<(string, string)>(),
            .. Of is "episode" or "child" ? [] : new[] { ("of", "Select what the person may read") },
            .. reason.Length is >= Shortest and <= Longest ? [] : new[] { ("reason", "Write a reason of 10 to 500 characters") },
        ];
        if (!Wrong.IsEmpty) { return Page(); }
        await restricted.NameAsync(new(viewer.Authority, Of == "child" ? episode.ChildId : Reference, person!.Id, person.Name, viewer.Id, reason));
        ReadNote.Of(HttpContext).Why = $"named {person.Id}: {reason}";
        return LocalRedirect($"/episodes/{Reference}/named-readers");
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id)
    {
        if (await ReadAsync() is not { } episode) { return NotFound(); }
        var viewer = Viewer.Of(User);
        await restricted.EndAsync(viewer.Authority, [Reference, episode.ChildId], id, viewer.Id);
        ReadNote.Of(HttpContext).Why = $"named no longer: {Named.FirstOrDefault(one => one.Id == id)?.Person}";
        return LocalRedirect($"/episodes/{Reference}/named-readers");
    }

    // Only whose case it is may say who reads it: a record that was opened with a reason gives nobody the right to open it to others.
    private async Task<EpisodeRow?> ReadAsync()
    {
        var viewer = Viewer.Of(User);
        if (await episodes.GetAsync(new CallerScope(viewer.Authority, viewer.School), Reference) is not { } episode
            || !Scope.MayWriteEpisode(viewer, episode.Authority, episode.Urn))
        {
            return null;
        }
        ReadNote.Of(HttpContext).ChildId = episode.ChildId;
        Named = await restricted.NamedAsync(viewer.Authority, [Reference, episode.ChildId], HttpContext.RequestAborted);
        People = await people.NameableAsync(viewer);
        return episode;
    }
}
