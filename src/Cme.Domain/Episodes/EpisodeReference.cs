using System.Diagnostics.CodeAnalysis;
using Cme.Domain.Children;

namespace Cme.Domain.Episodes;

/// <summary>
/// The reference of an episode, which people write on paper and read out: <c>episode-7k3q92mxh4-t</c>. Random, so that no
/// reference leads to the next, with a check character, so that a slip of the pen leads nowhere.
/// </summary>
public readonly record struct EpisodeReference : IParsable<EpisodeReference>
{
    private const string Prefix = "episode-";
    private const int Length = 10;

    private readonly string? _key;

    private EpisodeReference(string characters) => _key = $"{Prefix}{characters}-{Crockford.CheckOf(characters)}";

    /// <summary>The whole reference in lower case, which is also the grain's key. Empty for <c>default</c>, which is no episode.</summary>
    public string Key => _key ?? "";

    /// <param name="random">7 bytes or more, from a cryptographic source.</param>
    public static EpisodeReference Create(ReadOnlySpan<byte> random) => new(Crockford.Encode(random, Length));

    /// <summary>
    /// Reads a reference as people may have written it: either case, O for 0, I or L for 1, hyphens left out, with or without
    /// the word in front. False if it is malformed or its check character is wrong.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EpisodeReference result)
    {
        var text = s.AsSpan().Trim();
        var rest = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text;
        var read = Crockford.Normalise(rest, Length + 1);
        var right = read is not null && Crockford.CheckOf(read.AsSpan(0, Length)) == read[Length];
        result = right ? new EpisodeReference(read![..Length]) : default;
        return right;
    }

    /// <exception cref="FormatException">It is no reference.</exception>
    public static EpisodeReference Parse(string s) =>
        TryParse(s, null, out var reference)
            ? reference
            : throw new FormatException($"'{s}' is no episode reference. Compare it with the original: a character is wrong or missing.");

    static EpisodeReference IParsable<EpisodeReference>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public override string ToString() => Key;
}
