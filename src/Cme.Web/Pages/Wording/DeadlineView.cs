namespace Cme.Web.Pages.Wording;

/// <summary>
/// By when something is to be done. The rule gives one instant; where the need became known late, or the step has a day of
/// grace, it counts as overdue only after another. What is said is the one that lies ahead, and after both how late it is.
/// </summary>
public sealed record DeadlineView
{
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset ActBy { get; init; }
    /// <summary>The rule's time in words, such as "9:50am".</summary>
    public required string DueWords { get; init; }
    /// <summary>In words, when it becomes overdue, such as "tomorrow at 3:15pm".</summary>
    public required string ActWords { get; init; }
    /// <summary>Such as "9:50am": what to keep to.</summary>
    public required string By { get; init; }
    /// <summary>Such as "in 45 minutes" or "2 hours 10 minutes overdue".</summary>
    public required string Until { get; init; }
    /// <summary>True once it is overdue.</summary>
    public required bool Late { get; init; }

    public static DeadlineView Of(DateTimeOffset dueAt, DateTimeOffset actBy, DateTimeOffset now)
    {
        var (dueWords, actWords) = (Times.Near(dueAt, now), Times.Near(actBy, now));
        var toRule = now < dueAt;
        return new()
        {
            DueAt = dueAt,
            ActBy = actBy,
            DueWords = dueWords,
            ActWords = actWords,
            By = toRule ? dueWords : actWords,
            Until = Spans.Until(toRule ? dueAt : actBy, now),
            Late = now >= actBy,
        };
    }
}
