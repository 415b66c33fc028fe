using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Procedures;

namespace Cme.Domain.Concerns;

/// <summary>Something that every concern asks of the council.</summary>
/// <param name="Clause">A rule id such as <c>CHE-06</c>, or <c>product</c> for what no document says.</param>
/// <param name="What">What is to be done, as an instruction.</param>
/// <param name="Why">The reason, for the person who asks.</param>
/// <param name="Who">One of <see cref="Roles.All"/>: of the authority.</param>
/// <param name="Class">How it climbs when it is late.</param>
public sealed record ConcernStep(string Id, string Clause, string What, string Why, string Who, StepClass Class);

/// <summary>A step as one concern owes it, at the instant asked about.</summary>
/// <param name="DueAt">What the rule gives, UTC.</param>
/// <param name="ActBy">What turns it overdue: <paramref name="DueAt"/>, or later if the cause was known too late to act.</param>
/// <param name="Level">0 owner to 4 CME lead (<see cref="Levels"/>).</param>
/// <param name="DoneAt">When it was done, for one that was.</param>
public sealed record ConcernDuty(ConcernStep Step, DateTimeOffset DueAt, DateTimeOffset ActBy, ObligationState State, int Level, DateTimeOffset? DoneAt)
{
    /// <summary>True while somebody still has to do it.</summary>
    public bool IsOpen => State is ObligationState.Due or ObligationState.Overdue;
}

/// <summary>
/// What is to be done about a concern: derived from its history, never stored. So nothing becomes due by being looked at, and nothing is
/// forgotten that nobody looked at. The numbers that the document leaves open are ours (ADR 0286).
/// </summary>
public static class ConcernDuties
{
    private const string Desk = "duty-desk", Officer = "tracking-officer";

    public static readonly ConcernStep
        Screen = new("screen", "product", "Read the report and say how great the risk is", "A child may be in danger now, whatever the report calls it.", Desk, StepClass.Hour),
        TellPolice = new("tell-police", "product", "Tell the police: the child may be in immediate danger", "Immediate danger is for the police, at once.", Desk, StepClass.Referral),
        TellSocialCare = new("tell-social-care", "product", "Refer to children’s social care", "The report gives reason to fear for the child.", Desk, StepClass.Referral),
        FindChild = new("find-child", "product", "Find out which child it is, or that nobody here is the child", "Everything else goes by who the child is.", Desk, StepClass.Day),
        ChecksFirst = new("checks-first", "CHE-06", "Make checks, and say whether the family may be contacted", "Checks are always made before parents or carers are contacted.", Officer, StepClass.Day),
        AskDsl = new("ask-dsl-first", "product", "Do not contact the family. Agree with the safeguarding lead how to find out whether the child is safe", "Contact could put this child in danger.", Desk, StepClass.Hour),
        ContactFamily = new("contact-family", "CHE-08", "Get in touch with the family, check the situation and support the return to school", "The checks are done, and the family may be contacted.", Officer, StepClass.Day),
        ContactPolice = new("contact-police", "CHE-09", "Contact the police: the child cannot be traced quickly", "The page says quickly; we count the second working day after the report.", Officer, StepClass.Referral),
        ShareNationally = new("share-nationally", "CHE-10", "Share what is known with schools and agencies elsewhere, through the government’s channels", "The child may be in another part of the country.", Officer, StepClass.Day),
        AskAfterOthers = new("other-children", "CHE-11", "Check that the other children of the family are safe, or say why it is not right to ask", "A report about one child is a reason to ask after the others.", Officer, StepClass.Day),
        Review = new("review", "product", "Read it again: do the next thing, or say what came of it", "Nothing was recorded for five working days, and a child is still to be found.", Officer, StepClass.Day);

    private static readonly Deadline
        AtOnce = new(0, DeadlineUnit.Minutes), HalfAnHour = new(30, DeadlineUnit.Minutes), TwoOfficeHours = new(2, DeadlineUnit.WorkingHours),
        OneDay = new(1, DeadlineUnit.WorkingDays), TwoDays = new(2, DeadlineUnit.WorkingDays), FiveDays = new(5, DeadlineUnit.WorkingDays);

    /// <summary>Grace of what was known late: 30 minutes for what is due in hours, the next working day for what is due in days.</summary>
    private static readonly TimeSpan HourGrace = TimeSpan.FromMinutes(30);

    /// <summary>Everything owed, done or given up, as it stands at <paramref name="now"/> (UTC), earliest deadline first.</summary>
    public static ImmutableArray<ConcernDuty> Of(Concern concern, ChildFacts child, WorkingCalendar offices, DateTimeOffset now) =>
        [.. Causes(concern, child).Select(cause => Derive(cause, concern, offices, now)).OrderBy(duty => duty.DueAt).ThenBy(duty => duty.Step.Id, StringComparer.Ordinal)];

