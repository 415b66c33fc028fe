using System.Collections.Immutable;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;

namespace Cme.Domain.Enquiries;

/// <summary>Whose enquiry it is. Either side may record it, since a child is looked for together.</summary>
public enum EnquirySide
{
    School,
    Authority,
}

/// <summary>How an enquiry stands.</summary>
public enum EnquiryState
{
    /// <summary>Nobody has asked yet.</summary>
    ToAsk,

    /// <summary>A visit that waits for its risk assessment.</summary>
    AssessFirst,

    /// <summary>It would reach a family that must not be contacted.</summary>
    Stopped,

    Asked,

    /// <summary>Somebody decided not to, and said why.</summary>
    LeftOut,
}

/// <summary>One line of the checklist: whom to ask, who asks it for, and what was done.</summary>
/// <param name="Id">Stable: the action and whom it is about, such as <c>check-housing</c>.</param>
/// <param name="Clauses">The rules that ask for it: the procedure's own first, then the national guidance's.</param>
/// <param name="Acts">The acts that did it, oldest first.</param>
public sealed record EnquiryLine(
    string Id, EnquirySide Side, string Action, string? Whom, string What, ImmutableArray<string> Clauses, ImmutableArray<Act> Acts, EnquiryState State)
{
    /// <summary>How it is to be asked, where that matters.</summary>
    public string Manner { get; init; } = "";
}

/// <summary>
/// The enquiries that school and authority make together about one child: what the episode's procedure and the national guidance ask for, and
/// what of it was done. Source: DOR-21 to DOR-25, SUF-03, SUF-26, SUF-27, CHE-11, MID-12; FACTS B8.
/// </summary>
public static class JointEnquiries
{
    private const string National = "B8";

    /// <summary>Steps that are there so that nobody visits without having weighed the risk.</summary>
    private static readonly ImmutableArray<string> VisitRisks = ["visit-risk-assessment", "authority-visit-risk", "visit-risk"];

    /// <summary>The lines, in the order in which they are usually taken: the school's, then the authority's.</summary>
    private static readonly ImmutableArray<(EnquirySide Side, string Action, string? Whom, string What, string? Clause)> Lines =
    [
        (EnquirySide.School, "enquiry", "all-numbers", "Phone every number on record or newly found", National),
        (EnquirySide.School, "enquiry", "staff", "Ask every member of staff who may have had contact with the child", National),
        (EnquirySide.School, "enquiry", "friends-and-parents", "Ask the child’s friends and their parents", National),
        (EnquirySide.School, "enquiry", "siblings-same-school", "Ask brothers and sisters at this school", "CHE-11"),
        (EnquirySide.School, "enquiry", "siblings-other-school", "Ask the schools of brothers and sisters elsewhere, and whether they are safe", "CHE-11"),
        (EnquirySide.School, "enquiry", "known-relatives", "Ask known relatives", National),
        (EnquirySide.School, "letter", null, "Write to the last known address", National),
        (EnquirySide.School, "enquiry", "referring-school", "Ask the school that placed the child", null),
        (EnquirySide.School, "enquiry", "authority-staff", "Consult staff of the local authority", National),
        (EnquirySide.School, "visit", "home", "Visit the home", National),
        (EnquirySide.Authority, "visit", "other-address", "Visit every other address where the child may live", "SUF-26"),
        (EnquirySide.Authority, "enquiry", "other-addresses", "Find out where else the child may live", "SUF-26"),
        (EnquirySide.Authority, "enquiry", "neighbours", "Ask the neighbours", "DOR-24"),
        (EnquirySide.Authority, "check", "authority-databases", "Check the authority’s databases", National),
        (EnquirySide.Authority, "check", "admissions", "Check admissions", National),
        (EnquirySide.Authority, "check", "housing", "Check with housing", National),
        (EnquirySide.Authority, "check", "health", "Check with health services", National),
        (EnquirySide.Authority, "check", "police", "Check with the police", National),
        (EnquirySide.Authority, "check", "known-agency", "Check with agencies that know the family", National),
        (EnquirySide.Authority, "check", "origin-authority", "Ask the authority that the child moved from", National),
        (EnquirySide.Authority, "check", "destination-authority", "Ask every authority to which the child may have moved", National),
        (EnquirySide.Authority, "check", "s2s", "Search the government’s school-to-school transfer site", National),
        (EnquirySide.Authority, "check", "home-office", "Ask the Home Office, for a child who may have come from or gone abroad", National),
    ];

