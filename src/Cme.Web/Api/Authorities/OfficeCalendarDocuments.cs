using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using Cme.Domain.Calendars;
using Cme.Web.Api.Schools;

namespace Cme.Web.Api.Authorities;

/// <summary>When an authority's offices are open: Monday to Friday less bank holidays, and less the days named here.</summary>
public record OfficeCalendarDocument
{
    public required OfficeHoursDocument OfficeHours { get; init; }
    [Description("Further days on which the offices are closed.")]
    public ImmutableArray<DateOnly> Closures { get; init; } = [];
    public OutOfHoursDocument? OutOfHours { get; init; }
}

/// <summary>HH:mm, Europe/London.</summary>
public sealed record OfficeHoursDocument(string Start, string End);

/// <summary>Whom to call when the offices are closed.</summary>
public sealed record OutOfHoursDocument(string Phone);

/// <summary>An authority's calendar as it is held.</summary>
public sealed record HeldOfficeCalendar : OfficeCalendarDocument
{
    public required string Authority { get; init; }
    [Description("0 until one is published: the hours are then 08:30 to 17:00.")]
    public required int Version { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    [Description("The list of bank holidays that counts for the authority and its schools.")]
    public required BankHolidaysInForce BankHolidays { get; init; }
}

/// <param name="Own">Whether the authority has sent a list; if not, the one holds that is installed.</param>
/// <param name="To">The end of the last year that it covers. A deadline beyond it is not known.</param>
public sealed record BankHolidaysInForce(bool Own, DateOnly To);

/// <summary>Bank holidays as https://www.gov.uk/bank-holidays.json gives them. Other divisions may be there and are not read.</summary>
public sealed record BankHolidayList
{
    [JsonPropertyName("england-and-wales")]
    public required BankHolidayDivision EnglandAndWales { get; init; }
}

public sealed record BankHolidayDivision
{
    public string Division { get; init; } = BankHolidays.Division;
    public required ImmutableArray<BankHolidayEvent> Events { get; init; }
}

public sealed record BankHolidayEvent
{
    public required string Title { get; init; }
    public required DateOnly Date { get; init; }
    [Description("As GOV.UK has it; not kept.")]
    public string Notes { get; init; } = "";
    [Description("As GOV.UK has it; not kept.")]
    public bool Bunting { get; init; }
}

/// <summary>What publishing an authority's calendar came to.</summary>
/// <param name="Moved">The deadlines of open episodes that moved, of all its schools.</param>
public sealed record OfficeCalendarReport(int Version, ImmutableArray<MovedDeadlineDocument> Moved);
