using System.Globalization;

namespace Cme.Web.Pages.Calendars;

/// <summary>Days as people type them: "3 September 2026", "3 Sep 2026", "3/9/2026", "3 9 2026" or "2026-09-03"; a weekday before it is passed over.</summary>
public static class DayText
{
    private static readonly string[] s_forms = ["d MMMM yyyy", "d MMM yyyy", "d/M/yyyy", "d.M.yyyy", "d M yyyy", "yyyy-MM-dd"];

    /// <summary>The day, or null if it cannot be read.</summary>
    public static DateOnly? Read(string? typed)
    {
        var words = (typed ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (words.Count > 1 && words[0].Length >= 3 && words[0].All(char.IsLetter)) { words.RemoveAt(0); }
        return DateOnly.TryParseExact(string.Join(' ', words), s_forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>As a form writes it: "Thu 3 September 2026".</summary>
    public static string Write(DateOnly day) => day.ToString("ddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The lines of a box, without empty ones.</summary>
    public static IEnumerable<string> Lines(string? typed) =>
        (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
