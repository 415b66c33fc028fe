using Cme.Web.Pages.Episodes.Record;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Cme.Web.Pages.Shared;

/// <summary>A date in three boxes.</summary>
public sealed record DateField(string Id, string Name, string Label, WhenDone Value)
{
    public string Hint { get; init; } = "";
    public string? Wrong { get; init; }
    public string? DescribedBy => Described.By(Id, Hint, Wrong);
}

/// <summary>The elements that describe a field.</summary>
internal static class Described
{
    public static string? By(string id, string hint, string? wrong) =>
        string.Join(' ', new[] { hint.Length > 0 ? $"{id}-hint" : "", wrong is null ? "" : $"{id}-error" }.Where(part => part.Length > 0)) is { Length: > 0 } by ? by : null;
}

/// <summary>What is wrong with a form.</summary>
internal static class Faults
{
    /// <summary>The faults as a person meets their fields going down the page; the framework keeps them in an order of its own.</summary>
    /// <param name="fields">Names of fields in the page's order. Faults of other fields come last.</param>
    public static IEnumerable<(string Field, string Words)> InOrderOf(this ModelStateDictionary state, IEnumerable<string> fields)
    {
        var order = fields.ToList();
        return from entry in state
               let at = order.IndexOf(entry.Key)
               orderby at < 0 ? order.Count : at
               from error in entry.Value.Errors
               select (entry.Key, error.ErrorMessage);
    }
}
