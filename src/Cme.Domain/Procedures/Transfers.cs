using Cme.Domain.Calendars;

namespace Cme.Domain.Procedures;

/// <summary>The file of a pupil whose name came off the roll, that is still to be sent.</summary>
/// <param name="Level">0 its owner to 4 CME lead (<see cref="Levels"/>): how far it has climbed.</param>
public sealed record TransferOwed(Step Step, DueInstants Due, bool IsOverdue, int Level);

/// <summary>
/// When the information of a pupil who has ceased to be registered is due at the new school, whether or not the child has an episode.
/// Source: DOR-31 and DOR-32 (regulation 10 of the Pupil Information Regulations), FACTS C2.
/// </summary>
public static class Transfers
{
    /// <summary>The step of a pack that asks for it.</summary>
    public const string StepId = "send-information";

    /// <summary>To the new school.</summary>
    public const string NewSchool = "new-school";

    /// <summary>To the lost pupils' part of the transfer site: the new school cannot reasonably be found out (DOR-32).</summary>
    public const string LostPupils = "lost-pupils";

    /// <summary>Not owed: registered for less than four weeks (DOR-32).</summary>
    public const string ShortStay = "short-stay";

    private const int FourWeeks = 28;

    /// <summary>Whether the pupil was registered for less than four weeks.</summary>
    public static bool WasShortStay(DateOnly entered, DateOnly leftOn) => leftOn.DayNumber - entered.DayNumber + 1 < FourWeeks;

    /// <param name="leftOn">The last day on roll: day 0.</param>
    /// <returns>Null where the school's procedure does not ask for it.</returns>
    public static TransferOwed? Of(Ruleset rules, DateOnly leftOn, DateTimeOffset now)
    {
        if (rules.Pack.Steps.FirstOrDefault(one => one.Id == StepId) is not { } step
            || step.Starts.FirstOrDefault(start => start.On == StartKind.Removed) is not { } start)
        {
            return null;
        }
        var at = London.At(leftOn, TimeOnly.MinValue);
        var due = Deadlines.Of(start, start.Due, step, at, leftOn, at, rules);
        var late = due.BeyondCalendar is null && now >= due.ActBy;
        var level = late
            ? Climbing.Steps(step, due.ActBy, rules.Authority).TakeWhile(up => up.At <= now).Select(up => up.Level).Append(Climbing.LevelWhenOverdue(step)).Max()
            : Levels.Owner;
        return new TransferOwed(step, due, late, level);
    }
}
