using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cme.Domain.Calendars;

/// <summary>
/// When an authority's offices are open, as it publishes it: Monday to Friday less bank holidays and the days it names. It is
/// stored under this form, and beside each school's own years, so that one number says by what calendars a deadline was worked out.
/// </summary>
public sealed record AuthorityCalendar
{
    /// <summary>The name under which it is kept beside a school's years.</summary>
    public const string Year = "authority";

    /// <summary>Start of office hours, Europe/London.</summary>
    public TimeOnly OfficeStart { get; init; }

    /// <summary>End of office hours, Europe/London.</summary>
    public TimeOnly OfficeEnd { get; init; }

    /// <summary>Further days on which the offices are closed.</summary>
    public ImmutableArray<DateOnly> ClosedDays { get; init; } = [];

    /// <summary>Whom to call when they are closed.</summary>
    public string? OutOfHoursPhone { get; init; }

    /// <summary>GOV.UK's list as the authority sent it last; null if it goes by the one that is installed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<BankHoliday>? BankHolidays { get; init; }

    /// <summary>What is wrong with it before it is published.</summary>
    public ImmutableArray<CalendarFault> Check() => OfficeEnd > OfficeStart ? [] :
    [
        new("/officeHours/end", "end-before-start",
            $"The offices close at {OfficeEnd:HH\\:mm}, and open at {OfficeStart:HH\\:mm}. Correct one of the two times."),
    ];

    /// <summary>The bank holidays of the authority and of its schools.</summary>
    /// <param name="installed">The list of whoever has sent none.</param>
    public BankHolidays HolidaysOr(BankHolidays installed) => BankHolidays is { } own ? Calendars.BankHolidays.Of(own) : installed;

    /// <summary>The calendar that deadlines are worked out by.</summary>
    /// <param name="installed">The bank holidays of whoever has sent no list.</param>
    public WorkingCalendar ToCalendar(string name, BankHolidays installed) => new(name, HolidaysOr(installed), ClosedDays, OfficeStart, OfficeEnd);
}
