using System.Globalization;
using Cme.Domain.Calendars;

namespace Cme.TestSupport.Terms;

/// <summary>Dates as a case officer writes them, with their weekday, which must be right. Times are London's.</summary>
/// <example><c>using static Cme.TestSupport.Terms.Dates;  At("Tue 8 Sep 2026 09:10")</c></example>
public static class Dates
{
    /// <summary>The day "Tue 8 Sep 2026".</summary>
    /// <exception cref="FormatException">It is no date, or the weekday is wrong; the message names the right one.</exception>
    public static DateOnly On(string date)
    {
        ArgumentNullException.ThrowIfNull(date);
        var (weekday, rest) = date.Split(' ', 2) is [var first, var second] ? (first, second) : ("", date);
        var day = DateOnly.ParseExact(rest, "d MMM yyyy", CultureInfo.InvariantCulture);
        var actual = day.ToString("ddd", CultureInfo.InvariantCulture);
        return weekday == actual ? day : throw new FormatException($"'{date}' is a {actual}.");
    }

    /// <summary>The instant (UTC) at which London's clocks show "Tue 8 Sep 2026 09:10".</summary>
    public static DateTimeOffset At(string instant)
    {
        ArgumentNullException.ThrowIfNull(instant);
        var split = instant.LastIndexOf(' ');
        return London.At(On(instant[..split]), TimeOnly.ParseExact(instant[(split + 1)..], "HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>The morning session of "Tue 8 Sep 2026".</summary>
    public static SessionOf Am(string date) => new(On(date), Session.Am);

    /// <summary>The afternoon session of "Tue 8 Sep 2026".</summary>
    public static SessionOf Pm(string date) => new(On(date), Session.Pm);
}
