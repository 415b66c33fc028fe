using System.Collections.Immutable;

namespace Cme.Domain.Episodes;

/// <summary>Where the work on an open record stands, in one word for lists.</summary>
internal static class Stages
{
    public const string Enquiring = "enquiring";
    private const string ToConfirm = "to-confirm";
    private const string Found = "found";

    public static string Of(Episode.Underway now) => now.Subject.Kind switch
    {
        EpisodeKinds.Cme => OfPlaces(now) ?? ByActs(now, "tracing"),
        EpisodeKinds.MissingPerson => OfPlaces(now) ?? ByActs(now, "reported"),
        EpisodeKinds.HomeEducation => OfPlaces(now) ?? ByActs(now, "notified"),
        _ => now.Known.IsReferred ? "referred" : now.Known.Asked is not [] ? ToConfirm : Enquiring,
    };

    /// <summary>A school has the child on its list, or saw the child, and nobody has confirmed since that the child is there.</summary>
    private static string? OfPlaces(Episode.Underway now)
    {
        var asked = now.Known.Placed.Select(placed => placed.Number).Concat(now.Known.Elsewhere.Select(seen => seen.Number)).DefaultIfEmpty().Max();
        return asked > 0 && !now.Known.Acts.Any(act => act.Number > asked && act is { Action: ActionNames.Sighting } or { Action: ActionNames.SchoolPlace, Outcome: "started" })
            ? ToConfirm : null;
    }

    /// <summary>The latest act that says where the child or the education stands decides.</summary>
    private static string ByActs(Episode.Underway now, string otherwise) =>
        now.Known.Acts.OrderByDescending(act => act.HappenedAt).ThenByDescending(act => act.Number).Select(act => OfAct(act, now.Subject.Kind)).OfType<string>().FirstOrDefault()
        ?? otherwise;

    private static string? OfAct(Act act, string kind) => act switch
    {
        { Action: ActionNames.AttendanceOrder, Outcome: "notice-served" } => "notice-served",
        { Action: ActionNames.AttendanceOrder, Outcome: "satisfied" } => "suitable",
        { Action: ActionNames.AttendanceOrder, Outcome: "order-made" } => "order-made",
        { Action: ActionNames.EducationAssessment, Outcome: { } found } when kind == EpisodeKinds.HomeEducation => found,
        { Action: ActionNames.SchoolPlace, Outcome: "applied" } => "place-applied-for",
        { Action: ActionNames.SchoolPlace, Outcome: "offered" } => "place-offered",
        { Action: ActionNames.SchoolPlace, Outcome: "started" } => "place-started",
        { Action: ActionNames.Finding, Outcome: "found-unsafe" } => Found,
        { Action: ActionNames.Sighting } or { Action: "visit", Outcome: "seen-safe" or "seen-concern" } => Found,
        { Action: "agency-update", Outcome: "risk-grade", Whom: "police" } when kind == EpisodeKinds.MissingPerson => "graded",
        _ => null,
    };
}
