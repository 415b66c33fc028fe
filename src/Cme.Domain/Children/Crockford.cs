namespace Cme.Domain.Children;

/// <summary>
/// Douglas Crockford's base 32: no I, L, O or U, so that a reference survives being read out and written down. Ours is lower
/// case.
/// </summary>
internal static class Crockford
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int ReferenceLength = 10;

    /// <summary>The first <paramref name="length"/> × 5 bits of <paramref name="random"/> as characters.</summary>
    public static string Encode(ReadOnlySpan<byte> random, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(random.Length * 8, length * 5, nameof(random));
        Span<char> characters = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < (i + 1) * 5; bit++)
            {
                value = (value << 1) | ((random[bit / 8] >> (7 - (bit % 8))) & 1);
            }

            characters[i] = Alphabet[value];
        }

        return new string(characters);
    }

    /// <summary>A reference to write down: <c>referral-</c>, ten characters and the one that checks them, as in <c>referral-7k3q92mxh4-t</c>.</summary>
    /// <param name="random">7 bytes or more, from a cryptographic source.</param>
    public static string Reference(string prefix, ReadOnlySpan<byte> random)
    {
        var characters = Encode(random, ReferenceLength);
        return $"{prefix}{characters}-{CheckOf(characters)}";
    }

    /// <summary>
    /// Reads what people make of it: either case, O for 0, I and L for 1, hyphens anywhere. Null unless it has
    /// <paramref name="length"/> characters of the alphabet.
    /// </summary>
    public static string? Normalise(ReadOnlySpan<char> text, int length)
    {
        Span<char> characters = stackalloc char[length];
        var used = 0;
        foreach (var letter in text)
        {
            var read = char.ToLowerInvariant(letter) switch { 'o' => '0', 'i' or 'l' => '1', var other => other };
            if (read == '-')
            {
                continue;
            }

            if (used == length || !Alphabet.Contains(read, StringComparison.Ordinal))
            {
                return null;
            }

            characters[used++] = read;
        }

        return used == length ? new string(characters) : null;
    }

    /// <summary>
    /// The check character, again of the alphabet: any one wrong character and any two neighbours exchanged are noticed.
    /// </summary>
    /// <remarks>
    /// Crockford's own check (modulo 37) needs the symbols * ~ $ = besides, which do not belong in an address. This one weighs
    /// the characters by powers of 2 in the field of 32 elements: see ADR 0041.
    /// </remarks>
    public static char CheckOf(ReadOnlySpan<char> characters)
    {
        var sum = 0;
        foreach (var character in characters)
        {
            sum = Doubled(sum ^ Alphabet.IndexOf(character, StringComparison.Ordinal));
        }

        return Alphabet[sum];
    }

    // Multiplication by x modulo x^5 + x^2 + 1.
    private static int Doubled(int value) => (value << 1) ^ ((value & 0b10000) == 0 ? 0 : 0b100101);
}
