using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>Which leave a school may record. Whether it ought to be granted is for the head (regulation 11), not for us.</summary>
public static class LeaveRules
{
    /// <summary>Why the leave may not be recorded, or null if it may.</summary>
    /// <param name="others">The pupil's other leaves, without those that were cancelled.</param>
    /// <param name="calendar">The school's calendar; null if it has published none.</param>
    public static LeaveRefusal? Refusal(LeaveOfAbsence leave, IEnumerable<LeaveOfAbsence> others, SchoolCalendar? calendar) =>
        leave.ExpectedReturn <= leave.From ? new LeaveRefusal("leave-return-not-after-start",
            "The expected return must be after the first day of leave: it is the day on which the pupil is expected back.")
        : calendar is null || !calendar.Covers(leave.From) ? new LeaveRefusal("leave-outside-calendar",
            $"No calendar is published for {leave.From:O}. Publish the school year's term dates first.")
        : others.FirstOrDefault(other => other.From < leave.ExpectedReturn && leave.From < other.ExpectedReturn) is { } other ? new LeaveRefusal(
            "leave-overlaps", $"The pupil has leave from {other.From:O}, expected back on {other.ExpectedReturn:O} ({other.Id}). Change that one.")
        : null;
}

/// <summary>Why a leave was not recorded, with a stable code and what to do.</summary>
/// <param name="Code"><c>leave-return-not-after-start</c>, <c>leave-outside-calendar</c> or <c>leave-overlaps</c>.</param>
public sealed record LeaveRefusal(string Code, string Detail);
