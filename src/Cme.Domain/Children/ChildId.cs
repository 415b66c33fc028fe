using System.Diagnostics.CodeAnalysis;

namespace Cme.Domain.Children;

/// <summary>A child of one authority: twelve characters such as <c>7k3q92mxh4b2</c> that say nothing about the child.</summary>
public readonly record struct ChildId : IParsable<ChildId>
{
    private const int Length = 12;

    private readonly string? _value;

    private ChildId(string value) => _value = value;

    /// <summary>Lower case, as stored. Empty for <c>default</c>, which is no child.</summary>
    public string Value => _value ?? "";

    /// <param name="random">8 bytes or more, from a cryptographic source.</param>
    public static ChildId Create(ReadOnlySpan<byte> random) => new(Crockford.Encode(random, Length));

    /// <summary>Reads an id as people may have written it: either case, O for 0, I or L for 1.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ChildId result)
    {
        var value = Crockford.Normalise(s, Length);
        result = value is null ? default : new ChildId(value);
        return value is not null;
    }

    /// <exception cref="FormatException">It is no child id.</exception>
    public static ChildId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException($"'{s}' is no child id. It has {Length} characters.");

    static ChildId IParsable<ChildId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public override string ToString() => Value;
}
