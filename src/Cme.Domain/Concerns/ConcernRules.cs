using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;

namespace Cme.Domain.Concerns;

/// <summary>What is known of a concern's child from elsewhere.</summary>
/// <param name="FamilyBarred">The child has the flag that forbids contact with the family.</param>
/// <param name="IsInEpisode">The concern has joined an episode of the child.</param>
public readonly record struct ChildFacts(bool FamilyBarred, bool IsInEpisode);

/// <summary>What may be done about a concern, and in what order. Pure.</summary>
public static class ConcernRules
{
    /// <summary>Why the deed may not be recorded now; null if it may.</summary>
    /// <param name="now">Business clock, UTC.</param>
    public static Refusal? WhyNot(Concern concern, ConcernDeed deed, ChildFacts child, WorkingCalendar offices, DateTimeOffset now)
    {
        if (ConcernActs.Find(deed.Action) is not { } act) { return Unknown(deed.Action); }
        return WhyMalformed(act, deed) ?? WhyAt(concern, deed, now)
            ?? (deed.Action, concern) switch
            {
                (ConcernActs.Reopen, { IsOpen: true }) => Refusal.NotClosed,
                (ConcernActs.Reopen, _) => null,
                (_, { IsOpen: false }) => new("closed", "This concern is closed. Reopen it first, and say why."),
                (_, { Risk: null }) when !act.BeforeScreening => new("screen-first", "Nobody has said yet how great the risk is. Record that first."),
                (ConcernActs.TakeOn, { Holder: { } has }) when has.Id != deed.By => new("claimed", $"{has.Name} works on this concern. Ask for it, or have it given to you."),
                (ConcernActs.ConcludeChecks, _) when concern.First(ConcernActs.Check) is null => new(
                    "checks-first", "No check is recorded. Record at least one, with what came of it, before you say whether the family may be contacted (CHE-06)."),
                (ConcernActs.ContactFamily, _) => WhyNoContact(concern, child),
                (ConcernActs.Close, _) => WhyNotClosed(concern, deed.Outcome!, child, offices, now),
                _ => null,
            };
    }

    /// <summary>The family is contacted after the checks, always (CHE-06), and not at all where that could put the child in danger.</summary>
    private static Refusal? WhyNoContact(Concern concern, ChildFacts child) =>
        IsBarred(concern, child) ? new(
            "do-not-contact-family", "This family must not be contacted: it could put the child in danger. Agree with the designated safeguarding lead or children’s services how to find out whether the child is safe.")
        : concern.Conclusion is null ? new(
            "checks-first", "Checks always come before anybody contacts the parents or carers (CHE-06). Record the checks, and that they are complete.")
        : null;

    /// <summary>Whether contact with the family is forbidden: by the child's flag, or by what the checks found.</summary>
    internal static bool IsBarred(Concern concern, ChildFacts child) => child.FamilyBarred || concern.Conclusion == ConcernActs.DoNotContact;

    private static Refusal? WhyNotClosed(Concern concern, string outcome, ChildFacts child, WorkingCalendar offices, DateTimeOffset now)
    {
        var duties = ConcernDuties.Of(concern, child, offices, now);
        bool Owes(ConcernStep step) => duties.Any(duty => duty.Step == step && duty.IsOpen);
        if (Owes(ConcernDuties.TellPolice) || Owes(ConcernDuties.TellSocialCare))
        {
            return new("refer-first", "The police or children’s services have yet to be told. Record that first.");
        }
        if (outcome is ConcernActs.OutOfScope or ConcernActs.Duplicate) { return null; }
        if (outcome == ConcernActs.FollowedInEpisode)
        {
            return child.IsInEpisode ? null : new("match-first", "It belongs to no open episode. Say first which child it is about.");
        }
        if (concern.Last(ConcernActs.Match) is null) { return new("match-first", "Nobody has looked for the child. Record who it is, or that nobody here is the child."); }
        if (concern.Conclusion is null) { return new("checks-first", "The checks are not complete. Record what was checked, and what the checks say."); }
        if (outcome == ConcernActs.NotTraced && (Owes(ConcernDuties.ContactPolice) || Owes(ConcernDuties.ShareNationally)))
        {
            return new("refer-first", "A child who cannot be traced is reported to the police (CHE-09), and other schools and councils are told (CHE-10). Record both first.");
        }
        return concern.Last(ConcernActs.OtherChildren) is null
            ? new("other-children-first", "Say what is known of the other children of the family (CHE-11), or why it was not right to ask.")
            : null;
    }

    private static Refusal? WhyMalformed(ConcernAct act, ConcernDeed deed)
    {
        if (act.Outcomes.IsEmpty ? deed.Outcome is not null : deed.Outcome is null || !act.Outcomes.Contains(deed.Outcome))
        {
            return Refusal.OutcomeNotAllowed(act.Id, deed.Outcome, act.Outcomes.IsEmpty ? [act.Id] : [.. act.Outcomes.Select(outcome => $"{act.Id}: {outcome}")]);
        }
        if (act.Whom.IsEmpty ? deed.Whom is not null : deed.Whom is null || !act.Whom.Contains(deed.Whom))
        {
            return Refusal.WhomNotAllowed(act.Id, deed.Whom ?? "", act.Whom);
        }
        if (act.Id == ConcernActs.ContactFamily && (deed.Way is null || !ConcernActs.Ways.Contains(deed.Way)))
        {
            return new("invalid", $"Say how the family was contacted: {string.Join(", ", ConcernActs.Ways)}.");
        }
        if (act.Id == ConcernActs.Match && deed.Outcome == "child" != (deed.Child is not null)) { return new("invalid", "Say which child it is about."); }
        if (act.Id == ConcernActs.GiveTo && deed.Officer is null) { return new("invalid", "Say to whom it is given."); }
        return act.Explained.Contains(deed.Outcome) && string.IsNullOrWhiteSpace(deed.Note)
            ? new("note-required", "Write down what came of it, or why.") : null;
    }

    private static Refusal? WhyAt(Concern concern, ConcernDeed deed, DateTimeOffset now) =>
        deed.At > now ? Refusal.AtInFuture(now)
        : deed.At < concern.Received.At ? new("at-before-received", "The time is before the concern was received. Say when it was done.")
        : null;

    private static Refusal Unknown(string action)
    {
        ImmutableArray<string> allowed = [.. ConcernActs.All.Select(act => act.Id)];
        return new("outcome-not-allowed", $"A concern has no action '{action}'. Use one of: {string.Join(", ", allowed)}.") { Allowed = allowed };
    }
}
