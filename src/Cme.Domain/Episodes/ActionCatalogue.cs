using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cme.Domain.Episodes;

/// <summary>The published names of actions that rules mention.</summary>
public static class ActionNames
{
    public const string Call = "call";
    public const string Close = "close";
    public const string Reopen = "reopen";
    /// <summary>Takes back an earlier act and puts nothing in its place.</summary>
    public const string Correct = "correct";
    public const string ReferPolice = "refer-police";
    public const string ReferCsc = "refer-csc";
    public const string ReferAuthority = "refer-authority";
    /// <summary>Whoever is to hear of it was told, such as the authority by a return.</summary>
    public const string Notify = "notify";
    public const string QuestionSet = "question-set";
    /// <summary>Where the child was found; <c>whom</c> says with whom (DOR-55, DOR-57).</summary>
    public const string Found = "found";
    /// <summary>The police, or somebody for them, saw the child after the return. The outcome is the main theme (DOR-55).</summary>
    public const string SafeAndWellCheck = "safe-and-well-check";
    /// <summary>Somebody independent spoke with the child after the return. The outcome is the main theme (DOR-55).</summary>
    public const string ReturnInterview = "return-interview";
    /// <summary>The case was looked at again, and a plan made (DOR-26, DOR-27).</summary>
    public const string Review = "review";
    /// <summary>A common transfer file was sent, or it was recorded why it is not owed.</summary>
    public const string Ctf = "ctf";
    /// <summary>One side signs for the enquiries that school and authority made together.</summary>
    public const string JointLog = "joint-log";
    /// <summary>The school states what it believes of a child whose name it wants to remove.</summary>
    public const string RemovalStatement = "removal-statement";
    /// <summary>The authority says whether the name may be removed.</summary>
    public const string RollDecision = "roll-decision";
    /// <summary>The child was seen; of whom it is, is who found the child.</summary>
    public const string Sighting = "sighting";
    /// <summary>Why a child is missing education: what the authority is asked for in the national return.</summary>
    public const string Reason = "reason";
    /// <summary>A place at a school: asked for, offered, started, refused.</summary>
    public const string SchoolPlace = "school-place";
    /// <summary>What the authority found of an education at home.</summary>
    public const string EducationAssessment = "education-assessment";
    /// <summary>The notice to satisfy the authority, and the school attendance order that may follow it.</summary>
    public const string AttendanceOrder = "attendance-order";
    /// <summary>A result that closes nothing.</summary>
    public const string Finding = "finding";
}

/// <summary>Which actions can be recorded, with which outcomes (the published contract, "Actions").</summary>
public static class ActionCatalogue
{
    /// <summary>A call in which nobody was reached: starts the two hours of NOR-06.</summary>
    public static readonly ImmutableArray<string> Unanswered = ["no-answer", "voicemail", "number-dead", "wrong-number"];

    /// <summary>The parent says that the child is safe with them (NOR-07): closes the episode.</summary>
    public const string ParentChildSafe = "parent-child-safe";

    /// <summary>What a check or an interview after the return was mainly about (DOR-50, DOR-55, DOR-57).</summary>
    private static readonly ImmutableArray<string> Themes =
    [
        "no-theme", "family", "friends", "placement", "school", "health", "sexual-exploitation", "criminal-exploitation", "drugs-or-alcohol", "trafficking",
        "other-theme",
    ];

    /// <summary>What can come of an enquiry or a check; the last is a decision not to ask, with its reason (DOR-24).</summary>
    private static readonly ImmutableArray<string> Findings = ["nothing-known", "information", "located", "no-answer", "not-appropriate"];

