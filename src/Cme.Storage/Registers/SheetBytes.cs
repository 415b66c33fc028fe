using System.Buffers.Binary;
using System.Text;

namespace Cme.Storage.Registers;

/// <summary>Bytes that grow, with numbers in base 128 and texts after their length.</summary>
internal ref struct ByteWriter(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Number(uint value)
    {
        Reserve(5);
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[_length++] = (byte)(value | 0x80);
        }
        _bytes[_length++] = (byte)value;
    }

    public void Ticks(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    public void Bytes(scoped ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number((uint)length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    public readonly byte[] ToArray() => _bytes[.._length];

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}

/// <summary>Reads what a <see cref="ByteWriter"/> wrote. Asked for more than there is, it throws an index or range exception.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public byte Byte() => _bytes[_at++];

    public uint Number()
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = _bytes[_at++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    // Each thing that is counted takes at least a byte, so damage cannot ask for more memory than the bytes are worth.
    public int Count() => Number() is var count && count <= _bytes.Length - _at
        ? (int)count
        : throw new InvalidDataException("A stored sheet is damaged: it counts more than it holds.");

    public long Ticks() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public ReadOnlySpan<byte> Bytes(int length)
    {
        var bytes = _bytes.Slice(_at, length);
        _at += length;
        return bytes;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes((int)Number()));
}
