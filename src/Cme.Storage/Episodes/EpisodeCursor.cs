using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Cme.Storage.Episodes;

/// <summary>Where a page ended: the sort key of its last row, in letters that fit a URL and say nothing to a reader.</summary>
internal readonly record struct EpisodeCursor(DateTimeOffset OpenedAt, string Reference)
{
    public override string ToString()
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(Reference)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, OpenedAt.UtcTicks);
        Encoding.UTF8.GetBytes(Reference, bytes.AsSpan(8));
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="FormatException">The text is not a cursor.</exception>
    public static EpisodeCursor Parse(string text)
    {
        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length > 8 && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new EpisodeCursor(new DateTimeOffset(ticks, TimeSpan.Zero), Encoding.UTF8.GetString(bytes, 8, bytes.Length - 8))
            : throw new FormatException("The cursor is not one that this list gave.");
    }
}
