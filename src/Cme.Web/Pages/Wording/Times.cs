using System.Globalization;
using Cme.Domain.Calendars;

namespace Cme.Web.Pages.Wording;

/// <summary>Instants and days as GOV.UK writes them, in London: "9:50am", "Monday 7 September 2026".</summary>
public static class Times
{
    private static readonly CultureInfo s_british = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Such as "9:50am".</summary>
    public static string Clock(DateTimeOffset at) => Clock(London.TimeOf(at));

    /// <summary>Such as "9:50am".</summary>
    public static string Clock(TimeOnly at) => at.ToString("h:mmtt", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>Such as "Monday 7 September 2026".</summary>
    public static string Day(DateOnly day) => day.ToString("dddd d MMMM yyyy", s_british);

    /// <summary>Such as "7 September 2026".</summary>
    public static string Date(DateOnly day) => day.ToString("d MMMM yyyy", s_british);

    /// <summary>Such as "Mon 7 Sep", for a table.</summary>
    public static string ShortDay(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>Such as "Monday 7 September 2026".</summary>
    public static string Day(DateTimeOffset at) => Day(London.DateOf(at));

    /// <summary>Such as "today", "tomorrow", "Tuesday 8 September" or, of another year, "Tuesday 8 September 2026".</summary>
    public static string NearDay(DateOnly day, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        return (day.DayNumber - today.DayNumber) switch
        {
            0 => "today",
            1 => "tomorrow",
            -1 => "yesterday",
            _ => day.ToString(day.Year == today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", s_british),
        };
    }

    /// <summary>Such as "9:50am", "tomorrow at 3:15pm" or "Tuesday 8 September at 3:15pm".</summary>
    public static string Near(DateTimeOffset at, DateTimeOffset now) =>
        NearDay(London.DateOf(at), now) switch
        {
            "today" => Clock(at),
            var day => $"{day} at {Clock(at)}",
        };

    /// <summary>The same inside a sentence: "at 9:50am", "tomorrow at 3:15pm".</summary>
    public static string AtNear(DateTimeOffset at, DateTimeOffset now) => Near(at, now) is var near && near.Contains(" at ", StringComparison.Ordinal) ? near : $"at {near}";

    /// <summary>Such as "9:50am on Monday 7 September 2026".</summary>
    public static string Full(DateTimeOffset at) => $"{Clock(at)} on {Day(at)}";

    /// <summary>For an attribute that a machine reads: UTC, to the second.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
