namespace Cme.Domain.Calendars;

/// <summary>The answer lies beyond what has been published. The message says what to publish.</summary>
/// <remarks>
/// Not a refusal: whoever derives a list of deadlines catches it for one deadline, says so there, and lets the nearer ones stand.
/// </remarks>
public sealed class CalendarTooShortException(string calendar, string message) : Exception(message)
{
    /// <summary>The name of the calendar that is too short.</summary>
    public string Calendar { get; } = calendar;

    internal static CalendarTooShortException EndsBefore(string calendar, DateOnly publishedTo) =>
        new(calendar, $"Calendar '{calendar}' is published only to {publishedTo:O}. Publish the next year's term dates.");

    internal static CalendarTooShortException Lacks(string calendar, string schoolYear) =>
        new(calendar, $"Calendar '{calendar}' has no term dates for {schoolYear}. Publish that school year.");
}
