using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>
/// The registers of lessons, which are to be marked within the first ten minutes of each (MID-08). Which are expected the calendar says; of one
/// that was taken only the time is kept: who is missing, the registers of the sessions say.
/// </summary>
public static class LessonRegisters
{
    /// <summary>How long after a lesson begins its register may be taken.</summary>
    public static readonly TimeSpan TakeWithin = TimeSpan.FromMinutes(10);

    /// <summary>Every register of a day's lessons, in the order of the lessons and their groups; none on a day without school.</summary>
    /// <param name="taken">When registers were taken, by lesson and group.</param>
    public static ImmutableArray<LessonRegister> Of(
        SchoolCalendar calendar, DateOnly date, IReadOnlyDictionary<(string Lesson, string Group), DateTimeOffset> taken, DateTimeOffset now) =>
    [
        .. from lesson in calendar.LessonsOf(date)
           from which in lesson.Groups
           select new LessonRegister(
               lesson.Name, which, London.At(date, lesson.Start), taken.TryGetValue((lesson.Name, which), out var at) ? at : null, now),
    ];
}

/// <summary>How it stands with the register of a lesson.</summary>
public enum LessonState
{
    /// <summary>It was not taken, and still can be in time.</summary>
    Awaited,

    /// <summary>It was taken in time.</summary>
    Taken,

    /// <summary>It was taken, and too late.</summary>
    Late,

    /// <summary>It was not taken, and should have been.</summary>
    NotTaken,
}

/// <summary>The register of a teaching group in a lesson, as it stands at <paramref name="Now"/>. All instants UTC.</summary>
/// <param name="TakenAt">Null if nobody said that it was.</param>
public sealed record LessonRegister(string Lesson, string Group, DateTimeOffset Starts, DateTimeOffset? TakenAt, DateTimeOffset Now)
{
    public DateTimeOffset TakeBy => Starts + LessonRegisters.TakeWithin;

    public LessonState State => TakenAt is { } at ? at <= TakeBy ? LessonState.Taken : LessonState.Late : Now <= TakeBy ? LessonState.Awaited : LessonState.NotTaken;
}
