using Cme.Web.Pages.Episodes.Record;

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
