using System.Globalization;
using System.Text;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>
/// What a step of a pack says, as sentences: when it is owed, by when, what does it and what happens when it is late. The pages of
/// <c>docs/procedures</c> and the pages for people speak with the same words.
/// </summary>
public static class StepWords
{
    /// <summary>Such as <c>after the first call (no-answer): due 2 hours later</c>.</summary>
    /// <param name="act">How an action, whom it is about and its outcomes are written.</param>
    public static string When(Start start, Func<ActionMatch, string> act)
    {
        var words = new StringBuilder(Cause(start, act));
        words.Append(start.Flag is { } flag ? $", for a child with the flag {flag}" : "")
            .Append(start.OtherLanguageOnly ? ", where English may not be the first language" : "")
            .Append(start.UnlessBefore is { } unless ? $", unless {Act(unless, act)} was recorded by then" : "")
            .Append(CultureInfo.InvariantCulture, $": due {By(start.Due)}")
            .Append(start.FlaggedDue is { } sooner ? $" ({By(sooner)} for a flagged child)" : "")
            .Append(start.OrOnce is { } once ? $", or as soon as {string.Join(", ", once.Done)} are done and the time of {string.Join(", ", once.Passed)} is over" : "")
            .Append(start.AlsoRead is { } also ? $"; alerts {By(also)} if that is sooner" : "")
            .Append(start.OverdueAfter is { } later ? $"; overdue after {By(later)}" : "")
            .Append(start.Opens is { } opens ? $"; may be done from {By(opens).Replace("by the end of ", "", StringComparison.Ordinal)}" : "");
        return words.ToString();
    }

    /// <summary>Such as <c>2 hours later</c> or <c>by the end of school day 3 of the absence</c>.</summary>
    public static string By(Deadline deadline) => (deadline.Unit, deadline.Number) switch
    {
        (DeadlineUnit.Minutes, 0) => "at once",
        (DeadlineUnit.CalendarDays, 0) => "by the end of the same day",
        (DeadlineUnit.Minutes, var n) => $"{n} minutes later",
        (DeadlineUnit.Hours, var n) => $"{n} hours later",
        (DeadlineUnit.WorkingHours, var n) => $"{n} office hours later",
        (DeadlineUnit.AbsenceDay, var n) => $"by the end of school day {n} of the absence",
        (DeadlineUnit.AbsenceCalendarDay, var n) => $"by the end of calendar day {n} of the absence",
        (DeadlineUnit.SchoolDays, var n) => $"by the end of the {Ordinal(n)} school day after",
        (DeadlineUnit.WorkingDays, var n) => $"by the end of the authority's {Ordinal(n)} working day after",
        (DeadlineUnit.CalendarDays, var n) => $"by the end of the {Ordinal(n)} calendar day after",
        (_, var n) => $"by the end of the day {n} weeks later",
    };

    /// <summary>What does a step: its acts, or the register itself.</summary>
    public static string DoneBy(Step step, Func<ActionMatch, string> act) =>
        step.DoneBy.IsEmpty ? "what the school's register or list says then" : Acts(step.DoneBy, act);

    /// <summary>Acts, any one of which will do.</summary>
    public static string Acts(IEnumerable<ActionMatch> matches, Func<ActionMatch, string> act) =>
        string.Join("; ", matches.Select(match => Act(match, act)));

    /// <summary>Who hears, and when, that a step is late.</summary>
    public static string Late(Step step) => step.Class switch
    {
        StepClass.Lead => "the CME lead, at once",
        StepClass.Referral => "the DSL and the duty desk together, at once; the CME lead after two hours",
        StepClass.Hour => "the DSL at once, the head after 30 minutes, the duty desk after 60, the CME lead after 120",
        _ when Roles.IsAuthority(step.Who) => "the duty desk the next working morning at 09:00, the CME lead the one after",
        _ => "the next level each working morning at 09:00: DSL, head, duty desk, CME lead",
    };

    /// <summary>What makes a step owed, without its deadline.</summary>
    public static string Cause(Start start, Func<ActionMatch, string> act) => start.On switch
    {
        StartKind.Opened => Opening(start.Kind),
        StartKind.Act => $"{(start.Recurs ? "again " : "")}after {(start.FirstOnly ? "the first " : "")}{Act(start.Act!, act)}",
        StartKind.ConfirmationAsked => start.Kind == EpisodeKinds.Whereabouts
            ? "a code comes that does not close by itself, or another school marks the child present"
            : "a school has the child on its list, or marks the child present",
        StartKind.FlagRaised => "a flag that asks for an immediate referral, or forbids contact, comes while the child is missing",
        StartKind.Count => $"the count {start.Count} reaches {start.Reaches} days",
        StartKind.Overdue => $"{start.Step} is overdue",
        StartKind.CodeN => "a session is marked N",
        StartKind.Holiday => "the last session of a term begins",
        StartKind.OffRoll => "the school's list no longer has the child",
        StartKind.Entered => "a name is entered in the admission register",
        StartKind.RemovedAllTheSame => "a name is deleted from the admission register though a condition for that is not met",
        _ => "a name is deleted from the admission register",
    };

    private static string Opening(string kind) => kind switch
    {
        EpisodeKinds.Cme => "a child is found to be missing education",
        EpisodeKinds.MissingPerson => "a child is reported to the police as missing",
        EpisodeKinds.HomeEducation => "a parent says that a child is educated at home",
        _ => "the child is missing without explanation",
    };

    private static string Act(ActionMatch match, Func<ActionMatch, string> act) =>
        act(match)
        + (match.InOtherLanguage ? " in another language than English too" : "")
        + (match.UnlessMeantElsewhere ? ", unless it names another step" : "");

    private static string Ordinal(int n) => n switch { 1 => "first", 2 => "second", 3 => "third", 5 => "fifth", 10 => "tenth", _ => $"{n}th" };
}
