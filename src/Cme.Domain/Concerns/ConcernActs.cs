using System.Collections.Immutable;

namespace Cme.Domain.Concerns;

/// <summary>An action that can be recorded of a concern.</summary>
/// <param name="Id">As published.</param>
/// <param name="Outcomes">One of which it must have; empty for an action that takes none.</param>
public sealed record ConcernAct(string Id, ImmutableArray<string> Outcomes)
{
    /// <summary>Whom it can be about, one of which it must name; empty for an action that is about nobody else.</summary>
    public ImmutableArray<string> Whom { get; init; } = [];

    /// <summary>Outcomes that need to be explained; a null stands for an action without outcomes.</summary>
    public ImmutableArray<string?> Explained { get; init; } = [];

    /// <summary>True if it may be done before anybody has said how great the risk is: what cannot wait, and what decides nothing.</summary>
    public bool BeforeScreening { get; init; }
}

/// <summary>What can be done about a concern, with which outcomes. Source: CHE-04 to CHE-11, FACTS D8.</summary>
public static class ConcernActs
{
    public const string Screen = "screen", Match = "match", Check = "check", ConcludeChecks = "conclude-checks", ContactFamily = "contact-family",
        ConsultDsl = "consult-dsl", ReferPolice = "refer-police", ReferCsc = "refer-csc", Share = "share", OtherChildren = "other-children", Locate = "locate",
        Note = "note", TakeOn = "take-on", GiveTo = "give-to", Release = "release", Close = "close", Reopen = "reopen";

    /// <summary>How great the risk is.</summary>
    public const string ImmediateDanger = "immediate-danger", Safeguarding = "safeguarding", Education = "education", OutOfScope = "out-of-scope";

    /// <summary>What the checks say of contacting the family.</summary>
    public const string MayContact = "may-contact", DoNotContact = "do-not-contact";

    /// <summary>It belongs to a child's open episode, and what is to be done is owed there.</summary>
    public const string FollowedInEpisode = "followed-in-episode";
    public const string NotTraced = "not-traced", Duplicate = "duplicate";

    /// <summary>How it came (CHE-04): the form, a system of a partner, or a person who wrote it down for somebody who rang or wrote.</summary>
    public static readonly ImmutableArray<string> Channels = ["form", "interface", "phone", "email"];

    /// <summary>What it is about (CHE-04): no education; somebody who may have gone missing from the area; or the reporter cannot say.</summary>
    public static readonly ImmutableArray<string> Worries = ["missing-education", "missing-from-area", "other"];

    public static readonly ImmutableArray<string> Dangers = ["yes", "no", "unknown"];

    public static readonly ImmutableArray<string> Ways = ["call", "message", "letter", "visit"];

    /// <summary>Somebody of the family answered, or was seen.</summary>
    public static readonly ImmutableArray<string?> Reached = ["reached-safe", "reached-concern"];

    public static readonly ImmutableArray<ConcernAct> All =
    [
        new(Screen, [ImmediateDanger, Safeguarding, Education, OutOfScope]) { Explained = [OutOfScope], BeforeScreening = true },
        new(Match, ["child", "not-known"]),
        new(Check, [])
        {
            Whom =
            [
                "authority-databases", "admissions", "health", "police", "housing", "known-agency", "origin-authority", "destination-authority", "home-office",
            ],
            Explained = [null],
        },
        new(ConcludeChecks, [MayContact, DoNotContact]) { Explained = [DoNotContact] },
        new(ContactFamily, ["reached-safe", "reached-concern", "no-answer", "moved", "refused"]),
        new(ConsultDsl, []) { Explained = [null] },
        new(ReferPolice, []) { BeforeScreening = true },
        new(ReferCsc, []) { BeforeScreening = true },
        new(Share, []) { Whom = ["s2s", "origin-authority", "destination-authority", "previous-school", "new-school", "all-agencies"] },
        new(OtherChildren, ["safe", "concern", "none-known", "not-appropriate"]) { Explained = ["concern", "not-appropriate"] },
        new(Locate, ["in-education", "not-in-education"]) { Explained = ["in-education", "not-in-education"] },
        new(Note, []) { Explained = [null], BeforeScreening = true },
        new(TakeOn, []) { BeforeScreening = true },
        new(GiveTo, []) { BeforeScreening = true },
        new(Release, []) { BeforeScreening = true },
        new(Close,
        [
            "in-education", "back-in-education", "home-educated", FollowedInEpisode, "other-authority", "moved-abroad", NotTraced, OutOfScope, Duplicate,
        ]) { Explained = [NotTraced, OutOfScope, Duplicate] },
        new(Reopen, []) { Explained = [null], BeforeScreening = true },
    ];

    /// <summary>The action of that id, or null.</summary>
    public static ConcernAct? Find(string id) => All.FirstOrDefault(act => act.Id == id);
}
