using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>
/// What a school's calendar has it send, and what of that has come: reckoned from calendar and sheets whenever somebody asks, so
/// that no school falls silent unnoticed because a reminder was lost.
/// </summary>
public static class RegisterFeed
{
    /// <summary>A register whose first submission comes later than this after registration closes is late.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);

    /// <summary>A register of which nothing has come so long after registration closes is missing, and its school silent.</summary>
    public static readonly TimeSpan MissingAfter = TimeSpan.FromMinutes(30);

    /// <summary>Code N must have been replaced by then, with O if the reason is still unknown. Source: FACTS B3, regulation 10.</summary>
    public static readonly SchoolDays ReplaceNWithin = new(5);

    /// <summary>The registers of a day that the school holds sessions on, in order; none on any other day.</summary>
    /// <param name="received">Of registers of that day; others are passed over.</param>
    public static ImmutableArray<ExpectedRegister> Of(
        SchoolCalendar calendar, DateOnly date, IEnumerable<ReceivedRegister> received, DateTimeOffset now)
    {
        var bySession = received.Where(register => register.Session.Date == date).ToDictionary(register => register.Session);
        return
        [
            .. from session in calendar.Sessions(date)
               let which = new SessionOf(date, session)
               select new ExpectedRegister(
                   which, calendar.SessionStarts(which), calendar.RegistrationCloses(which), bySession.GetValueOrDefault(which), now),
        ];
    }

    /// <summary>
    /// The day by which a school is judged: today, once the first register of today would be missing, else the school day before,
    /// so that who was silent on Friday afternoon is so on Monday at eight. Null before the first published day.
    /// </summary>
    public static DateOnly? DayOfJudgement(SchoolCalendar calendar, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        return calendar.Sessions(today) is [var first, ..] && calendar.RegistrationCloses(new SessionOf(today, first)) + MissingAfter <= now
            ? today
            : calendar.PreviousSchoolDay(today);
    }

    /// <summary>When an N of that day should have been replaced (UTC): at the end of the fifth school day after it.</summary>
    /// <returns>Null if that day lies beyond the published calendar.</returns>
    public static DateTimeOffset? ReplaceNBy(SchoolCalendar calendar, DateOnly date)
    {
        try
        {
            return calendar.DayEnds(calendar.After(date, ReplaceNWithin));
        }
        catch (CalendarTooShortException)
        {
            return null;
        }
    }
}

/// <summary>What is held of a session's register, without its marks.</summary>
/// <param name="ReceivedAt">When its first revision came, UTC.</param>
/// <param name="RevisedAt">When its latest revision came, UTC.</param>
/// <param name="Doubt">Why it looks, or looked, wrong; null if it never did.</param>
public sealed record ReceivedRegister(
    SessionOf Session, int Revision, DateTimeOffset ReceivedAt, DateTimeOffset RevisedAt, bool Complete, RegisterDoubt? Doubt);

/// <summary>From when and until when a register is doubted, UTC. See <see cref="MassError"/>.</summary>
public sealed record RegisterDoubt(DateTimeOffset Since, DateTimeOffset Until);

/// <summary>How it stands with a register that a school is to send.</summary>
public enum RegisterState
{
    /// <summary>Nothing has come, and it is not yet missing.</summary>
    Awaited,

    /// <summary>It has come.</summary>
    Received,

    /// <summary>It has come, looks wrong and is held.</summary>
    LooksWrong,

    /// <summary>Nothing has come, and it should have.</summary>
    Missing,
}

/// <summary>A register that the school's calendar has it send, as it stands at <paramref name="Now"/>. All instants UTC.</summary>
/// <param name="Opens">When the session starts.</param>
/// <param name="Closes">When registration closes.</param>
/// <param name="Received">Null if nothing has come.</param>
public sealed record ExpectedRegister(
    SessionOf Session, DateTimeOffset Opens, DateTimeOffset Closes, ReceivedRegister? Received, DateTimeOffset Now)
{
    /// <summary>From when on it is missing if nothing has come.</summary>
    public DateTimeOffset MissingFrom => Closes + RegisterFeed.MissingAfter;

    public RegisterState State => Received switch
    {
        null => Now < MissingFrom ? RegisterState.Awaited : RegisterState.Missing,
        { Doubt: { } doubt } when doubt.Since <= Now && Now < doubt.Until => RegisterState.LooksWrong,
        _ => RegisterState.Received,
    };

    /// <summary>It came, and came late.</summary>
    public bool IsLate => Received?.ReceivedAt > Closes + RegisterFeed.LateAfter;

    /// <summary>Registration has closed over a register of which nobody ever said that it was whole.</summary>
    public bool IsIncomplete => Received is { Complete: false } && Now >= Closes;
}
