using System.Collections.Immutable;
using System.Text;

namespace Cme.Storage.Registers;

/// <summary>
/// The marks of a sheet as bytes: most are a pupil and a code, and share their times with nearly all the others, so a mark is 4 to
/// 8 bytes and 372 of them stay below the 2 kB from which PostgreSQL compresses and moves a value.
/// </summary>
/// <remarks>
/// Version 1: the version; the times (pairs of as-of and known-at, ticks, UTC), the codes; then each mark as
/// <c>code index × 4 + 2 if it has details + 1 if its times are not those of the mark before</c>, that time's index, the pupil id
/// (bytes shared with the id before, length of the rest, the rest) and the details. Numbers are base-128, least significant first.
/// </remarks>
public static class SheetCodec
{
    private const byte Format = 1;
    private const int OtherTimes = 1;
    private const int Details = 2;

    private const int LongestId = 256;

    private const int HasMinutes = 1;
    private const int HasReason = 2;
    private const int HasReporter = 4;


    /// <summary>The marks as bytes. Instants keep their UTC value, not their offset.</summary>
    /// <exception cref="ArgumentException">A pupil id is longer than 256 bytes.</exception>
    public static byte[] Write(ImmutableArray<MarkRecord> marks)
    {
        var writer = new ByteWriter(64 + (marks.Length * 12));
        var times = new List<(long AsOf, long KnownAt)>();
        var codes = new List<string>();
        foreach (var mark in marks)
        {
            IndexOf(times, TimesOf(mark));
            IndexOf(codes, mark.Code);
        }

        writer.Byte(Format);
        writer.Number((uint)times.Count);
        foreach (var (asOf, knownAt) in times)
        {
            writer.Ticks(asOf);
            writer.Ticks(knownAt);
        }
        writer.Number((uint)codes.Count);
        foreach (var code in codes)
        {
            writer.Text(code);
        }
        writer.Number((uint)marks.Length);
        WriteMarks(ref writer, marks, times, codes);
        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not a sheet of a version that this program knows.</exception>
    public static ImmutableArray<MarkRecord> Read(ReadOnlySpan<byte> payload) => Read(payload, pupils: null);

    /// <summary>Hands over every mark, in the order of the sheet.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a sheet of a version that this program knows.</exception>
    public static void HandTo(IMarkTaker taker, ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new ByteReader(payload);
            if (reader.Byte() != Format)
            {
                throw new InvalidDataException($"A stored sheet has version {payload[0]}; this program reads version {Format}.");
            }
            HandTo(taker, ref reader);
        }
        catch (Exception damaged) when (damaged is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A stored sheet is damaged: it ends too early or points outside itself.", damaged);
        }
    }

    private static ImmutableArray<MarkRecord> Read(ReadOnlySpan<byte> payload, byte[][]? pupils)
    {
        var records = new Records(pupils);
        HandTo(records, payload);
        return records.Marks.DrainToImmutable();
    }

    /// <summary>Pupil ids as <see cref="ReadOf"/> compares them.</summary>
    internal static byte[][] Wanted(IEnumerable<string> pupils) => [.. pupils.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The marks of some pupils, in the order of the sheet. The others are stepped over.</summary>
    /// <param name="pupils">From <see cref="Wanted"/>; few, for each is compared with every mark.</param>
    /// <exception cref="InvalidDataException">The bytes are not a sheet of a version that this program knows.</exception>
    internal static ImmutableArray<MarkRecord> ReadOf(ReadOnlySpan<byte> payload, byte[][] pupils) => Read(payload, pupils);

    private static void WriteMarks(
        ref ByteWriter writer, ImmutableArray<MarkRecord> marks, List<(long AsOf, long KnownAt)> times, List<string> codes)
    {
        var (before, id) = (new byte[LongestId], new byte[LongestId]);
        var (lengthBefore, timesBefore) = (0, 0);
        foreach (var mark in marks)
        {
            var timesIndex = IndexOf(times, TimesOf(mark));
            var details = DetailsOf(mark);
            writer.Number(((uint)IndexOf(codes, mark.Code) << 2) | (details != 0 ? Details : 0u) | (timesIndex != timesBefore ? OtherTimes : 0u));
            if (timesIndex != timesBefore)
            {
                writer.Number((uint)timesIndex);
                timesBefore = timesIndex;
            }

            var length = Encoding.UTF8.GetBytes(mark.SchoolPupilId, id);
            var shared = id.AsSpan(0, length).CommonPrefixLength(before.AsSpan(0, lengthBefore));
            writer.Number((uint)shared);
            writer.Number((uint)(length - shared));
            writer.Bytes(id.AsSpan(shared, length - shared));
            (before, id, lengthBefore) = (id, before, length);

            if (details != 0)
            {
                WriteDetails(ref writer, mark, details);
            }
        }
    }

    private static void WriteDetails(ref ByteWriter writer, MarkRecord mark, int details)
    {
        writer.Byte((byte)details);
        if (mark.MinutesLate is { } minutes)
        {
            writer.Number((uint)minutes);
        }
        if (mark.ReasonText is { } reason)
        {
            writer.Text(reason);
        }
        if (mark.ReportedBy is { } reporter)
        {
            writer.Text(reporter);
        }
    }

    private static void HandTo(IMarkTaker taker, ref ByteReader reader)
    {
        var times = new (DateTimeOffset AsOf, DateTimeOffset KnownAt)[reader.Count()];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = (new DateTimeOffset(reader.Ticks(), TimeSpan.Zero), new DateTimeOffset(reader.Ticks(), TimeSpan.Zero));
        }
        var codes = new string[reader.Count()];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = reader.Text();
        }

