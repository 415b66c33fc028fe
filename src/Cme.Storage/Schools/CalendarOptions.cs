using Cme.Domain.Calendars;
using Microsoft.Extensions.Options;

namespace Cme.Storage.Schools;

/// <summary>What every school's and authority's calendar rests on.</summary>
public sealed class CalendarOptions
{
    /// <summary>The bank holidays of England and Wales, in GOV.UK's format (https://www.gov.uk/bank-holidays.json).</summary>
    /// <value>The path of a file; the list that ships, to 2028, unless configured. A holiday proclaimed since needs the file.</value>
    public string? BankHolidaysFile { get; init; }

    /// <summary>The list that was configured, or the one that ships.</summary>
    /// <exception cref="FormatException">The file is no such list; the message names the place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public BankHolidays ReadBankHolidays() =>
        string.IsNullOrWhiteSpace(BankHolidaysFile) ? BankHolidays.England : BankHolidays.Parse(File.ReadAllText(BankHolidaysFile));
}

/// <summary>Reads the list once at start-up: a deadline must not be the first to find that it cannot be read.</summary>
internal sealed class CalendarOptionsCheck : IValidateOptions<CalendarOptions>
{
    public ValidateOptionsResult Validate(string? name, CalendarOptions options)
    {
        try
        {
            options.ReadBankHolidays();
            return ValidateOptionsResult.Success;
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"Calendars:BankHolidaysFile ('{options.BankHolidaysFile}') cannot be used. {wrong.Message}");
        }
    }
}
