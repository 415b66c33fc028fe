namespace Cme.Domain.Registers;

/// <summary>Where a pupil stands with the list of a school, as its latest list has it.</summary>
/// <param name="OnList">Whether the list has the pupil.</param>
/// <param name="LeavingDate">The last day on roll; null if none is given.</param>
/// <param name="HasDetails">Whether the school has given both a ground and a destination.</param>
public readonly record struct RollPlace(bool OnList, DateOnly? LeavingDate, bool HasDetails)
{
    /// <summary>
    /// Whether the school owes the ground and the destination (FACTS B4, B5): the list lacks the pupil, or gives a leaving date,
    /// without all three of them.
    /// </summary>
    public bool Owes => (!OnList || LeavingDate is not null) && !(LeavingDate is not null && HasDetails);

    /// <summary>Whether the pupil is on roll no longer. Absence of marks is then no news of the child.</summary>
    public bool IsOffRollOn(DateOnly day) => !OnList || LeavingDate < day;
}
