namespace Cme.Web.Pages.Shared;

/// <summary>A question with one text for its answer, as a form shows it; <c>_Field.cshtml</c> draws it with what was wrong.</summary>
/// <param name="Name">The field's name, which is also its id.</param>
/// <param name="Label">What is asked.</param>
public sealed record FieldView(string Name, string Label)
{
    public string? Hint { get; init; }
    public string? Value { get; init; }
    /// <summary>An input's type; <c>password</c> can be shown.</summary>
    public string Type { get; init; } = "text";
    /// <summary>What a browser or password manager fills in.</summary>
    public string? Autocomplete { get; init; }
    /// <summary>True for what is shown so that a password manager keeps it.</summary>
    public bool ReadOnly { get; init; }
    public string? InputMode { get; init; }
    /// <summary>Such as <c>govuk-input--width-10</c>.</summary>
    public string Width { get; init; } = "";
}
