using System.Collections.Immutable;
using Cme.Contracts.Episodes;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes;

/// <summary>A step of the procedure and how far it has come: done, now, later, or no longer asked.</summary>
/// <param name="State"><c>done</c>, <c>now</c>, <c>late</c>, <c>later</c>, <c>stopped</c> or <c>needless</c>.</param>
/// <param name="Words">The state in words.</param>
/// <param name="When">When it was done, or by when it is to be.</param>
public sealed record StepView(string What, string Who, string State, string Words, string When, string Clause)
{
    /// <summary>The tag's colour class.</summary>
    public string Colour => State switch
    {
        "done" => "govuk-tag--green",
        "now" => "govuk-tag--blue",
        "late" => "govuk-tag--orange",
        "stopped" => "govuk-tag--red",
        _ => "govuk-tag--grey",
    };

    /// <summary>Every step that the episode has come to or will, in the order in which they are due.</summary>
    public static ImmutableArray<StepView> Of(ImmutableArray<ObligationView> owed, DateTimeOffset now) =>
        [.. owed.OrderBy(one => one.SatisfiedAt ?? one.DueAt).ThenBy(one => one.DueAt).Select(one => Of(one, now))];

    private static StepView Of(ObligationView one, DateTimeOffset now)
    {
        var by = $"by {DeadlineView.Of(one.DueAt, one.ActBy, now).By}";
        var (state, words, when) = one.State switch
        {
            "satisfied" when one.IsNeedless => ("needless", "Not needed", one.SatisfiedAt is { } since ? $"since {Times.Near(since, now)}" : ""),
            "satisfied" => ("done", "Done", one.SatisfiedAt is { } at ? Times.Near(at, now) : ""),
            "superseded" => ("needless", "Not needed", ""),
            "suppressed" => ("stopped", "Stopped", "no contact with the family"),
            "overdue" => ("late", "Overdue", by),
            "due" when now >= one.ActBy => ("late", "Overdue", by),
            "due" => ("now", "Now", by),
            _ => ("later", "Later", by),
        };
        return new(one.What, Labels.Role(one.Role), state, words, when, Labels.Clause(one.Clause));
    }
}