    private static readonly FrozenDictionary<string, ImmutableArray<string>> Outcomes =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["call"] =
            [
                .. Unanswered, ParentChildSafe, "other-person-reassured", "other-person-not-reassured", "refused", "child-spoke",
                "parent-child-not-safe", "parent-child-missing",
            ],
            ["visit"] = ["seen-safe", "seen-concern", "no-access", "moved", "refused"],
            ["letter"] = ["sent"],
            ["reply"] = ["contact-made"],
            ["risk-assessment"] = ["no-concern", "concern", "risk-of-harm"],
            ["consult-dsl"] = ["confirmed-safe", "not-confirmed"],
            [ActionNames.Found] =
            [
                "home", "relatives", "friends", "placement", "other-school", "public-place", "transport", "hospital", "custody", "other-authority",
                "abroad", "elsewhere", "not-said",
            ],
            [ActionNames.SafeAndWellCheck] = ["refused", .. Themes],
            [ActionNames.ReturnInterview] = ["refused", .. Themes],
            [ActionNames.RollDecision] = ["remove", "keep"],
            [ActionNames.JointLog] = ["signed"],
            [ActionNames.Sighting] = ["seen"],
            ["close"] = [.. ClosureReasons.All.Where(reason => reason.Closes).Select(reason => reason.Id)],
            [ActionNames.Finding] = [.. ClosureReasons.All.Where(reason => !reason.Closes).Select(reason => reason.Id)],
            [ActionNames.Reason] = [.. MissingReasons.All.Select(reason => reason.Id)],
            [ActionNames.SchoolPlace] = ["applied", "offered", "started", "refused"],
            [ActionNames.EducationAssessment] = ["suitable", "not-suitable", "no-information"],
            [ActionNames.AttendanceOrder] = ["notice-served", "satisfied", "order-made", "complied", "revoked"],
            ["message"] = [],
            ["vulnerability-assessment"] = [],
            [ActionNames.QuestionSet] = ["no-concern", "concern"],
            ["agency-update"] = ["reference", "risk-grade", "contact", "decision"],
            ["meeting"] = ["convened", "attended", "not-attended"],
            ["advise-parent"] = [],
            ["enquiry"] = Findings,
            ["check"] = Findings,
            ["refer-authority"] = [],
            ["refer-csc"] = [],
            ["refer-police"] = [],
            ["hold-referral"] = [],
            [ActionNames.Review] = [],
            [ActionNames.RemovalStatement] = [],
            [ActionNames.Ctf] = [],
            [ActionNames.Notify] = [],
            ["chase"] = [],
            ["extend"] = [],
            ["reopen"] = [],
            ["correct"] = [],
            ["note"] = [],
        }.ToFrozenDictionary();

    /// <summary>What only some records know: a school's roll, or what an authority does for a child without a school.</summary>
    private static readonly FrozenDictionary<string, ImmutableArray<string>> OnlyOf =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["refer-authority"] = [EpisodeKinds.Whereabouts],
            [ActionNames.RollDecision] = [EpisodeKinds.Whereabouts],
            [ActionNames.JointLog] = [EpisodeKinds.Whereabouts],
            [ActionNames.RemovalStatement] = [EpisodeKinds.Whereabouts],
            ["hold-referral"] = [EpisodeKinds.Whereabouts],
            [ActionNames.SchoolPlace] = EpisodeKinds.OfAuthority,
            [ActionNames.EducationAssessment] = [EpisodeKinds.Cme, EpisodeKinds.HomeEducation],
            [ActionNames.AttendanceOrder] = [EpisodeKinds.Cme, EpisodeKinds.HomeEducation],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every action with its outcomes; an action without outcomes takes none.</summary>
    public static IEnumerable<(string Action, ImmutableArray<string> Outcomes)> All =>
        Outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value));

    /// <summary>The outcomes that an action may have; empty for one that takes none, or is unknown.</summary>
    public static ImmutableArray<string> OutcomesOf(string action) => Outcomes.GetValueOrDefault(action, []);

    /// <summary>The outcomes that it may have in a record of that kind.</summary>
    public static ImmutableArray<string> OutcomesOf(string action, string kind) => action == ActionNames.Close
        ? [.. ClosureReasons.Closing(kind).Select(reason => reason.Id)] : OutcomesOf(action);

    /// <summary>Whether the action can be recorded in a record of that kind at all.</summary>
    public static bool IsOf(string action, string kind) => !OnlyOf.TryGetValue(action, out var kinds) || kinds.Contains(kind);

    /// <summary>
    /// True if the pair may be recorded. An action that has outcomes needs one of them, but for the answers to questions, which may be
    /// recorded without a judgement; one that has none takes null.
    /// </summary>
    public static bool Allows(string action, string? outcome, string kind) =>
        Outcomes.ContainsKey(action) && IsOf(action, kind) && OutcomesOf(action, kind) is var outcomes
        && (outcome is null ? outcomes.IsEmpty || MayBeLeftOut(action) : outcomes.Contains(outcome));

    /// <summary>Whether the act may be recorded without its outcome: the answers to questions, and what came of an enquiry.</summary>
    public static bool MayBeLeftOut(string action) => action is ActionNames.QuestionSet or "enquiry" or "check";

    /// <summary>What would have been allowed in a record of that kind: the outcomes of an action that it knows, or else every action.</summary>
    public static ImmutableArray<string> AllowedInstead(string action, string kind = EpisodeKinds.Whereabouts) =>
        Outcomes.ContainsKey(action) && IsOf(action, kind)
            ? [.. Pairs(action, kind)]
            : [.. All.Where(pair => IsOf(pair.Action, kind)).SelectMany(pair => Pairs(pair.Action, kind))];

    private static IEnumerable<string> Pairs(string action, string kind) =>
        OutcomesOf(action, kind) is { IsEmpty: false } outcomes ? outcomes.Select(outcome => $"{action}: {outcome}") : [action];
}

