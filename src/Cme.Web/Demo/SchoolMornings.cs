using Cme.Domain.Calendars;
using Cme.Web.Api.Episodes;

namespace Cme.Web.Demo;

/// <summary>Knows when the demo's next school morning begins.</summary>
public sealed class SchoolMornings(SchoolCalendars calendars)
{
    /// <summary>Half an hour before most schools start.</summary>
    private static readonly TimeOnly s_begins = new(8, 30);

    /// <summary>8:30 in London on the first day after today on which a school of the demo is open.</summary>
    /// <returns>Where no school has published a calendar that reaches so far, the next Monday to Friday.</returns>
    public async Task<DateTimeOffset> NextAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var today = London.DateOf(now);
        var days = new List<DateOnly>();
        foreach (var school in DemoAuthority.Schools)
        {
            if (await calendars.ReadAsync(DemoAuthority.Code, school.Urn, cancel) is { } calendar && calendar.PublishedTo > today) { days.Add(FirstOpen(calendar, today)); }
        }
        return London.At(days.Count > 0 ? days.Min() : NextWeekday(today), s_begins);
    }

    /// <summary>8:30 in London on the first day after today on which one school is open, or today's if that is still to come.</summary>
    public async Task<DateTimeOffset> NextOfAsync(string urn, DateTimeOffset now, CancellationToken cancel)
    {
        var today = London.DateOf(now);
        if (await calendars.ReadAsync(DemoAuthority.Code, urn, cancel) is not { } calendar) { return London.At(NextWeekday(today), s_begins); }
        return London.At(FirstOpen(calendar, now <= London.At(today, s_begins) ? today.AddDays(-1) : today), s_begins);
    }

    private static DateOnly FirstOpen(SchoolCalendar calendar, DateOnly today)
    {
        for (var day = today.AddDays(1); day <= calendar.PublishedTo; day = day.AddDays(1))
        {
            if (calendar.IsSchoolDay(day)) { return day; }
        }
        return NextWeekday(today);
    }

    private static DateOnly NextWeekday(DateOnly today) => today.DayOfWeek switch
    {
        DayOfWeek.Friday => today.AddDays(3),
        DayOfWeek.Saturday => today.AddDays(2),
        _ => today.AddDays(1),
    };
}
