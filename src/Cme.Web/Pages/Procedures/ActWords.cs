using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Procedures;

/// <summary>An act that a pack names, in the words of the form that records it.</summary>
public static class ActWords
{
    /// <summary>Such as "Call: nobody answered" or "Letter: sent". Outcomes that make up whole groups of the form are told by the group's heading.</summary>
    public static string Of(ActionMatch match)
    {
        var action = Labels.Words(match.Action);
        var about = match.Whom.IsEmpty ? action : $"{action} ({string.Join(", or ", match.Whom.Select(Parties.Words))})";
        return match.Outcomes.IsEmpty ? about : $"{about}: {string.Join(", or ", Outcomes(match)).ToLowerInvariant()}";
    }

    private static IEnumerable<string> Outcomes(ActionMatch match)
    {
        var left = match.Outcomes.ToHashSet();
        foreach (var group in ActForms.For(match.Action)?.Groups ?? [])
        {
            if (group.Heading.Length > 0 && group.Choices.All(choice => left.Contains(choice.Id)))
            {
                left.ExceptWith(group.Choices.Select(choice => choice.Id));
                yield return group.Heading;
            }
            foreach (var choice in group.Choices.Where(choice => left.Remove(choice.Id))) { yield return choice.Words; }
        }
        foreach (var other in match.Outcomes.Where(left.Contains)) { yield return Labels.Words(other); }
    }
}
