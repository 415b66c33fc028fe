using System.Collections.Immutable;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.Searches;
using Cme.Web.Security;

namespace Cme.Web.Api.Searches;

/// <summary>Looks for children within a viewer's scope, for the API and for the page alike.</summary>
public sealed class ChildSearch(ISearches searches, IEpisodes episodes)
{
    private const int Most = 50, EpisodesOfChild = 20;

    /// <summary>The children who fit, those with an open episode first, each with the episodes within the viewer's scope, newest first.</summary>
    public async Task<FoundChildren> FindAsync(Viewer viewer, SearchCriteria criteria, CancellationToken cancel)
    {
        var scope = new CallerScope(viewer.Authority, viewer.School);
        var found = await searches.FindAsync(scope, criteria, Most + 1, cancel);
        var children = new List<FoundOne>();
        foreach (var child in found.Take(Most).GroupBy(pupil => pupil.ChildId))
        {
            var page = await episodes.ListAsync(new() { Scope = scope, Status = "all", ChildId = child.Key }, EpisodesOfChild, null, cancel);
            children.Add(new([.. child], page.Rows));
        }
        return new([.. children.OrderByDescending(child => child.HasOpen)], found.Length > Most);
    }

    /// <summary>What is wrong with criteria, by the field: the code that the API publishes, and words that follow the field's name.</summary>
    /// <param name="reference">As it was typed, of which the criteria have the episode's if it is one.</param>
    public static IEnumerable<(string Field, string Code, string Words)> FaultsOf(SearchCriteria criteria, string? reference)
    {
        if (reference is not null && criteria.Reference is null)
        {
            yield return ("reference", "invalid-reference", "is no reference of an episode: a character is wrong or missing");
        }
        if (criteria.Name is { } name && name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words && (words.Length > 3 || words.All(word => word.Length < 2)))
        {
            yield return ("name", "too-vague", "must have one to three words, one of them of at least two letters");
        }
        if (reference is null && criteria == new SearchCriteria())
        {
            yield return ("", "required", "must have at least one of name, upn, reference, postcode and dateOfBirth");
        }
    }

    /// <summary>The key of an episode's reference as somebody typed it; null if it is none.</summary>
    public static string? KeyOf(string? reference) => EpisodeReference.TryParse(reference, null, out var parsed) ? parsed.Key : null;
}

/// <summary>Whom a search found.</summary>
/// <param name="More">True if there are more than are given.</param>
public sealed record FoundChildren(ImmutableArray<FoundOne> Children, bool More);

/// <summary>A child: the records of it at each school, the current first, and its episodes.</summary>
public sealed record FoundOne(ImmutableArray<FoundPupil> Pupils, ImmutableArray<EpisodeRow> Episodes)
{
    public FoundPupil Latest => Pupils[0];

    public bool HasOpen => Episodes.Any(episode => episode.Status == "open");
}
