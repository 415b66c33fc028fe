using System.Collections.Immutable;
using Cme.Storage.Registers;

namespace Cme.Storage.Specs;

/// <summary>Registers by revision, and signals owed until they are delivered.</summary>
public abstract class RegisterStoreSpec : StoreSpec
{
    [Fact]
    public async Task Every_revision_is_kept_and_the_latest_is_read()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"));
        await AppendAsync(Sheet(Tuesday, "AM", 2, "/"));

        (await ReadAsync(Tuesday, "AM"))!.Marks[0].Code.ShouldBe("/");
        (await ReadAsync(Tuesday, "AM", 1))!.Marks[0].Code.ShouldBe("N");
        (await ReadAsync(Tuesday, "AM", 3)).ShouldBeNull();
        (await ReadAsync(Tuesday, "PM")).ShouldBeNull();
    }

    [Fact]
    public async Task A_revision_or_a_sequence_that_is_held_already_stores_nothing()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1));

        (await AppendAsync(Sheet(Tuesday, "AM", 1, "/"), Signal(2))).ShouldBeFalse();
        (await AppendAsync(Sheet(Tuesday, "PM", 1, "/"), Signal(1))).ShouldBeFalse();

        (await ReadAsync(Tuesday, "AM"))!.Marks[0].Code.ShouldBe("N");
        (await ReadAsync(Tuesday, "PM")).ShouldBeNull();
        (await OwedAsync()).ShouldBe([1]);
    }

    [Fact]
    public async Task A_register_that_landed_though_nobody_was_told_is_never_stored_twice()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1));  // It lands, and its answer is lost.

        (await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1))).ShouldBeFalse();

        (await OwedAsync()).ShouldBe([1]);
    }

    [Fact]
    public async Task The_same_said_again_later_keeps_the_revision_and_the_later_time()
    {
        var sheet = Sheet(Tuesday, "AM", 1, "N");
        await AppendAsync(sheet);
        await AppendAsync(sheet with { Confirms = true, AsOf = sheet.AsOf.AddMinutes(10) });
        await AppendAsync(sheet with { Confirms = true, AsOf = sheet.AsOf.AddMinutes(20) });

        var read = (await ReadAsync(Tuesday, "AM"))!;
        (read.Revision, read.AsOf).ShouldBe((1, sheet.AsOf.AddMinutes(20)));
    }

    [Fact]
    public async Task The_window_has_the_latest_revision_of_each_session_of_its_days_and_the_last_sequence()
    {
        await AppendAsync(Sheet(Tuesday.AddDays(-7), "AM", 1, "/"));
        await AppendAsync(Sheet(Tuesday, "PM", 1, "/"));
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1), Signal(2));
        await AppendAsync(Sheet(Tuesday, "AM", 2, "/"), Signal(3));
        await AppendAsync(Sheet(Tuesday.AddDays(1), "AM", 1, "/"));

        var window = await Store.Registers.ReadWindowAsync(Authority, School, Tuesday.AddDays(-1), Tuesday);
        window.Sheets.Select(one => (one.Date, one.Session, one.Revision)).ShouldBe([(Tuesday, "AM", 2), (Tuesday, "PM", 1)]);
        window.LastSequence.ShouldBe(3);

        var none = await Store.Registers.ReadWindowAsync(Authority, OtherSchool, Tuesday, Tuesday);
        (none.Sheets.Length, none.LastSequence).ShouldBe((0, 0L));
    }

    [Fact]
    public async Task Signals_are_owed_in_order_until_they_are_noted_as_delivered()
    {
        await AppendAsync(Sheet(Tuesday, "AM", 1, "N"), Signal(1), Signal(2), Signal(3));
        await Store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = OtherSchool, Signals = [Signal(1)] });

        await Store.Registers.MarkDeliveredAsync(Authority, School, [2]);
        await Store.Registers.MarkDeliveredAsync(Authority, School, [2, 7]);

        (await OwedAsync()).ShouldBe([1, 3]);
        (await Store.Registers.SchoolsWithUndeliveredAsync(TimeSpan.Zero)).ShouldBe([new(Authority, School), new(Authority, OtherSchool)]);
        (await Store.Registers.SchoolsWithUndeliveredAsync(TimeSpan.FromMinutes(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Time_alone_may_cause_signals()
    {
        (await Store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = School, Signals = [Signal(1)] })).ShouldBeTrue();

        (await OwedAsync()).ShouldBe([1]);
    }

    private Task<bool> AppendAsync(SheetRecord sheet, params ImmutableArray<SignalRecord> signals) =>
        Store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = School, Sheet = sheet, Signals = signals });

    private Task<SheetRecord?> ReadAsync(DateOnly date, string session, int? revision = null) =>
        Store.Registers.ReadAsync(Authority, School, date, session, revision);

    private async Task<IEnumerable<long>> OwedAsync() => (await Store.Registers.UndeliveredAsync(Authority, School)).Select(owed => owed.Sequence);

    private static SheetRecord Sheet(DateOnly date, string session, int revision, string code) => new()
    {
        Date = date, Session = session, Revision = revision, AsOf = Morning, ReceivedAt = Morning.AddSeconds(2), Complete = true,
        Marks = [new() { SchoolPupilId = "p1", Code = code, AsOf = Morning, KnownAt = Morning.AddSeconds(2) }],
    };

    private static SignalRecord Signal(long sequence) => new() { Sequence = sequence, ChildId = "child1", Payload = "{}", CreatedAt = Morning };
}
