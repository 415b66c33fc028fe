namespace Cme.Domain.Calendars;

/// <summary>The time between two terms, in which the school sees nobody.</summary>
/// <param name="LastSession">When the last session before it starts, UTC: whoever is missing then will not be seen for a while.</param>
/// <param name="From">When the last school day before it ends, UTC.</param>
/// <param name="LastDay">That school day.</param>
/// <param name="To">When the first session after it starts, UTC; null if no later school day is published.</param>
/// <param name="Back">The day of that session.</param>
public readonly record struct Holiday(DateTimeOffset LastSession, DateTimeOffset From, DateOnly LastDay, DateTimeOffset? To, DateOnly? Back)
{
    /// <summary>Days without school in it; null if its end is not published.</summary>
    public int? Days => Back is { } back ? back.DayNumber - LastDay.DayNumber - 1 : null;

    /// <summary>Whether the school is closed for it at this instant.</summary>
    public bool Covers(DateTimeOffset instant) => instant >= From && (To is null || instant < To);
}
