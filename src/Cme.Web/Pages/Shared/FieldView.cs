namespace Cme.Web.Pages.Shared;

/// <summary>A question with one text for its answer, as a form shows it; <c>_Field.cshtml</c> draws it with what was wrong.</summary>
/// <param name="Id">Of the element; its hint and error take it as their beginning.</param>
/// <param name="Label">What is asked.</param>
public sealed record FieldView(string Id, string Label)
{
    private readonly string? _name;

    /// <summary>Under which it is sent; the id unless said.</summary>
    public string Name { get => _name ?? Id; init => _name = value; }
    public string Hint { get; init; } = "";
    public string? Value { get; init; }
    /// <summary>What is wrong with it, where the page's faults do not stand under its name.</summary>
    public string? Wrong { get; init; }
    /// <summary>An input's type; <c>password</c> can be shown.</summary>
    public string Type { get; init; } = "text";
    /// <summary>What a browser or password manager fills in; nothing unless said.</summary>
    public string Autocomplete { get; init; } = "off";
    /// <summary>True for what is shown so that a password manager keeps it.</summary>
    public bool ReadOnly { get; init; }
    public string? InputMode { get; init; }
    /// <summary>True if the page asks for nothing else: the question is then its heading.</summary>
    public bool IsHeading { get; init; }
    /// <summary>1 is a line; more is a box of so many lines.</summary>
    public int Rows { get; init; } = 1;
    /// <summary>Characters that a line has room for; 0 is as wide as a line of text.</summary>
    public int Width { get; init; }
    /// <summary>True for a code, whose characters are easier to compare apart.</summary>
    public bool Spaced { get; init; }

    /// <summary>The classes of the line that is written in.</summary>
    internal string Classes(bool wrong) => string.Join(' ', new[]
    {
        "govuk-input", Width > 0 ? $"govuk-input--width-{Width}" : "", Spaced ? "govuk-input--extra-letter-spacing" : "", wrong ? "govuk-input--error" : "",
    }.Where(one => one.Length > 0));
}
