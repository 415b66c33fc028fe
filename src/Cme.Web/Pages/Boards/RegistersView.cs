using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers;
using Cme.Storage.Registers;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>What a board says of the registers that feed it: nobody is shown as missing from a register that never came.</summary>
public sealed record RegistersView
{
    /// <summary>A school's board: the registers of today. The desk: those that look wrong. One line each.</summary>
    public required ImmutableArray<RegisterLine> Lines { get; init; }

    /// <summary>The desk: the registers that are missing, school by school.</summary>
    public ImmutableArray<RegisterLine> Missing { get; init; } = [];

    /// <summary>The desk: how it stands with every school's registers of a day, those with most missing first.</summary>
    public ImmutableArray<RegisterHealth> Health { get; init; } = [];

    /// <summary>Daily returns of providers that are late: on a school's board its own and those of providers with which it placed pupils, on the desk every one.</summary>
    public ImmutableArray<LateReturn> LateReturns { get; init; } = [];

    /// <summary>The day that <see cref="Health"/> speaks of; null while no register is due anywhere.</summary>
    public DateOnly? HealthOf { get; init; }

    /// <summary>How many schools were late with a register of that day, or are late with one now.</summary>
    public int Late => Health.Count(school => school.Late > 0);

    /// <summary>How many schools are silent, of how many that have published a calendar.</summary>
    public int Silent { get; init; }

    public int Schools { get; init; }

    /// <summary>What to say on a board; null on the lead's, which is about what nobody did.</summary>
    public static RegistersView? Of(BoardKind board, ImmutableArray<SchoolFeed> feeds, DateTimeOffset now) => board switch
    {
        BoardKind.School => new()
        {
            Lines = [.. from school in feeds from register in school.Registers where IsForToday(register, now) select Line(school, register, now)],
        },
        BoardKind.Desk when DayOf(feeds, now) is var day => new()
        {
            Health = [.. from school in feeds let health = RegisterHealth.Of(school, day, now) where health.Expected > 0
                         orderby health.Missing descending, health.Late descending, school.Name select health],
            HealthOf = day,
            Lines = [.. from school in feeds from register in school.LookWrong select Line(school, register, now)],
            Missing = [.. from school in feeds from register in school.Missing orderby register.MissingFrom, school.Name select Line(school, register, now)],
            Silent = feeds.Count(school => school.IsSilent),
            Schools = feeds.Length,
        },
        _ => null,
    };

    /// <summary>Today, once registration has closed anywhere; before that the day on which it last did.</summary>
    private static DateOnly? DayOf(ImmutableArray<SchoolFeed> feeds, DateTimeOffset now) =>
        (from school in feeds from register in school.Registers where register.Closes <= now select (DateOnly?)register.Session.Date).Max();

    // What was missing yesterday is still to be sent.
    private static bool IsForToday(ExpectedRegister register, DateTimeOffset now) =>
        register.Session.Date == London.DateOf(now) || register.State == RegisterState.Missing;

    /// <summary>How it stands with one register.</summary>
    public static RegisterLine Line(SchoolFeed school, ExpectedRegister register, DateTimeOffset now)
    {
        var session = register.Session.Session == Session.Am ? "morning" : "afternoon";
        var day = Times.NearDay(register.Session.Date, now);
        var name = day == "today" ? $"This {session}" : $"{char.ToUpperInvariant(day[0])}{day[1..]} {session}";
        var (tag, colour, words) = Words(register, now);
        return new RegisterLine(school.Urn, school.Name, name, tag, colour, words);
    }

    private static (string Tag, string Colour, string Words) Words(ExpectedRegister register, DateTimeOffset now) => register switch
    {
        { State: RegisterState.Missing } => ("Missing", "govuk-tag--orange", $"nothing has come, and registration closed {Times.AtNear(register.Closes, now)}"),
        { State: RegisterState.LooksWrong, Received.Doubt: { } doubt } => ("Looks wrong", "govuk-tag--red",
            $"many pupils are newly missing, so nobody but flagged children is treated as missing before {Times.Near(doubt.Until, now)}. Correct the register, or call home"),
        { Received: { } received } => (register.IsLate ? "Late" : register.IsIncomplete ? "Incomplete" : "Received",
            register.IsLate || register.IsIncomplete ? "govuk-tag--yellow" : "govuk-tag--green",
            $"received {Times.AtNear(received.ReceivedAt, now)}{(register.IsIncomplete ? ", not said to be complete" : "")}"),
        _ => ("Awaited", "govuk-tag--grey", $"registration closes {Times.AtNear(register.Closes, now)}"),
    };
}

/// <summary>A provider's daily return that is late: the day is over, and a register of it has not come or is not whole (SUF-11).</summary>
public sealed record LateReturn(string Urn, string Provider, DateOnly Date)
{
    /// <summary>The latest day first.</summary>
    public static ImmutableArray<LateReturn> Of(IEnumerable<SchoolFeed> feeds) =>
        [.. from school in feeds from day in school.LateReturns orderby day descending, school.Name select new LateReturn(school.Urn, school.Name, day)];
}

/// <summary>One register in a line.</summary>
/// <param name="Session">Such as "This morning" or "Friday 4 September afternoon".</param>
/// <param name="Tag">How it stands, in a word or two; the colour only says it again.</param>
public sealed record RegisterLine(string Urn, string School, string Session, string Tag, string Colour, string Words);

/// <summary>How it stands with the registers of one school on one day.</summary>
/// <param name="Expected">Those whose registration has closed, and those that came before it did.</param>
/// <param name="Late">Those that came late, and those that have not come and are late now. A missing one is late no longer.</param>
public sealed record RegisterHealth(string Urn, string School, int Expected, int Received, int Late, int Missing)
{
    /// <summary>Everything that was due has come, and in time.</summary>
    public bool IsWhole => Late == 0 && Missing == 0 && Received == Expected;

    public static RegisterHealth Of(SchoolFeed school, DateOnly? day, DateTimeOffset now)
    {
        ExpectedRegister[] due = [.. school.Registers.Where(register => register.Session.Date == day && (register.Received is not null || register.Closes <= now))];
        return new(
            school.Urn, school.Name, due.Length, due.Count(register => register.Received is not null),
            due.Count(register => register.IsLate || (register.State == RegisterState.Awaited && now > register.Closes + RegisterFeed.LateAfter)),
            due.Count(register => register.State == RegisterState.Missing));
    }
}
