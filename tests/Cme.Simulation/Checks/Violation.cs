namespace Cme.Simulation.Checks;

/// <summary>Something happened that must never happen. Named after what DESIGN 9 forbids, with what was found.</summary>
internal sealed class Violation(string invariant, string found) : Exception($"{invariant}: {found}")
{
    /// <summary>Such as <c>1 An acknowledged write is lost</c>.</summary>
    public string Invariant { get; } = invariant;

    public static void Unless(bool holds, string invariant, Func<string> found)
    {
        if (!holds)
        {
            throw new Violation(invariant, found());
        }
    }
}

/// <summary>What must never happen, numbered as in DESIGN 9.</summary>
internal static class Never
{
    public const string LoseAnAcknowledgedWrite = "1 An acknowledged write is lost";
    public const string MissADeadline = "2 A deadline passes unnoticed, or its escalation happens twice";
    public const string DependOnLooking = "3 What is due depends on when or how often anyone looked";
    public const string LeaveNobodyResponsible = "4 An episode is open with nobody responsible";
    public const string OpenTwo = "5 Two open episodes of one kind for one child";
    public const string MiscountACorrection = "6 A register correction leaves a count wrong";
    public const string ShowAnotherBoard = "7 A board differs, once quiet, from the database";
    public const string ChangeHistory = "9 A recorded event changes";
    public const string HalfApply = "11 A bad input is half applied";
    public const string RemoveByList = "12 A list that lost rows removes children";
    public const string StandStill = "The program comes to a standstill";
}
