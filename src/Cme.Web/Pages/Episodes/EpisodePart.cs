using Cme.Storage.Episodes;
using Cme.Web.Security;
using Cme.Web.Security.Reads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Episodes;

/// <summary>Whose episode it is, as every page of one shows it.</summary>
public sealed record EpisodeHeading(EpisodeRow Episode, Access Access)
{
    public string Name => $"{Episode.Forename} {Episode.Surname}";
}

/// <summary>A page about one part of an episode: the episode, who looks at it, and what they may read and do.</summary>
public abstract class EpisodePart(IEpisodes episodes) : PageModel
{
    /// <summary>The episode's reference.</summary>
    [FromRoute] public string Reference { get; set; } = "";

    public EpisodeRow Episode { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    /// <summary>What the viewer may read of this one record.</summary>
    public Access Access { get; private set; } = null!;

    public EpisodeHeading Heading => new(Episode, Access);
    public bool IsOpen => Episode.Status == "open";
    /// <summary>Whether the viewer may record what was done.</summary>
    public bool MayRecord => IsOpen && Scope.MayWriteEpisode(Viewer, Episode.Authority, Episode.Urn);

    protected CallerScope Caller => new(Viewer.Authority, Viewer.School);

    /// <summary>Reads the episode; false if the viewer has none of this reference, or keeps of it only what it recorded itself.</summary>
    protected async Task<bool> FindAsync()
    {
        Viewer = Viewer.Of(User);
        if (await episodes.GetAsync(Caller, Reference) is not { } episode) { return false; }
        (Episode, Access) = (episode, Access.Of(Viewer, episode));
        (ReadNote.Of(HttpContext).ChildId, ReadNote.Of(HttpContext).Fourth) = (episode.ChildId, Access.Fourth);
        return Access.EvidenceOf is null;
    }
}
