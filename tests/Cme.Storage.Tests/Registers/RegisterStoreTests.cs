using System.Collections.Immutable;
using Cme.Storage.Registers;
using Npgsql;

namespace Cme.Storage.Tests.Registers;

public sealed class RegisterStoreTests : IAsyncLifetime
{
    private const string Authority = "999";
    private const string Urn = "900001";
    private static readonly DateOnly Tuesday = new(2026, 9, 8);

    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Every_revision_is_kept_and_the_latest_is_read()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"));
        await AppendAsync(Sheet(Tuesday, "AM", 2, "/"));

        (await _store.Registers.ReadAsync(Authority, Urn, Tuesday, "AM"))!.Marks[0].Code.ShouldBe("/");
        (await _store.Registers.ReadAsync(Authority, Urn, Tuesday, "AM", 1))!.Marks[0].Code.ShouldBe("N");
        (await _store.Registers.ReadAsync(Authority, Urn, Tuesday, "AM", 3)).ShouldBeNull();
        (await _store.Registers.ReadAsync(Authority, Urn, Tuesday, "PM")).ShouldBeNull();
    }

    [Fact]
    public async Task A_source_that_says_the_same_again_later_keeps_the_revision_and_the_later_time()
    {
        var sheet = Sheet(Tuesday, "AM", 1, "N");
        await AppendAsync(sheet);
        await AppendAsync(sheet with { Confirms = true, AsOf = sheet.AsOf.AddMinutes(10) });
        await AppendAsync(sheet with { Confirms = true, AsOf = sheet.AsOf.AddMinutes(20) });

        var read = (await _store.Registers.ReadAsync(Authority, Urn, Tuesday, "AM"))!;
        (read.Revision, read.AsOf).ShouldBe((1, sheet.AsOf.AddMinutes(20)));
        (await _store.Registers.ReadWindowAsync(Authority, Urn, Tuesday, Tuesday)).Sheets.ShouldHaveSingleItem().AsOf.ShouldBe(sheet.AsOf.AddMinutes(20));
    }

    [Fact]
    public async Task A_sheet_comes_back_whole()
    {
        var sheet = Sheet(Tuesday, "AM", 1, "N");
        await AppendAsync(sheet);

        var read = (await _store.Registers.ReadAsync(Authority, Urn, Tuesday, "AM"))!;

        (read with { Marks = sheet.Marks }).ShouldBe(sheet);
        read.Marks.ShouldBe(sheet.Marks);
    }

    [Fact]
    public async Task The_window_has_the_latest_revision_of_each_session_in_its_days()
    {
        await AppendAsync(Sheet(Tuesday.AddDays(-7), "AM", 1, "/"));
        await AppendAsync(Sheet(Tuesday, "PM", 1, "/"));
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1), Signal(2));
        await AppendAsync(Sheet(Tuesday, "AM", 2, "/"), Signal(3));
        await AppendAsync(Sheet(Tuesday.AddDays(1), "AM", 1, "/"));

        var window = await _store.Registers.ReadWindowAsync(Authority, Urn, Tuesday.AddDays(-1), Tuesday);

        window.Sheets.Select(one => (one.Date, one.Session, one.Revision)).ShouldBe([(Tuesday, "AM", 2), (Tuesday, "PM", 1)]);
        window.LastSequence.ShouldBe(3);
    }

    [Fact]
    public async Task A_school_without_registers_has_an_empty_window()
    {
        var window = await _store.Registers.ReadWindowAsync(Authority, Urn, Tuesday, Tuesday);

        window.Sheets.ShouldBeEmpty();
        window.LastSequence.ShouldBe(0);
    }

    [Fact]
    public async Task A_revision_or_a_sequence_that_is_held_already_stores_nothing()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1));

        (await AppendAsync(Sheet(Tuesday, "AM", 1, "/"), Signal(2))).ShouldBeFalse();
        (await AppendAsync(Sheet(Tuesday, "PM", 1, "/"), Signal(1))).ShouldBeFalse();

        (await _store.ScalarAsync<long>("select count(*) from cme.register_sheet")).ShouldBe(1);
        (await _store.ScalarAsync<long>("select count(*) from cme.signal")).ShouldBe(1);
    }

    [Fact]
    public async Task One_schools_conflict_leaves_the_other_schools_of_the_batch_alone()
    {
        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900007", Sheet = Sheet(Tuesday, "AM", 1, "N") });

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _store.Registers.AppendAsync(
            new RegisterAppend { Authority = Authority, Urn = $"9000{i:00}", Sheet = Sheet(Tuesday, "AM", 1, "/"), Signals = [Signal(1)] })));

        answers.Select((stored, i) => (stored, i)).Where(one => !one.stored).ShouldBe([(false, 7)]);
        (await _store.ScalarAsync<long>("select count(*) from cme.signal")).ShouldBe(39);
    }

    [Fact]
    public async Task Time_alone_may_cause_signals()
    {
        (await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = Urn, Signals = [Signal(1)] })).ShouldBeTrue();

        (await _store.Registers.UndeliveredAsync(Authority, Urn)).ShouldBe([Signal(1)]);
    }

    [Fact]
    public async Task Signals_are_owed_until_they_are_noted_as_delivered()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1), Signal(2), Signal(3));
        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900002", Signals = [Signal(1)] });

        await _store.Registers.MarkDeliveredAsync(Authority, Urn, [1, 3]);
        await _store.Registers.MarkDeliveredAsync(Authority, Urn, [1, 3]);

        (await _store.Registers.UndeliveredAsync(Authority, Urn)).Select(one => one.Sequence).ShouldBe([2]);
        (await _store.Registers.SchoolsWithUndeliveredAsync(TimeSpan.Zero)).ShouldBe([new(Authority, Urn), new(Authority, "900002")]);
        (await _store.Registers.SchoolsWithUndeliveredAsync(TimeSpan.FromMinutes(1))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("update cme.register_sheet set complete = false")]
    [InlineData("delete from cme.register_sheet")]
    public async Task A_stored_register_is_never_changed(string change)
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"));

        (await Should.ThrowAsync<PostgresException>(() => _store.ExecuteAsync(change))).MessageText.ShouldContain("append-only");
    }

    private static readonly DateTimeOffset Morning = new(2026, 9, 8, 8, 50, 0, TimeSpan.Zero);

    private Task<bool> AppendAsync(SheetRecord sheet, params ImmutableArray<SignalRecord> signals) =>
        _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = Urn, Sheet = sheet, Signals = signals });

    private static SheetRecord Sheet(DateOnly date, string session, int revision, string code) => new()
    {
        Date = date,
        Session = session,
        Revision = revision,
        AsOf = Morning,
        ReceivedAt = Morning.AddSeconds(2),
        Complete = true,
        Marks = [new() { SchoolPupilId = "P1", Code = code, AsOf = Morning, KnownAt = Morning.AddSeconds(2) }],
    };

    private static SignalRecord Signal(long sequence) =>
        new() { Sequence = sequence, ChildId = "child1", Payload = """{"run": []}""", CreatedAt = Morning };
}
