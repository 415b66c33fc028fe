using Cme.Simulation.Engine;
using Cme.Simulation.Oracle;

namespace Cme.Simulation.World;

/// <summary>How large a simulation is.</summary>
/// <param name="Days">Calendar days.</param>
/// <param name="Pupils">Of each school.</param>
/// <param name="Schools">Of the one authority.</param>
internal sealed record Size(int Days, int Pupils, int Schools);

/// <summary>
/// Everything that will happen, worked out from a seed before anything runs: so that a failing plan can be made smaller by leaving
/// things out, and what is left happens as before.
/// </summary>
/// <param name="Pack">The procedure that every school of it follows.</param>
internal sealed record Plan(
    int Seed, Size Size, string Pack, DateOnly From, IReadOnlyList<PlannedSchool> Schools, IReadOnlyList<Happening> Happenings, Weather Weather)
{
    public DateTimeOffset Begins => WallClock.At(From, 6, 0);

    public DateTimeOffset Ends => WallClock.At(From.AddDays(Size.Days), 6, 0);
}

/// <summary>What the runtime is allowed to do wrong throughout; of ticks and calls, in thousandths.</summary>
internal sealed record Weather(int LateTicks, int DoubledTicks, int LostTicks, int Deactivations, int Conflicts, bool CopyEverything)
{
    public static Weather Calm { get; } = new(0, 0, 0, 0, 0, false);

    public bool IsCalm => (LateTicks, DoubledTicks, LostTicks, Deactivations, Conflicts) == (0, 0, 0, 0, 0);
}

internal sealed record PlannedSchool(string Urn, TermTimes Calendar, IReadOnlyList<Listed> Pupils);

/// <summary>Something that happens at an instant, and perhaps a fault of the machine while it does.</summary>
internal abstract record Happening(int Id, DateTimeOffset At)
{
    public (Fault Fault, int Writes)? Fault { get; init; }
}

/// <summary>A school sends a register or a correction, perhaps twice at once.</summary>
internal sealed record RegisterSent(int Id, DateTimeOffset At, int School, SentRegister Register, int Copies) : Happening(Id, At);

/// <summary>Somebody records what was done about a pupil's latest episode, some time after it was done.</summary>
internal sealed record ActRecorded(int Id, DateTimeOffset At, int School, string Pupil, string Action, string? Outcome, TimeSpan Ago) : Happening(Id, At)
{
    public string? Whom { get; init; }
}

/// <summary>A school publishes its calendar with other closed days.</summary>
internal sealed record CalendarPublished(int Id, DateTimeOffset At, int School, IReadOnlyList<DateOnly> Close, IReadOnlyList<DateOnly> Open) : Happening(Id, At);

/// <summary>A school sends its list: full or some of it. <see cref="Lost"/> pupils are not on a full list though nobody left.</summary>
internal sealed record RollSent(int Id, DateTimeOffset At, int School, bool Full, IReadOnlyList<Listed> Changed, IReadOnlyList<string> Lost) : Happening(Id, At);

/// <summary>Somebody opens boards and episodes, and every episode is asked to look: it must change nothing.</summary>
internal sealed record EverybodyLooks(int Id, DateTimeOffset At) : Happening(Id, At);

/// <summary>The program dies while nothing is going on, and starts again.</summary>
internal sealed record ProgramDies(int Id, DateTimeOffset At) : Happening(Id, At);
