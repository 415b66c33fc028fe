using System.Globalization;
using Cme.Storage.Searches;
using Cme.Web.Api.Searches;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Cme.Web.Pages.Search;

/// <summary>Whom somebody looks for, as typed.</summary>
public sealed class SearchForm
{
    public string? Name { get; set; }
    public string? Upn { get; set; }
    public string? Reference { get; set; }
    public string? Postcode { get; set; }
    public string? Day { get; set; }
    public string? Month { get; set; }
    public string? Year { get; set; }

    /// <summary>Filled in again for criteria.</summary>
    public static SearchForm Of(SearchCriteria criteria) => new()
    {
        Name = criteria.Name, Upn = criteria.Upn, Reference = criteria.Reference, Postcode = criteria.Postcode,
        Day = criteria.DateOfBirth?.Day.ToString(CultureInfo.InvariantCulture), Month = criteria.DateOfBirth?.Month.ToString(CultureInfo.InvariantCulture),
        Year = criteria.DateOfBirth?.Year.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The criteria; what is wrong with them goes beside the fields.</summary>
    public SearchCriteria? ToCriteria(ModelStateDictionary faults)
    {
        var born = Born();
        if (born is null && (Day ?? Month ?? Year) is not null) { faults.AddModelError("Form.Day", "Date of birth must be a real date, such as 31 3 2014"); }
        var criteria = new SearchCriteria { Name = Typed(Name), Upn = Typed(Upn)?.ToUpperInvariant(), Postcode = Typed(Postcode), DateOfBirth = born, Reference = ChildSearch.KeyOf(Typed(Reference)) };
        foreach (var (field, _, _) in ChildSearch.FaultsOf(criteria, Typed(Reference)))
        {
            switch (field)
            {
                case "reference": faults.AddModelError("Form.Reference", "Check the episode’s reference: a character is wrong or missing"); break;
                case "name": faults.AddModelError("Form.Name", "Enter one to three words of the name, one of them of at least two letters"); break;
                default:
                    if (faults.IsValid) { faults.AddModelError("Form.Name", "Enter something to search by"); }
                    break;
            }
        }
        return faults.IsValid ? criteria : null;
    }

    private DateOnly? Born() => DateOnly.TryParseExact(
        $"{Day?.Trim()} {Month?.Trim()} {Year?.Trim()}", "d M yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) ? born : null;

    private static string? Typed(string? text) => text?.Trim() is { Length: > 0 and <= 200 } typed ? typed : null;
}
