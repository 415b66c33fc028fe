using System.Globalization;
using Cme.Domain.Calendars;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>The date and time of an act as people type them: three boxes for the date, one for the time, both in London.</summary>
public sealed class WhenDone
{
    private static readonly string[] s_times = ["H:mm", "HHmm", "H.mm", "h:mmtt", "h.mmtt", "htt"];

    public string? Day { get; set; }
    public string? Month { get; set; }
    public string? Year { get; set; }
    public string? Time { get; set; }

    /// <summary>True if nothing is filled in.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Day) && string.IsNullOrEmpty(Month) && string.IsNullOrEmpty(Year) && string.IsNullOrEmpty(Time);

    /// <summary>Filled in for an instant.</summary>
    public static WhenDone Of(DateTimeOffset at)
    {
        var day = London.DateOf(at);
        return new()
        {
            Day = day.Day.ToString(CultureInfo.InvariantCulture),
            Month = day.Month.ToString(CultureInfo.InvariantCulture),
            Year = day.Year.ToString(CultureInfo.InvariantCulture),
            Time = Times.Clock(at),
        };
    }

    /// <summary>The date, or null if the boxes do not hold one.</summary>
    public DateOnly? Date()
    {
        if (!Number(Day, out var day) || !Number(Month, out var month) || !Number(Year, out var year)) { return null; }
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) { return null; }
        return new DateOnly(year, month, day);
    }

    /// <summary>The time of day, or null. Takes "9:40am", "9.40am", "9am", "09:40", "0940".</summary>
    public TimeOnly? TimeOfDay() => ReadTime(Time);

    /// <summary>A time of day as people type it, or null.</summary>
    public static TimeOnly? ReadTime(string? typed) =>
        TimeOnly.TryParseExact(
            (typed ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), s_times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time : null;

    /// <summary>The instant, or null if date or time cannot be read.</summary>
    public DateTimeOffset? Instant() =>
        Date() is { } date && TimeOfDay() is { } time ? London.At(date, time) : null;

    private static bool Number(string? typed, out int number) =>
        int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