    /// <summary>The checklist of an episode.</summary>
    /// <param name="owed">What the episode owes, so that a visit waits for its risk assessment.</param>
    public static ImmutableArray<EnquiryLine> Of(Episode.Underway episode, ProcedurePack pack, ImmutableArray<(string Step, bool IsOpen)> owed)
    {
        var assessed = IsVisitAssessed(episode, owed);
        return
        [
            .. from line in Lines
               let clauses = Clauses(pack, line.Action, line.Whom, line.Clause)
               where !clauses.IsEmpty
               let acts = episode.Known.Acts.Where(act => IsOf(act, line.Action, line.Whom)).OrderBy(act => act.HappenedAt).ThenBy(act => act.Number).ToImmutableArray()
               select new EnquiryLine(
                   line.Whom is { } whom ? $"{line.Action}-{whom}" : line.Action, line.Side, line.Action, line.Whom, line.What, clauses, acts,
                   acts.Length > 0 ? EnquiryState.Asked
                   : episode.Subject.DoNotContactFamily && FamilyContact.Reaches(line.Action, line.Whom) ? EnquiryState.Stopped
                   : line.Action == "visit" && !assessed ? EnquiryState.AssessFirst
                   : EnquiryState.ToAsk)
               {
                   Manner = MannerOf(line.Action, line.Whom),
               },
        ];
    }

    /// <summary>Enquiries that were made and are on no line: whom they were about was not said.</summary>
    public static ImmutableArray<Act> Others(Episode.Underway episode, ImmutableArray<EnquiryLine> lines)
    {
        var listed = lines.SelectMany(line => line.Acts).Select(act => act.Number).ToHashSet();
        return [.. episode.Known.Acts.Where(act => act.Action is "enquiry" or "check" or "visit" && !listed.Contains(act.Number)).OrderBy(act => act.HappenedAt)];
    }

    /// <summary>
    /// Whether the risk of the next visit has been weighed: no step that asks for it is open, and an assessment was recorded since the last
    /// visit. A colleague who must come along is named with the visit.
    /// </summary>
    public static bool IsVisitAssessed(Episode.Underway episode, ImmutableArray<(string Step, bool IsOpen)> owed)
    {
        var lastVisit = episode.Known.Acts.Where(act => act.Action == "visit").Max(act => (DateTimeOffset?)act.HappenedAt);
        return !owed.Any(one => one.IsOpen && VisitRisks.Contains(one.Step))
            && episode.Known.Acts.Any(act => act.Action == "risk-assessment" && !(act.HappenedAt <= lastVisit));
    }

    private static bool IsOf(Act act, string action, string? whom) =>
        act.Action == action && (act.Whom == whom || (action == "visit" && whom == "home" && act.Whom is null));

    /// <summary>The procedure's own rules that ask for it, and the one by which it is asked for everywhere.</summary>
    private static ImmutableArray<string> Clauses(ProcedurePack pack, string action, string? whom, string? everywhere) =>
    [
        .. pack.Steps.Where(step => step.DoneBy.Any(match => match.Action == action
                && (whom is null || match.Whom.Contains(whom) || (action == "visit" && whom == "home" && match.Whom.IsEmpty)))
            && (action != "letter" || step.Id == "letter"))
            .Select(step => step.Clause).Concat(everywhere is null ? [] : [everywhere]).Distinct(),
    ];

    private static string MannerOf(string action, string? whom) => (action, whom) switch
    {
        (_, "neighbours") => "Discreetly: ask only whether they know where the family is, and say nothing else (SUF-27). Weigh first whether asking could do harm.",
        ("visit", _) => "Not without a risk assessment, and with a colleague where it asks for one. Name who went along.",
        _ => "",
    };
}

/// <summary>A referral that was held back, with its reason, until a new concern ended that (DOR-20).</summary>
/// <param name="EndedBy">What ended it, in words; null while it is held.</param>
public sealed record HeldBack(Act Act, string? EndedBy, DateTimeOffset? EndedAt)
{
    /// <summary>The latest; null if no referral was held back.</summary>
    public static HeldBack? Of(Episode.Underway episode)
    {
        if (episode.Known.Acts.LastOrDefault(act => act.Action == "hold-referral") is not { } held) { return null; }
        var concern = episode.Known.Acts.Where(act => act.Number > held.Number && IsConcern(act)).Select(act => (Words: WordsOf(act), At: act.KnownAt))
            .Concat(episode.Known.FlagsAdded.Where(flag => flag.KnownAt > held.KnownAt && Children.Flags.IsFlagged([flag.Flag]))
                .Select(flag => (Words: "a flag was set on the child", At: flag.KnownAt)))
            .OrderBy(one => one.At).Select(one => ((string, DateTimeOffset)?)one).FirstOrDefault();
        return new HeldBack(held, concern?.Item1, concern?.Item2);
    }

    private static bool IsConcern(Act act) => (act.Action, act.Outcome) is
        ("question-set", "concern") or ("risk-assessment", "concern" or "risk-of-harm") or ("visit", "seen-concern")
        or ("call", "parent-child-not-safe" or "parent-child-missing") or ("refer-csc" or "refer-police", _);

    private static string WordsOf(Act act) => act.Action switch
    {
        "question-set" => "the questions gave reason for concern",
        "risk-assessment" => "a risk assessment found a concern",
        "visit" => "a visit saw the child, with a concern",
        "call" => "a parent said that the child is not safe, or missing",
        _ => "the referral was made",
    };
}
