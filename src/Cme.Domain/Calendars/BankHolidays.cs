using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Cme.Domain.Calendars;

/// <summary>The bank holidays of England and Wales, by date.</summary>
public sealed class BankHolidays
{
    private const string Division = "england-and-wales";

    private static readonly Lazy<BankHolidays> Shipped = new(ReadShipped);

    private readonly FrozenDictionary<DateOnly, string> _titles;

    private BankHolidays(Dictionary<DateOnly, string> titles)
    {
        _titles = titles.ToFrozenDictionary();
        PublishedTo = new DateOnly(titles.Keys.Max().Year, 12, 31);
    }

    /// <summary>The list that ships with the product: 2024 to 2028, computed from the standing rules.</summary>
    /// <remarks>Source: FACTS C5. A holiday proclaimed since needs GOV.UK's list: see <see cref="Parse"/>.</remarks>
    public static BankHolidays England => Shipped.Value;

    /// <summary>The end of the last year that the list covers. After it a weekday may be a bank holiday that nobody knows of.</summary>
    public DateOnly PublishedTo { get; }

    public bool Contains(DateOnly date) => _titles.ContainsKey(date);

    /// <summary>What the day is called, or null if it is no bank holiday.</summary>
    public string? TitleOf(DateOnly date) => _titles.GetValueOrDefault(date);

    /// <summary>
    /// Reads a list in GOV.UK's format, <c>{"england-and-wales":{"events":[{"title","date"}]}}</c>; other divisions are ignored.
    /// </summary>
    /// <exception cref="FormatException">It is no such list, or an empty one. The message names the place.</exception>
    public static BankHolidays Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var titles = new Dictionary<DateOnly, string>();
            foreach (var holiday in document.RootElement.GetProperty(Division).GetProperty("events").EnumerateArray())
            {
                var date = holiday.GetProperty("date").GetString() ?? "";
                titles[DateOnly.ParseExact(date, "O")] = holiday.GetProperty("title").GetString() ?? "";
            }

            return titles.Count > 0
                ? new BankHolidays(titles)
                : throw new FormatException($"The list of bank holidays has no events under '{Division}'.");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(
                $"The list of bank holidays is not in GOV.UK's format: {wrong.Message} Download https://www.gov.uk/bank-holidays.json.", wrong);
        }
    }

    private static BankHolidays ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Cme.Domain.Calendars.BankHolidays.json")
            ?? throw new InvalidOperationException("BankHolidays.json is not embedded in Cme.Domain.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
