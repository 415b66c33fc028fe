using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>What is wrong with a form as it was filled in.</summary>
public static class ActCheck
{
    /// <summary>The same limit as the published contract's for a note.</summary>
    private const int LongestNote = 10_000;
    private const int LongestLine = 500;

    /// <summary>Each fault beside the field that it is of, in the order of the form.</summary>
    /// <param name="roles">The roles that somebody else may have had.</param>
    public static IEnumerable<(string Field, string Message)> Faults(ActForm form, ActFields fields, IReadOnlyList<string> roles, DateTimeOffset now)
    {
        if (form.Action == Domain.Episodes.ActionNames.Correct && fields.Corrects is null)
        {
            yield return (nameof(fields.Corrects), "Select what is taken back");
        }
        if (form.HasOutcomes && !(form.OutcomeOptional && string.IsNullOrEmpty(fields.Outcome)) && !form.Groups.Any(group => group.Choices.Any(choice => choice.Id == fields.Outcome)))
        {
            yield return (nameof(fields.Outcome), form.Missing);
        }
        if (form.NeedsChannel && !form.Channels.Any(way => way.Id == fields.Channel)) { yield return (nameof(fields.Channel), "Select how it was sent"); }
        if (When(fields.When, now) is { } when) { yield return when; }
        if (fields.By == "other")
        {
            if (string.IsNullOrWhiteSpace(fields.ByName)) { yield return (nameof(fields.ByName), "Enter the name of the person who did it"); }
            if (!roles.Contains(fields.ByRole)) { yield return (nameof(fields.ByRole), "Select the role of the person who did it"); }
        }
        if (form.NoteMissing is { } missing && string.IsNullOrWhiteSpace(fields.Note)) { yield return (nameof(fields.Note), missing); }
        if (form.AsksPlan && fields.HasPlan)
        {
            if (string.IsNullOrWhiteSpace(fields.PlanWhat)) { yield return (nameof(fields.PlanWhat), "Enter what is done next"); }
            if (string.IsNullOrWhiteSpace(fields.PlanOwner)) { yield return (nameof(fields.PlanOwner), "Enter who does it"); }
            if (fields.PlanBy.Date() is null) { yield return (nameof(fields.PlanBy), "Enter a real date by which it is done, such as 7 9 2026"); }
        }
        if (fields.Note?.Length > LongestNote) { yield return (nameof(fields.Note), $"Shorten the note to {LongestNote:N0} characters"); }
        if (fields.Evidence.Any(one => one.Ref?.Length > LongestLine)) { yield return (nameof(fields.Evidence), "Shorten where the evidence is kept"); }
    }

    private static (string, string)? When(WhenDone when, DateTimeOffset now) =>
        when.Date() is null ? (nameof(ActFields.When), "Enter a real date, such as 7 9 2026")
        : when.TimeOfDay() is null ? ("When.Time", "Enter a time, such as 9:40am")
        : when.Instant() > now ? (nameof(ActFields.When), $"The date and time must be in the past. It is now {Times.Full(now)}")
        : null;

    /// <summary>The field that a refusal of the domain is about; empty if it is about the whole.</summary>
    public static string FieldOf(string refusal) => refusal switch
    {
        "at-in-future" or "at-before-first-day" => nameof(ActFields.When),
        "outcome-not-allowed" => nameof(ActFields.Outcome),
        "unknown-action" => nameof(ActFields.Corrects),
        _ => "",
    };
}
