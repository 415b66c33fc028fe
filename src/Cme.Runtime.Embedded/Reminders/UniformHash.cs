using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Cme.Runtime.Embedded.Reminders;

/// <summary>
/// What Orleans hashes identities by: XxHash32, seed 0, of a text's UTF-8 bytes, with its bytes the other way round. (Orleans
/// takes the digest, which is big-endian, for a little-endian number.)
/// </summary>
/// <remarks>Source: the xxHash specification, version 0.1.1, "XXH32"; the order of bytes was compared with Orleans itself.</remarks>
internal static class UniformHash
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;
    private const int Stripe = 16;

    public static uint Of(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        unchecked
        {
            var length = (uint)rest.Length;
            var hash = (rest.Length < Stripe ? Prime5 : Stripes(ref rest)) + length;
            for (; rest.Length >= sizeof(uint); rest = rest[sizeof(uint)..])
            {
                hash = BitOperations.RotateLeft(hash + (Word(rest) * Prime3), 17) * Prime4;
            }
            foreach (var single in rest)
            {
                hash = BitOperations.RotateLeft(hash + (single * Prime5), 11) * Prime1;
            }
            return BinaryPrimitives.ReverseEndianness(Avalanche(hash));
        }
    }

    private static uint Stripes(ref ReadOnlySpan<byte> rest)
    {
        unchecked
        {
            var (a, b, c, d) = (Prime1 + Prime2, Prime2, 0u, 0u - Prime1);
            for (; rest.Length >= Stripe; rest = rest[Stripe..])
            {
                (a, b) = (Round(a, Word(rest)), Round(b, Word(rest[4..])));
                (c, d) = (Round(c, Word(rest[8..])), Round(d, Word(rest[12..])));
            }
            return BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
                + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        }
    }

    private static uint Round(uint lane, uint word) => unchecked(BitOperations.RotateLeft(lane + (word * Prime2), 13) * Prime1);

    private static uint Avalanche(uint hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 15)) * Prime2;
            hash = (hash ^ (hash >> 13)) * Prime3;
            return hash ^ (hash >> 16);
        }
    }

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
