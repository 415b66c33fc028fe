using Cme.Web.Pages.Episodes.Record;

namespace Cme.Web.Pages.Shared;

/// <summary>One field of a form in which people write: its label, what was written, and what is wrong with it.</summary>
/// <param name="Id">Of the element; its hint and error take it as their beginning.</param>
/// <param name="Name">Under which it is sent.</param>
public sealed record TextField(string Id, string Name, string Label, string? Value)
{
    public string Hint { get; init; } = "";
    /// <summary>What is wrong with it; null if nothing is.</summary>
    public string? Wrong { get; init; }
    /// <summary>1 is a line; more is a box of so many lines.</summary>
    public int Rows { get; init; } = 1;
    /// <summary>Characters that a line has room for; 0 is as wide as a line of text.</summary>
    public int Width { get; init; }

    /// <summary>The elements that describe it, or null.</summary>
    public string? DescribedBy => Described.By(Id, Hint, Wrong);
}

/// <summary>A date in three boxes.</summary>
public sealed record DateField(string Id, string Name, string Label, WhenDone Value)
{
    public string Hint { get; init; } = "";
    public string? Wrong { get; init; }
    public string? DescribedBy => Described.By(Id, Hint, Wrong);
}

internal static class Described
{
    public static string? By(string id, string hint, string? wrong) =>
        string.Join(' ', new[] { hint.Length > 0 ? $"{id}-hint" : "", wrong is null ? "" : $"{id}-error" }.Where(part => part.Length > 0)) is { Length: > 0 } by ? by : null;
}
