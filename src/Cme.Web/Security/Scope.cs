namespace Cme.Web.Security;

/// <summary>
/// The one place that says what belongs to a viewer's organisation. What does not is "not found", never "forbidden": an
/// answer must not tell whether another organisation has a school, a pupil or an episode.
/// </summary>
public static class Scope
{
    /// <summary>Whether a school of the viewer's own authority may be read. (A school of another authority is never looked up.)</summary>
    public static bool MayReadSchool(Viewer viewer, string urn) => viewer.OfAuthority || viewer.School == urn;

    /// <summary>Whether the viewer may change a school's calendar or roll.</summary>
    public static bool MayWriteSchool(Viewer viewer, string urn) => MayReadSchool(viewer, urn) && !viewer.ReadOnly;

    /// <summary>Whether the viewer may name the school's contacts and say that they are still so: its own people, and the authority's lead.</summary>
    public static bool MayNameContacts(Viewer viewer, string urn) =>
        MayWriteSchool(viewer, urn) && (!viewer.OfAuthority || viewer.Role == Roles.CmeLead);

    /// <summary>Whether the viewer may publish a calendar of the school: those who answer for the school, and the authority's lead.</summary>
    public static bool MayPublishCalendar(Viewer viewer, string urn) =>
        MayWriteSchool(viewer, urn) && viewer.Role is (Roles.Head or Roles.Dsl or Roles.CmeLead);

    /// <summary>Whether the viewer may say by which timetable a pupil of the school comes: the school's people, and the authority's lead.</summary>
    public static bool MayChangeTimetables(Viewer viewer, string urn) =>
        MayWriteSchool(viewer, urn) && (Roles.OfSchool.Contains(viewer.Role) || viewer.Role == Roles.CmeLead);

    /// <summary>Whether the viewer may read the reports of the school: its head, and the authority's lead and auditor.</summary>
    public static bool MayReadReports(Viewer viewer, string urn) => MayReadSchool(viewer, urn) && viewer.Role is (Roles.Head or Roles.CmeLead or Roles.Auditor);

    /// <summary>Whether the viewer may read what a provider returns of its days: those who may read the provider, and the school that placed its pupils.</summary>
    public static bool MayReadReturns(Viewer viewer, string urn, string? commissioner) =>
        MayReadSchool(viewer, urn) || (commissioner is not null && viewer.School == commissioner);

    /// <summary>Whether the viewer may set the authority's flags of a child.</summary>
    public static bool MaySetFlags(Viewer viewer) => viewer.OfAuthority && SeesCases(viewer) && !viewer.ReadOnly;

    /// <summary>Whether the viewer sees cases at all: administrators see none, wherever they are (FACTS D3).</summary>
    private static bool SeesCases(Viewer viewer) => viewer.Kind == ViewerKind.Key || viewer.SeesCases;

    /// <summary>Whether the viewer may read an episode that a school of an authority has.</summary>
    public static bool MayReadEpisode(Viewer viewer, string authority, string urn) =>
        viewer.Authority == authority && SeesCases(viewer) && MayReadSchool(viewer, urn);

    /// <summary>Whether the viewer may record what was done about such an episode.</summary>
    public static bool MayWriteEpisode(Viewer viewer, string authority, string urn) =>
        MayReadEpisode(viewer, authority, urn) && !viewer.ReadOnly;

    /// <summary>Whether the viewer may watch a board. A school's own people see their school's board and no other.</summary>
    public static bool MayWatch(Viewer viewer, Board board) => SeesCases(viewer) && board switch
    {
        { Kind: BoardKind.School, Urn: { } urn } => MayReadSchool(viewer, urn),
        { Kind: BoardKind.Desk } => viewer.OfAuthority,
        { Kind: BoardKind.Lead } => viewer.OfAuthority && (viewer.Kind == ViewerKind.Key || viewer.Role is Roles.CmeLead or Roles.Auditor),
        _ => false,
    };
}
