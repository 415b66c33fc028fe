using System.Collections.Immutable;
using Cme.Storage.Registers;

namespace Cme.Storage.Tests.Registers;

public sealed class PupilMarkTests : IAsyncLifetime
{
    private const string Authority = "999";
    private const string Urn = "900001";
    private static readonly DateOnly Tuesday = new(2026, 9, 8);
    private static readonly DateTimeOffset Morning = new(2026, 9, 8, 8, 50, 0, TimeSpan.Zero);

    private Store _store = null!;
    private PupilMarkStore _marks = null!;

    public async Task InitializeAsync()
    {
        _store = await Store.CreateAsync();
        _marks = new PupilMarkStore(_store.Database);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task The_marks_of_the_pupils_asked_for_come_out_of_every_register_in_order()
    {
        await AppendAsync(Sheet(Tuesday.AddDays(1), "AM", 1, Morning, ("P1", "/"), ("P2", "N")));
        await AppendAsync(Sheet(Tuesday, "PM", 1, Morning, ("P1", "I"), ("P2", "U"), ("P20", "O")));
        await AppendAsync(Sheet(Tuesday, "AM", 1, Morning, ("P1", "/")));
        await AppendAsync(Sheet(Tuesday.AddDays(2), "AM", 1, Morning, ("P2", "N")));
        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900002", Sheet = Sheet(Tuesday, "AM", 1, Morning, ("P2", "N")) });

        var read = await _marks.ReadAsync(Authority, Urn, ["P2"], Tuesday, Tuesday.AddDays(1));

        read.Select(one => (one.Date, one.Session, string.Concat(one.Marks.Select(mark => mark.Code))))
            .ShouldBe([(Tuesday, "AM", ""), (Tuesday, "PM", "U"), (Tuesday.AddDays(1), "AM", "N")]);
        (await _marks.ReadAsync(Authority, Urn, ["P20", "P1"], Tuesday, Tuesday)).Last().Marks.Select(mark => mark.SchoolPupilId).ShouldBe(["P1", "P20"]);
    }

    [Fact]
    public async Task A_register_is_read_as_it_was_known_at_any_instant()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, Morning, ("P1", "N")));
        await AppendAsync(Sheet(Tuesday, "AM", 2, Morning.AddDays(3), ("P1", "I")));

        (await CodeAsync(null)).ShouldBe("I");
        (await CodeAsync(Morning.AddDays(3))).ShouldBe("I");
        (await CodeAsync(Morning.AddDays(3).AddTicks(-10))).ShouldBe("N");
        (await CodeAsync(Morning.AddTicks(-10))).ShouldBeNull();
    }

    [Fact]
    public async Task A_mark_comes_with_everything_that_it_says()
    {
        var mark = new MarkRecord
        {
            SchoolPupilId = "P2", Code = "I", AsOf = Morning, KnownAt = Morning.AddSeconds(3), ReasonText = "Fever", ReportedBy = "unknown", MinutesLate = 3,
        };
        await AppendAsync(Sheet(Tuesday, "AM", 1, Morning, ("P1", "N")) with { Marks = [mark with { SchoolPupilId = "P1" }, mark, mark with { SchoolPupilId = "P3" }] });

        (await _marks.ReadAsync(Authority, Urn, ["P2"], Tuesday, Tuesday))[0].Marks.ShouldBe([mark]);
    }

    [Fact]
    public async Task Whoever_is_not_on_the_roll_is_not_found()
    {
        (await _marks.PupilsAsync(Authority, Urn, ["P1"])).ShouldBeEmpty();
    }

    [Fact]
    public void Some_pupils_of_a_sheet_are_what_the_whole_sheet_says_of_them()
    {
        var random = new Random(20260908);
        for (var round = 0; round < 200; round++)
        {
            var marks = Enumerable.Range(0, random.Next(1, 60)).Select(n => new MarkRecord
            {
                SchoolPupilId = $"P{n * 7 % 1000}", Code = n % 3 == 0 ? "I" : "/", AsOf = Morning.AddMinutes(n % 2), KnownAt = Morning,
                ReasonText = n % 5 == 0 ? "Fever" : null, ReportedBy = n % 5 == 0 ? "staff" : null, MinutesLate = n % 4 == 0 ? n : null,
            }).ToImmutableArray();
            var wanted = marks.Where(_ => random.Next(4) == 0).ToImmutableArray();

            SheetCodec.ReadOf(SheetCodec.Write(marks), SheetCodec.Wanted(wanted.Select(mark => mark.SchoolPupilId))).ShouldBe(wanted);
        }
    }

    private async Task<string?> CodeAsync(DateTimeOffset? knownBy) =>
        (await _marks.ReadAsync(Authority, Urn, ["P1"], Tuesday, Tuesday, knownBy)).SingleOrDefault()?.Marks[0].Code;

    private Task<bool> AppendAsync(SheetRecord sheet) =>
        _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = Urn, Sheet = sheet });

    private static SheetRecord Sheet(DateOnly date, string session, int revision, DateTimeOffset at, params (string Pupil, string Code)[] marks) => new()
    {
        Date = date,
        Session = session,
        Revision = revision,
        AsOf = at,
        ReceivedAt = at,
        Complete = true,
        Marks = [.. marks.Select(mark => new MarkRecord { SchoolPupilId = mark.Pupil, Code = mark.Code, AsOf = at, KnownAt = at })],
    };
}
