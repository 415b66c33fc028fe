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
        BoardKind.Desk => new()
        {
            Lines = [.. from school in feeds from register in school.LookWrong select Line(school, register, now)],
            Missing = [.. from school in feeds from register in school.Missing orderby register.MissingFrom, school.Name select Line(school, register, now)],
            Silent = feeds.Count(school => school.IsSilent),
            Schools = feeds.Length,
        },
        _ => null,
    };

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

/// <summary>One register in a line.</summary>
/// <param name="Session">Such as "This morning" or "Friday 4 September afternoon".</param>
/// <param name="Tag">How it stands, in a word or two; the colour only says it again.</param>
public sealed record RegisterLine(string Urn, string School, string Session, string Tag, string Colour, string Words);
