using System.Collections.Immutable;
using System.Globalization;
using Cme.Storage.Registers;

namespace Cme.Storage.Tests.Registers;

public sealed class SheetCodecTests
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-09-08T08:50:00Z", CultureInfo.InvariantCulture);

    [Fact]
    public void A_sheet_is_read_as_it_was_written()
    {
        ImmutableArray<MarkRecord> marks =
        [
            new() { SchoolPupilId = "P0001", Code = "/", AsOf = Morning, KnownAt = Morning.AddSeconds(3) },
            new() { SchoolPupilId = "P0002", Code = "L", AsOf = Morning, KnownAt = Morning.AddSeconds(3), MinutesLate = 17 },
            new() { SchoolPupilId = "élève-☃", Code = "", AsOf = Morning.AddHours(1), KnownAt = Morning.AddHours(2) },
            new() { SchoolPupilId = "P", Code = "I", AsOf = Morning, KnownAt = Morning, ReasonText = "Fièvre", ReportedBy = "known-contact" },
            new() { SchoolPupilId = "", Code = "N", AsOf = Morning.AddHours(1), KnownAt = Morning.AddHours(2), MinutesLate = 0 },
        ];

        SheetCodec.Read(SheetCodec.Write(marks)).ShouldBe(marks);
        SheetCodec.Read(SheetCodec.Write([])).ShouldBeEmpty();
    }

    [Fact]
    public void Any_sheet_is_read_as_it_was_written()
    {
        var random = new Random(20260908);
        for (var round = 0; round < 200; round++)
        {
            var marks = Enumerable.Range(0, random.Next(400)).Select(_ => AnyMark(random)).ToImmutableArray();
            SheetCodec.Read(SheetCodec.Write(marks)).ShouldBe(marks);
        }
    }

    [Fact]
    public void An_average_sheet_stays_below_what_PostgreSQL_would_compress()
    {
        var marks = Enumerable.Range(0, 372)
            .Select(i => new MarkRecord { SchoolPupilId = $"P{10000 + (i * 7)}", Code = i % 14 == 0 ? "I" : "/", AsOf = Morning, KnownAt = Morning })
            .ToImmutableArray();

        SheetCodec.Write(marks).Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public void A_damaged_sheet_is_an_error_and_never_half_a_sheet()
    {
        var bytes = SheetCodec.Write([new() { SchoolPupilId = "P0001", Code = "/", AsOf = Morning, KnownAt = Morning }]);

        for (var length = 0; length < bytes.Length; length++)
        {
            Should.Throw<InvalidDataException>(() => SheetCodec.Read(bytes.AsSpan(0, length)));
        }
        bytes[0] = 9;
        Should.Throw<InvalidDataException>(() => SheetCodec.Read(bytes)).Message.ShouldContain("version 9");
    }

    private static MarkRecord AnyMark(Random random) => new()
    {
        SchoolPupilId = new string('p', random.Next(5)) + random.Next(100_000),
        Code = "/\\LNOIG"[random.Next(7)].ToString(),
        AsOf = Morning.AddMinutes(random.Next(4)),
        KnownAt = Morning.AddMinutes(random.Next(4)),
        MinutesLate = random.Next(10) == 0 ? random.Next(1000) : null,
        ReasonText = random.Next(10) == 0 ? new string('r', random.Next(300)) : null,
        ReportedBy = random.Next(10) == 0 ? "staff" : null,
    };
}
