using Cme.Domain.Registers;
using Cme.Domain.Registers.Counts;

namespace Cme.Domain.Children;

/// <summary>What a pupil has missed without permission, in a row or not. Leave that was granted counts for nothing.</summary>
/// <param name="Days">School days, two sessions each; never fewer than the irregular days that stand.</param>
/// <param name="SessionsLately">Sessions in the last ten school weeks.</param>
/// <remarks>
/// DOR-02 and MID-01 say "regularly absent" without a number: ten sessions in ten school weeks is the national one (FACTS B7). Their ten
/// school days say neither "in a row" nor "in all": both are counted, and the more alarming reading holds (FACTS A8).
/// </remarks>
public readonly record struct UnpermittedAbsence(int Days, int SessionsLately)
{
    private const int Named = 10;
    private const int TenWeeks = 50;

    public bool IsTenDays => Days >= Named;

    public bool IsRegular => SessionsLately >= Named;

    /// <param name="days">The pupil's school days, oldest first, each with its marks.</param>
    /// <param name="leaves">Leave granted to the pupil.</param>
    /// <param name="yearBegan">The first day of the school year: what was missed before counts only where it stands in a row.</param>
    /// <param name="irregular">The irregular days that stand.</param>
    public static UnpermittedAbsence Of(
        IReadOnlyList<CountedDay> days, IReadOnlyList<LeaveOfAbsence> leaves, DateOnly yearBegan, int irregular)
    {
        var thisYear = days.Where(day => day.Date >= yearBegan).Sum(day => Missed(day, leaves));
        return new(Math.Max(thisYear / 2, irregular), days.TakeLast(TenWeeks).Sum(day => Missed(day, leaves)));
    }

    private static int Missed(CountedDay day, IReadOnlyList<LeaveOfAbsence> leaves) =>
        leaves.Any(leave => leave.Covers(day.Date)) ? 0 : day.Marks.Count(recorded => recorded.Mark.Code.Category == AttendanceCategory.Unauthorised);
}
