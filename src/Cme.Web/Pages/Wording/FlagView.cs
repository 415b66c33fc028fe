using System.Collections.Immutable;
using Cme.Domain.Children;

namespace Cme.Web.Pages.Wording;

/// <summary>A child's flag as a page shows it: always in words, the colour only says it again.</summary>
/// <param name="Urgent">It puts the child on the duty desk from the start.</param>
public sealed record FlagView(string Words, bool Urgent)
{
    /// <summary>The tag's colour class.</summary>
    public string Colour => Urgent ? "govuk-tag--red" : "govuk-tag--purple";

    /// <summary>The flags in words, the urgent ones first.</summary>
    public static ImmutableArray<FlagView> Of(ImmutableArray<string> ids) =>
    [
        .. ids.Select(id => new FlagView(Flags.Find(id)?.Label ?? Labels.Words(id), Flags.IsFlagged([id])))
            .OrderByDescending(flag => flag.Urgent),
    ];
}
