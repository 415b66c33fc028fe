namespace Cme.Domain.Children;

/// <summary>A unique pupil number, well formed; its check letter may still be wrong.</summary>
/// <remarks>
/// Permanent: a letter and 12 digits. Temporary: a letter, 11 digits and a letter; never the only key to a child. Source:
/// FACTS C1. It is personal data: never in an address, a log or a message.
/// </remarks>
public readonly record struct Upn
{
    private const int Length = 13;
    private const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ";      // 23 of them: no I, O or S.

    private readonly string? _value;

    private Upn(string value) => _value = value;

    /// <summary>In upper case. Empty for <c>default</c>, which is no UPN.</summary>
    public string Value => _value ?? "";

    public bool IsTemporary => _value is not null && !char.IsAsciiDigit(_value[^1]);

    /// <summary>DfE's own systems check only the form, so real files hold wrong letters: warn, never reject.</summary>
    public bool HasRightCheckLetter => _value is not null && _value[0] == CheckLetterOf(_value.AsSpan(1));

    /// <summary>Reads a UPN in either case, ignoring blanks around it. False if the form is wrong.</summary>
    public static bool TryParse(string? text, out Upn upn)
    {
        var value = text?.Trim().ToUpperInvariant() ?? "";
        var formed = value.Length == Length
            && Letters.Contains(value[0], StringComparison.Ordinal)
            && !value.AsSpan(1, 11).ContainsAnyExceptInRange('0', '9')
            && (char.IsAsciiDigit(value[^1]) || Letters.Contains(value[^1], StringComparison.Ordinal));
        upn = formed ? new Upn(value) : default;
        return formed;
    }

    /// <summary>What is wrong with a UPN as it was sent, or null.</summary>
    public static UpnFault? Check(string? text) =>
        !TryParse(text, out var upn)
            ? new UpnFault("upn-format",
                "A UPN is a letter and 12 digits, or (temporary) a letter, 11 digits and a letter; I, O and S are not used.", IsWarning: false)
        : !upn.HasRightCheckLetter
            ? new UpnFault("upn-check-letter",
                $"The check letter should be {CheckLetterOf(upn.Value.AsSpan(1))}. The UPN was kept as it is: check it for a slip.", IsWarning: true)
        : null;

    /// <summary>The letter that belongs before these 12 characters.</summary>
    /// <remarks>Weights 2 to 13 from the left; a final letter has its place in the alphabet as value; the sum modulo 23.</remarks>
    public static char CheckLetterOf(ReadOnlySpan<char> twelve)
    {
        var sum = 0;
        for (var i = 0; i < twelve.Length; i++)
        {
            var value = char.IsAsciiDigit(twelve[i]) ? twelve[i] - '0' : Letters.IndexOf(twelve[i], StringComparison.Ordinal);
            sum += value * (i + 2);
        }

        return Letters[sum % Letters.Length];
    }

    /// <summary>Masked, so that an accidental log line or message gives nobody away.</summary>
    public override string ToString() => _value is null ? "" : $"{_value[0]}…{_value[^2..]}";
}

/// <summary>What is wrong with a UPN.</summary>
/// <param name="Code"><c>upn-format</c> or <c>upn-check-letter</c>.</param>
/// <param name="Detail">What to do. It never repeats the number.</param>
/// <param name="IsWarning">True if the UPN is kept all the same.</param>
public sealed record UpnFault(string Code, string Detail, bool IsWarning);
