using System.Globalization;
using System.Text;
using Cme.Domain.Procedures;

namespace Cme.Domain.Tests.Procedures;

/// <summary>A pack as a page that a safeguarding lead can read and check against the procedure.</summary>
internal static class PackInWords
{
    public static string Page(ProcedurePack pack, IReadOnlyList<string> from)
    {
        var page = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"# {pack.Title}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Pack `{pack.Id}`, version {pack.Version}. Written from: {pack.Source}.").AppendLine()
            .AppendLine("An episode keeps the version that it started under. This page is made from the pack, and a test holds the two together.").AppendLine();
        if (from.Count > 0)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"Beneath it apply the steps of {string.Join(" and ", from.Select(id => $"`{id}`"))}, unless a step here has the same name.").AppendLine();
        }
        if (!pack.Standing.IsEmpty)
        {
            page.AppendLine("## What always holds").AppendLine();
            foreach (var clause in pack.Standing)
            {
                page.AppendLine(CultureInfo.InvariantCulture, $"- **{clause.Clause}** {clause.What}");
            }
            page.AppendLine();
        }
        page.AppendLine("## Steps").AppendLine();
        foreach (var step in pack.Steps)
        {
            page.Append(Step(step));
        }
        return page.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private static string Step(Step step)
    {
        var words = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"### {step.Id} ({step.Clause})").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{step.What}.").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{step.Why}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"- Who: {step.Who.Replace('-', ' ')}{(step.ContactsFamily ? "; stopped where the family must not be contacted" : "")}");
        foreach (var start in step.Starts)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"- When: {When(start)}");
        }
        words.AppendLine(CultureInfo.InvariantCulture, $"- Done by: {(step.DoneBy.IsEmpty ? "what the school's register or list says then" : string.Join("; ", step.DoneBy.Select(Match)))}");
        if (!step.NoNeedAfter.IsEmpty)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"- Not needed after: {string.Join("; ", step.NoNeedAfter.Select(Match))}");
        }
        return words.AppendLine(CultureInfo.InvariantCulture, $"- Late: {Late(step)}").AppendLine().ToString();
    }

    private static string When(Start start)
    {
        var words = new StringBuilder(Cause(start));
        words.Append(start.Flag is { } flag ? $", for a child with the flag {flag}" : "")
            .Append(start.OtherLanguageOnly ? ", where English may not be the first language" : "")
            .Append(start.UnlessBefore is { } unless ? $", unless {Match(unless)} was recorded by then" : "")
            .Append(CultureInfo.InvariantCulture, $": due {Deadline(start.Due)}")
            .Append(start.FlaggedDue is { } sooner ? $" ({Deadline(sooner)} for a flagged child)" : "")
            .Append(start.OrOnce is { } once ? $", or as soon as {string.Join(", ", once.Done)} are done and the time of {string.Join(", ", once.Passed)} is over" : "")
            .Append(start.AlsoRead is { } also ? $"; alerts {Deadline(also)} if that is sooner" : "")
            .Append(start.OverdueAfter is { } later ? $"; overdue after {Deadline(later)}" : "")
            .Append(start.Opens is { } opens ? $"; may be done from {Deadline(opens).Replace("by the end of ", "", StringComparison.Ordinal)}" : "");
        return words.ToString();
    }

    private static string Cause(Start start) => start.On switch
    {
        StartKind.Opened => "the child is missing without explanation",
        StartKind.Act => $"after {(start.FirstOnly ? "the first " : "")}{Match(start.Act!)}",
        StartKind.ConfirmationAsked => "a code comes that does not close by itself",
        StartKind.Count => $"the count {start.Count} reaches {start.Reaches} days",
        StartKind.Overdue => $"{start.Step} is overdue",
        StartKind.CodeN => "a session is marked N",
        StartKind.Holiday => "the last session of a term begins",
        StartKind.OffRoll => "the school's list no longer has the child",
        StartKind.Entered => "a name is entered in the admission register",
        _ => "a name is deleted from the admission register",
    };

    private static string Deadline(Deadline deadline) => (deadline.Unit, deadline.Number) switch
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

    private static string Ordinal(int n) => n switch { 1 => "first", 2 => "second", 3 => "third", 5 => "fifth", 10 => "tenth", _ => $"{n}th" };

    private static string Match(ActionMatch match) =>
        $"`{match.Action}`{(match.Outcomes.IsEmpty ? "" : $" ({string.Join(", ", match.Outcomes)})")}"
        + (match.InOtherLanguage ? " in another language than English too" : "")
        + (match.UnlessMeantElsewhere ? ", unless it names another step" : "");

    private static string Late(Step step) => step.Class switch
    {
        StepClass.Referral => "the DSL and the duty desk together, at once; the CME lead after two hours",
        StepClass.Hour => "the DSL at once, the head after 30 minutes, the duty desk after 60, the CME lead after 120",
        _ when Roles.IsAuthority(step.Who) => "the duty desk the next working morning at 09:00, the CME lead the one after",
        _ => "the next level each working morning at 09:00: DSL, head, duty desk, CME lead",
    };
}
