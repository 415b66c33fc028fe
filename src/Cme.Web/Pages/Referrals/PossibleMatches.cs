using System.Collections.Immutable;
using Cme.Storage.Episodes;
using Cme.Storage.Searches;
using Cme.Web.Api.Referrals;
using Cme.Web.Security;

namespace Cme.Web.Pages.Referrals;

/// <summary>A child whom a referral may be about.</summary>
/// <param name="Why">What the two have in common, such as "same date of birth".</param>
/// <param name="Pupil">As the current school has the child.</param>
/// <param name="Episode">The reference of an open episode; null if none is.</param>
public sealed record PossibleMatch(string ChildId, FoundPupil Pupil, ImmutableArray<string> Why, string? Episode);

/// <summary>
/// Looks for the children whom a referral may be about: by each thing that it says, so that a name misspelt is found by the birth date and a
/// wrong birth date by the name. Held to what the viewer may see, as any search is.
/// </summary>
public sealed class PossibleMatches(ISearches searches, IEpisodes episodes)
{
    private const int Most = 10, MostOfOne = 50, MostWords = 3;

    /// <summary>Those who have most in common with what is said, first.</summary>
    public async Task<ImmutableArray<PossibleMatch>> FindAsync(Viewer viewer, ReferredChild child, CancellationToken cancel)
    {
        var scope = new CallerScope(viewer.Authority, viewer.School);
        var found = new Dictionary<string, (FoundPupil Pupil, List<string> Why)>();
        foreach (var (why, criteria) in CriteriaOf(child))
        {
            foreach (var pupils in (await searches.FindAsync(scope, criteria, MostOfOne, cancel)).GroupBy(pupil => pupil.ChildId))
            {
                found.TryAdd(pupils.Key, (pupils.First(), []));
                found[pupils.Key].Why.Add(why);
            }
        }
        var best = found.OrderByDescending(one => one.Value.Why.Count).ThenBy(one => one.Value.Pupil.Surname, StringComparer.OrdinalIgnoreCase)
            .ThenBy(one => one.Value.Pupil.Forename, StringComparer.OrdinalIgnoreCase).Take(Most);
        var matches = ImmutableArray.CreateBuilder<PossibleMatch>();
        foreach (var (id, (pupil, why)) in best)
        {
            var open = await episodes.ListAsync(new() { Scope = scope, ChildId = id }, 1, null, cancel);
            matches.Add(new(id, pupil, [.. why], open.Rows.FirstOrDefault()?.Reference));
        }
        return matches.ToImmutable();
    }

    /// <summary>A name alone finds by its beginnings, in any order; a word of one letter finds everybody and is left out.</summary>
    private static IEnumerable<(string Why, SearchCriteria Criteria)> CriteriaOf(ReferredChild child)
    {
        if (child.Upn is { Length: > 0 } upn) { yield return ("same UPN", new() { Upn = upn }); }
        if (child.DateOfBirth is { } born) { yield return ("same date of birth", new() { DateOfBirth = born }); }
        if (Words(child.Surname) is { Length: > 0 } surname) { yield return ("same surname", new() { Name = surname }); }
        if (Words(child.Forename) is { Length: > 0 } forename) { yield return ("same first name", new() { Name = forename }); }
        if (child.Postcode is { Length: > 0 } postcode) { yield return ("same postcode", new() { Postcode = postcode }); }
    }

    private static string Words(string? name) =>
        string.Join(' ', (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(word => word.Length > 1).Take(MostWords));
}
