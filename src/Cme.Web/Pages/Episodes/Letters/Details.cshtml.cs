using Cme.Storage.Episodes;
using Cme.Storage.Letters;
using Cme.Web.Letters;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cme.Web.Pages.Episodes.Letters;

/// <summary>A letter as it was kept, to print on A4 or to send, with its copy in another language on a sheet of its own.</summary>
[Authorize(Policies.Episode)]
public sealed class DetailsModel(IEpisodes episodes, ILetters letters) : EpisodePart(episodes)
{
    public LetterRecord Letter { get; private set; } = null!;

    public string Name => LetterTemplate.Find(Letter.Kind)?.Name ?? "Letter";

    /// <summary>The form that records that it was sent, filled in with what is known.</summary>
    public string RecordAddress =>
        $"/episodes/{Reference}/record-letter?letter={Letter.Id}";

    public async Task<IActionResult> OnGetAsync(string letter)
    {
        if (!await FindAsync() || await letters.GetAsync(Caller, Reference, letter, HttpContext.RequestAborted) is not { } found) { return NotFound(); }
        Letter = found;
        return Page();
    }
}
