using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Web.Security;

/// <summary>What is left out of a record for those who do not read its higher layers (FACTS D3, D4).</summary>
public static class Masks
{
    /// <summary>Whoever sees one of these knows a secret that can cost somebody's safety: layer 4, for named people only.</summary>
    private static readonly ImmutableArray<string> Restricted =
        ["refuge_placement", "adopted_identity_severed", "witness_protection", "police_sensitive", "immigration_restricted", "subject_to_restriction"];

    /// <summary>The Home Office gives notice of, and is told of, no other child than one whose stay is restricted (DOR-36 to DOR-48).</summary>
    private static readonly ImmutableArray<string> RestrictedParties = ["home-office", "home-office-enquiry-unit", "home-office-command"];

    /// <summary>The flags that a viewer of so many layers sees.</summary>
    public static ImmutableArray<string> Flags(ImmutableArray<string> flags, int layers) =>
        layers >= 4 || !flags.Any(flag => Restricted.Contains(flag)) ? flags : [.. flags.Where(flag => !Restricted.Contains(flag))];

    /// <summary>Flags that a viewer of so many layers is not shown: whoever changes the others leaves these as they are.</summary>
    public static ImmutableArray<string> UnseenFlags(int layers) =>
        [.. Cme.Domain.Children.Flags.All.Select(flag => flag.Id).Where(id => Flags([id], layers).IsEmpty)];

    /// <summary>An address as it may be shown: nowhere, where it is to be hidden. Telephone numbers stay, for whoever has to call.</summary>
    public static T? Address<T>(T? address, bool hidden) where T : class => hidden ? null : address;

    /// <summary>
    /// What an organisation reported of a child, as another may read it: the narrative is of layer 3, and so is who told of it. What
    /// somebody recorded, the organisation itself reads back.
    /// </summary>
    public static bool Narrative(Viewer viewer, string recordedBy) => viewer.Layers >= 3 || viewer.Organisation == recordedBy;

    /// <summary>
    /// What a child spoke of after the return is narrative, one word of it too: without layer 3 it is only told that somebody spoke. What passed
    /// with the Home Office is immigration status, layer 4 (DOR-35 to DOR-48): those who see to the case read that it was done, not what was said,
    /// and without layer 3 not with whom either.
    /// </summary>
    public static EpisodeEvent Themes(EpisodeEvent happened, int layers) =>
        layers < 4 && happened is EpisodeEvent.ActionRecorded { Deed: { Action: ActionNames.Notify or ActionNames.Sighting or "agency-update", Whom: { } whom } about } restricted
            && RestrictedParties.Contains(whom) ? restricted with { Deed = about with { Whom = layers < 3 ? null : whom, Layer = 4 } }
        : layers < 3 && happened is EpisodeEvent.ActionRecorded { Deed: { Action: ActionNames.SafeAndWellCheck or ActionNames.ReturnInterview } deed } e
            ? e with { Deed = deed with { Outcome = null } } : happened;

    /// <summary>A note, or null for those who do not read its layer.</summary>
    public static string? Note(string? note, int layer, int layers) => layer <= layers ? note : null;
}
