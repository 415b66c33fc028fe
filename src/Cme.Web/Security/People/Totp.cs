using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cme.Web.Security.People;

/// <summary>Time-based one-time codes as authenticator apps show them.</summary>
/// <remarks>Source: RFC 6238 with SHA-1, 30 seconds and six digits, which is what every app understands.</remarks>
internal static class Totp
{
    public const int Digits = 6;
    public const int SecondsOfStep = 30;

    /// <summary>A telephone's clock may be off, and typing takes a while: a code is right one step early or late.</summary>
    private const int StepsEitherWay = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret of 160 bits in base 32.</summary>
    public static string NewSecret() => new([.. RandomNumberGenerator.GetBytes(32).Select(random => Base32[random % Base32.Length])]);

    /// <summary>The code of a time step.</summary>
    /// <param name="secret">In base 32, as an app takes it.</param>
    /// <param name="step">The number of 30-second steps since 1970.</param>
    public static string CodeOf(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Authenticator apps take SHA-1 only; an HMAC does not lean on what SHA-1 has lost.
        HMACSHA1.HashData(BytesOf(secret), counter, hash);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fff_ffff;
        return (truncated % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static long StepAt(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / SecondsOfStep;

    /// <summary>The step whose code this is, around an instant; null if it is none's. Spaces are not minded.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        var sent = Encoding.UTF8.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        var step = StepAt(now);
        long? found = null;
        for (var at = step - StepsEitherWay; at <= step + StepsEitherWay; at++)
        {
            if (CryptographicOperations.FixedTimeEquals(sent, Encoding.UTF8.GetBytes(CodeOf(secret, at)))) { found = at; }
        }
        return found;
    }

    private static byte[] BytesOf(string base32)
    {
        var bytes = new byte[base32.TrimEnd('=').Length * 5 / 8];
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            var value = Base32.IndexOf(base32[bit / 5], StringComparison.OrdinalIgnoreCase);
            if ((value >> (4 - (bit % 5)) & 1) == 1) { bytes[bit / 8] |= (byte)(0x80 >> (bit % 8)); }
        }
        return bytes;
    }
}
