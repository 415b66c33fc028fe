namespace Cme.Domain.Registers;

/// <summary>Leave that a school granted to one pupil (FACTS B4, DOR-13). A leave that was cancelled is none.</summary>
/// <param name="Id">The school's leave, stable while its dates change.</param>
/// <param name="From">The first day of leave.</param>
/// <param name="ExpectedReturn">The day on which the pupil is expected back: absence from this day on is no longer leave.</param>
public sealed record LeaveOfAbsence(string Id, DateOnly From, DateOnly ExpectedReturn)
{
    /// <summary>Whether the day is one of leave: the expected return is not.</summary>
    public bool Covers(DateOnly date) => date >= From && date < ExpectedReturn;
}
