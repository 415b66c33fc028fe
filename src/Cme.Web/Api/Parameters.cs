using System.Text.RegularExpressions;

namespace Cme.Web.Api;

/// <summary>Reads what stands in an address.</summary>
internal static partial class Parameters
{
    /// <summary>Whether a text is a URN (six digits) or the name of a provider without one, <c>local:riverside</c>.</summary>
    public static bool IsUrn(string text) => Urn().IsMatch(text);

    /// <summary>Whether a text is a school year such as <c>2026-27</c>.</summary>
    public static bool IsSchoolYear(string text) =>
        SchoolYear().Match(text) is { Success: true } match
        && (int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) + 1) % 100
            == int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An instant in a query, or null. A plus sign that was sent without escaping arrives as a space.</summary>
    public static DateTimeOffset? Instant(string text) => Fields.ParseInstant(text.Replace(' ', '+'));

    /// <summary>A parameter that is wrong, as a place: its name stands for the pointer.</summary>
    public static PlaceProblem Wrong(string name, string code, string detail) => new(name, code, $"'{name}' {detail}.");

    [GeneratedRegex(@"^([0-9]{6}|local:[a-z0-9][a-z0-9-]{0,39})\z")]
    private static partial Regex Urn();

    [GeneratedRegex(@"^(20[0-9]{2})-([0-9]{2})\z")]
    private static partial Regex SchoolYear();
}
