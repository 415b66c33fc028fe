using Cme.Domain.Calendars;
using Cme.Web.Pages.Episodes.Record;
using Cme.Web.Records;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Cme.Web.Pages.Records;

/// <summary>A child on no roll here, as somebody describes it.</summary>
public sealed class NewChildForm
{
    private const int LongestName = 100;

    public string? Forename { get; set; }
    public string? Surname { get; set; }
    public WhenDone Born { get; set; } = new();

    /// <summary>The form with what was said of the child.</summary>
    public static NewChildForm Of(string? forename, string? surname, DateOnly? born) => new()
    {
        Forename = forename, Surname = surname, Born = born is { } day ? WhenDone.Of(London.At(day, TimeOnly.MinValue)) : new(),
    };

    /// <summary>The child; null where something is wrong, which is said beside its field.</summary>
    public NewChild? Read(ModelStateDictionary state, DateTimeOffset now)
    {
        if (Forename?.Trim() is not { Length: > 0 and <= LongestName } forename) { state.AddModelError(nameof(Forename), "Enter the child’s first name"); forename = ""; }
        if (Surname?.Trim() is not { Length: > 0 and <= LongestName } surname) { state.AddModelError(nameof(Surname), "Enter the child’s surname"); surname = ""; }
        if (Born.Date() is not { } born || born > London.DateOf(now))
        {
            state.AddModelError(nameof(Born), "Enter the child’s date of birth, such as 7 9 2014");
            return null;
        }
        return new(forename, surname, born, null, null, null);
    }
}
