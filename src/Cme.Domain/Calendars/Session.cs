namespace Cme.Domain.Calendars;

/// <summary>Half a school day, with one register.</summary>
public enum Session
{
    Am = 0,
    Pm = 1,
}

/// <summary>One session of one day (Europe/London). Sessions are ordered in time.</summary>
public readonly record struct SessionOf(DateOnly Date, Session Session) : IComparable<SessionOf>
{
    public int CompareTo(SessionOf other) =>
        Date.CompareTo(other.Date) is not 0 and var byDate ? byDate : ((int)Session).CompareTo((int)other.Session);

    public static bool operator <(SessionOf left, SessionOf right) => left.CompareTo(right) < 0;

    public static bool operator >(SessionOf left, SessionOf right) => left.CompareTo(right) > 0;

    public static bool operator <=(SessionOf left, SessionOf right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SessionOf left, SessionOf right) => left.CompareTo(right) >= 0;

    /// <summary>As an officer writes it: <c>2026-09-08 AM</c>.</summary>
    public override string ToString() => $"{Date:O} {SessionNames.Of(Session)}";
}

/// <summary>How sessions are written outside: <c>AM</c> and <c>PM</c>.</summary>
public static class SessionNames
{
    public static string Of(Session session) => session == Session.Am ? "AM" : "PM";

    /// <summary>Reads <c>AM</c> or <c>PM</c>, in that case only; anything else is false.</summary>
    public static bool TryParse(string? text, out Session session)
    {
        session = text == "PM" ? Session.Pm : Session.Am;
        return text is "AM" or "PM";
    }
}