    private static IEnumerable<Cause> Causes(Concern concern, ChildFacts child)
    {
        var received = concern.Received;
        Cause FromReceipt(ConcernStep step, Deadline due, ConcernDeed? done) => new(step, received.At, received.KnownAt, due, done);
        Cause From(ConcernDeed deed, ConcernStep step, Deadline due, ConcernDeed? done) => new(step, deed.At, deed.KnownAt, due, done);

        yield return FromReceipt(Screen, received.Danger == "yes" ? HalfAnHour : TwoOfficeHours, concern.First(ConcernActs.Screen));
        var screening = concern.Last(ConcernActs.Screen);
        if (screening?.Outcome is ConcernActs.ImmediateDanger) { yield return From(screening, TellPolice, AtOnce, concern.First(ConcernActs.ReferPolice)); }
        if (screening?.Outcome is ConcernActs.ImmediateDanger or ConcernActs.Safeguarding) { yield return From(screening, TellSocialCare, AtOnce, concern.First(ConcernActs.ReferCsc)); }
        if (screening is { } judged) { yield return From(Latest(concern, judged), Review, FiveDays, null); }
        if (screening?.Outcome == ConcernActs.OutOfScope) { yield break; }        // Nobody is to be found: it is to be closed.

        yield return FromReceipt(FindChild, OneDay, concern.First(ConcernActs.Match));
        yield return FromReceipt(ChecksFirst, OneDay, concern.First(ConcernActs.ConcludeChecks));
        var traced = concern.Traced;
        yield return FromReceipt(ContactPolice, TwoDays, concern.First(ConcernActs.ReferPolice)) with { Needless = traced is not null };
        yield return FromReceipt(ShareNationally, FiveDays, concern.First(ConcernActs.Share)) with { Needless = traced is not null };
        yield return FromReceipt(AskAfterOthers, FiveDays, concern.First(ConcernActs.OtherChildren));
        if (concern.Last(ConcernActs.ConcludeChecks) is { } concluded)
        {
            yield return From(concluded, ContactFamily, TwoDays, concern.Deeds.FirstOrDefault(deed =>
                deed.Action == ConcernActs.ContactFamily && ConcernActs.Reached.Contains(deed.Outcome))) with { Suppressed = ConcernRules.IsBarred(concern, child) };
        }
        if (Barring(concern, child) is { } barred) { yield return From(barred, AskDsl, AtOnce, concern.Last(ConcernActs.ConsultDsl)); }
    }

    /// <summary>Since when the family must not be contacted: since the checks said so, or it was known whose family it is.</summary>
    private static ConcernDeed? Barring(Concern concern, ChildFacts child) =>
        child.FamilyBarred ? concern.Last(ConcernActs.Match)
        : concern.Last(ConcernActs.ConcludeChecks) is { Outcome: ConcernActs.DoNotContact } concluded ? concluded
        : null;

    /// <summary>The last thing that was done about it. Who works on it is nothing that was done about it.</summary>
    private static ConcernDeed Latest(Concern concern, ConcernDeed otherwise) =>
        concern.Deeds.LastOrDefault(deed => deed.Action is not (ConcernActs.TakeOn or ConcernActs.GiveTo or ConcernActs.Release)) ?? otherwise;

    private static ConcernDuty Derive(Cause cause, Concern concern, WorkingCalendar offices, DateTimeOffset now)
    {
        var due = At(cause.Due, cause.From, offices);
        var grace = cause.Step.Class switch
        {
            StepClass.Hour => cause.KnownAt + HourGrace,
            StepClass.Day => At(OneDay, cause.KnownAt, offices),
            _ => due,
        };
        var actBy = cause.KnownAt > cause.From && grace > due ? grace : due;
        var state = cause.Done is not null ? ObligationState.Satisfied
            : !concern.IsOpen || cause.Needless ? ObligationState.Superseded
            : cause.Suppressed ? ObligationState.Suppressed
            : now >= actBy ? ObligationState.Overdue
            : ObligationState.Due;
        var level = state == ObligationState.Overdue
            ? Climbing.Steps(cause.Step.Class, cause.Step.Who, actBy, offices).Where(up => up.At <= now).Select(up => up.Level)
                .Append(Climbing.LevelWhenOverdue(cause.Step.Class, cause.Step.Who)).Max()
            : Levels.Owner;
        return new ConcernDuty(cause.Step, due, actBy, state, level, cause.Done?.At);
    }

    /// <summary>The instant of a deadline, UTC. Never fails, as what climbs never does: beyond the list of bank holidays weekdays are counted.</summary>
    private static DateTimeOffset At(Deadline deadline, DateTimeOffset from, WorkingCalendar offices)
    {
        switch (deadline.Unit)
        {
            case DeadlineUnit.Minutes: return from.AddMinutes(deadline.Number);
            case DeadlineUnit.WorkingHours: return offices.AfterHours(from, deadline.Number);
            default:
                var day = London.At(London.DateOf(from), offices.Closes);
                for (var left = deadline.Number; left > 0; left--) { day = offices.NextWorkingMorning(day, offices.Closes); }
                return day;
        }
    }

    /// <summary>One thing that made a step owed.</summary>
    private sealed record Cause(ConcernStep Step, DateTimeOffset From, DateTimeOffset KnownAt, Deadline Due, ConcernDeed? Done)
    {
        /// <summary>True if something else made it needless.</summary>
        public bool Needless { get; init; }

        /// <summary>True if it would contact a family that must not be contacted.</summary>
        public bool Suppressed { get; init; }
    }
}