        var count = reader.Count();
        Span<byte> id = stackalloc byte[LongestId];
        var timesIndex = 0;
        for (var i = 0; i < count; i++)
        {
            var head = reader.Number();
            if ((head & OtherTimes) != 0)
            {
                timesIndex = (int)reader.Number();
            }
            var shared = (int)reader.Number();
            var rest = reader.Bytes((int)reader.Number());
            rest.CopyTo(id[shared..]);
            var mark = new StoredMark(codes[head >> 2], times[timesIndex].AsOf, times[timesIndex].KnownAt, null, null, null);
            taker.Take(id[..(shared + rest.Length)], (head & Details) == 0 ? mark : WithDetails(mark, ref reader));
        }
    }

    private static bool IsOneOf(byte[][] pupils, ReadOnlySpan<byte> id)
    {
        foreach (var pupil in pupils)
        {
            if (id.SequenceEqual(pupil))
            {
                return true;
            }
        }
        return false;
    }

    private static StoredMark WithDetails(StoredMark mark, ref ByteReader reader)
    {
        var details = reader.Byte();
        return mark with
        {
            MinutesLate = (details & HasMinutes) != 0 ? (int)reader.Number() : null,
            ReasonText = (details & HasReason) != 0 ? reader.Text() : null,
            ReportedBy = (details & HasReporter) != 0 ? reader.Text() : null,
        };
    }

    private static int DetailsOf(MarkRecord mark) =>
        (mark.MinutesLate is null ? 0 : HasMinutes) | (mark.ReasonText is null ? 0 : HasReason) | (mark.ReportedBy is null ? 0 : HasReporter);

    private static (long AsOf, long KnownAt) TimesOf(MarkRecord mark) => (mark.AsOf.UtcTicks, mark.KnownAt.UtcTicks);

    // A sheet has a handful of either, the commonest nearly always first.
    private static int IndexOf<T>(List<T> known, T value)
    {
        var at = known.IndexOf(value);
        if (at < 0)
        {
            at = known.Count;
            known.Add(value);
        }
        return at;
    }

    /// <summary>Makes records of marks: of all, or of some pupils'.</summary>
    private sealed class Records(byte[][]? pupils) : IMarkTaker
    {
        public ImmutableArray<MarkRecord>.Builder Marks { get; } = ImmutableArray.CreateBuilder<MarkRecord>();

        public void Take(ReadOnlySpan<byte> pupilId, in StoredMark mark)
        {
            if (pupils is null || IsOneOf(pupils, pupilId))
            {
                Marks.Add(new MarkRecord
                {
                    SchoolPupilId = Encoding.UTF8.GetString(pupilId), Code = mark.Code, AsOf = mark.AsOf, KnownAt = mark.KnownAt,
                    MinutesLate = mark.MinutesLate, ReasonText = mark.ReasonText, ReportedBy = mark.ReportedBy,
                });
            }
        }
    }
}

/// <summary>Takes the marks of a stored sheet one by one. A morning reads some sixty sheets a school, and records of them would be garbage.</summary>
public interface IMarkTaker
{
    /// <param name="pupilId">The school pupil id in UTF-8; valid during the call.</param>
    void Take(ReadOnlySpan<byte> pupilId, in StoredMark mark);
}

/// <summary>A mark as it is stored; see <see cref="MarkRecord"/>. Equal codes of a sheet are the same text.</summary>
public readonly record struct StoredMark(
    string Code, DateTimeOffset AsOf, DateTimeOffset KnownAt, int? MinutesLate, string? ReasonText, string? ReportedBy);