/// <summary>Why an episode was closed (FACTS, outcomes); some outcomes are recorded without closing anything.</summary>
public static class ClosureReasons
{
    public const string ExplainedAbsence = "explained-absence";
    public const string Duplicate = "duplicate-record";
    public const string Returned = "returned-same-school";
    /// <summary>The product's own: the marks that made the run were taken away by a correction.</summary>
    public const string RegisterCorrected = "register-corrected";

    public static readonly ImmutableArray<ClosureReason> All =
    [
        new(ExplainedAbsence, "Reason established, child seen or confirmed safe", true) { NotOf = [EpisodeKinds.Cme, EpisodeKinds.HomeEducation] },
        new(Returned, "Returned to the same school", true),
        new("on-roll-new-school", "On roll and attending another school", true),
        new("in-ap", "In alternative or specialist provision", true),
        new("ehe-suitable", "Home education, suitable", true) { NotOf = [EpisodeKinds.MissingPerson, EpisodeKinds.HomeEducation] },
        new("ehe-unassessed", "Home education, not yet assessed", false),
        new("moved-other-la-confirmed", "Another authority has confirmed responsibility", true),
        new("left-uk-confirmed", "Left the UK, confirmed", true),
        new("left-uk-unconfirmed", "Left the UK, not confirmed", false),
        new("detained", "In detention, location known", true),
        new("over-age", "Left compulsory school age", true) { NotOf = [EpisodeKinds.MissingPerson] },
        new("deceased", "Died", true),
        new("police-missing-person", "Passed to police as a missing person", false),
        new("found-unsafe", "Found, safeguarding action under way", false),
        new("not-found-deleted-from-roll", "Not found, name lawfully deleted, authority still tracing", false),
        new(Duplicate, "Duplicate", true),
    ];

    /// <summary>Closed for one of these, an episode was none: nobody was missing, or it is counted elsewhere.</summary>
    public static readonly ImmutableArray<string> Mistakes = [RegisterCorrected, Duplicate];

    public static bool IsMistake(string reason) => Mistakes.Contains(reason);

    /// <summary>The outcomes that close a record of that kind.</summary>
    public static IEnumerable<ClosureReason> Closing(string kind) => All.Where(reason => reason.Closes && !reason.NotOf.Contains(kind));

    /// <summary>The reason in words; the id itself where the product has none.</summary>
    public static string Text(string id) =>
        id == RegisterCorrected ? "The register was corrected: no unexplained session is left"
        : All.FirstOrDefault(reason => reason.Id == id)?.Text ?? id;
}

public sealed record ClosureReason(string Id, string Text, bool Closes)
{
    /// <summary>Kinds of record that it cannot close: a child off roll is not explained by being seen.</summary>
    public ImmutableArray<string> NotOf { get; init; } = [];
}
