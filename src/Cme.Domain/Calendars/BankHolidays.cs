using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Cme.Domain.Calendars;

/// <summary>A bank holiday of England and Wales, as GOV.UK's list has it.</summary>
public sealed record BankHoliday(DateOnly Date, string Title);

/// <summary>The bank holidays of England and Wales, by date.</summary>
public sealed class BankHolidays
{
    /// <summary>The part of GOV.UK's list that counts here.</summary>
    public const string Division = "england-and-wales";

    private static readonly Lazy<BankHolidays> Shipped = new(ReadShipped);

    private readonly FrozenDictionary<DateOnly, string> _titles;

    private BankHolidays(ImmutableArray<BankHoliday> days)
    {
        Days = days;
        _titles = days.ToFrozenDictionary(day => day.Date, day => day.Title);
        PublishedTo = EndOf(days);
    }

    /// <summary>The list that ships with the product: 2024 to 2028, computed from the standing rules.</summary>
    /// <remarks>Source: FACTS C5. A holiday proclaimed since needs GOV.UK's list: see <see cref="Parse"/>.</remarks>
    public static BankHolidays England => Shipped.Value;

    /// <summary>All of them, in order.</summary>
    public ImmutableArray<BankHoliday> Days { get; }

    /// <summary>The end of the last year that the list covers. After it a weekday may be a bank holiday that nobody knows of.</summary>
    public DateOnly PublishedTo { get; }

    public bool Contains(DateOnly date) => _titles.ContainsKey(date);

    /// <summary>What the day is called, or null if it is no bank holiday.</summary>
    public string? TitleOf(DateOnly date) => _titles.GetValueOrDefault(date);

    /// <summary>A list that has passed its check.</summary>
    public static BankHolidays Of(IEnumerable<BankHoliday> days) => new([.. days.DistinctBy(day => day.Date).OrderBy(day => day.Date)]);

    /// <summary>What is wrong with a list that is to replace the one in force, by its places in GOV.UK's format.</summary>
    /// <param name="today">A list that ended before is an old download: no deadline could be worked out by it.</param>
    public static ImmutableArray<CalendarFault> Check(ImmutableArray<BankHoliday> days, DateOnly today)
    {
        const string events = $"/{Division}/events";
        if (days.IsEmpty)
        {
            return [new(events, "empty", "The list names no bank holiday. Send the whole of https://www.gov.uk/bank-holidays.json.")];
        }
        if (EndOf(days) is var end && end < today)
        {
            return [new(events, "list-ended", $"The list ends with {end.Year}. Download https://www.gov.uk/bank-holidays.json again.")];
        }
        return
        [
            .. from day in days.Index()
               let first = days.First(one => one.Date == day.Item.Date)
               where !ReferenceEquals(first, day.Item)
               select new CalendarFault($"{events}/{day.Index}/date", "named-twice", $"{day.Item.Date:O} is named already, as '{first.Title}'. Leave one of the two out."),
        ];
    }

    /// <summary>
    /// Reads a list in GOV.UK's format, <c>{"england-and-wales":{"events":[{"title","date"}]}}</c>; other divisions are ignored.
    /// </summary>
    /// <exception cref="FormatException">It is no such list, or an empty one. The message names the place.</exception>
    public static BankHolidays Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            ImmutableArray<BankHoliday> days =
            [
                .. from holiday in document.RootElement.GetProperty(Division).GetProperty("events").EnumerateArray()
                   let date = holiday.GetProperty("date").GetString() ?? ""
                   select new BankHoliday(DateOnly.ParseExact(date, "O"), holiday.GetProperty("title").GetString() ?? ""),
            ];

            return !days.IsEmpty
                ? Of(days)
                : throw new FormatException($"The list of bank holidays has no events under '{Division}'.");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(
                $"The list of bank holidays is not in GOV.UK's format: {wrong.Message} Download https://www.gov.uk/bank-holidays.json.", wrong);
        }
    }

    private static DateOnly EndOf(ImmutableArray<BankHoliday> days) => new(days.Max(day => day.Date).Year, 12, 31);

    private static BankHolidays ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Cme.Domain.Calendars.BankHolidays.json")
            ?? throw new InvalidOperationException("BankHolidays.json is not embedded in Cme.Domain.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
