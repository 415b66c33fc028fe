using Cme.Storage.Episodes;
using Cme.Storage.History;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Episodes;

public sealed class EpisodeListTests : IAsyncLifetime
{
    private static readonly CallerScope Council = new(Authority);

    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Each_filter_keeps_what_it_says_and_nothing_else()
    {
        await WriteAsync(1, head => head with { Kind = "cme", Owner = Authority, Flags = ["child-in-need"], OverdueCount = 2, Level = 3 });
        await WriteAsync(2, head => head with { Stage = "day-5", UpdatedAt = Tuesday.AddDays(3) });
        await WriteAsync(3, head => head with { Status = "closed", ClosedAt = Tuesday.AddDays(1), Closure = "found" });
        await WriteAsync(4, head => head with { Level = 4 }, urn: "900002", owed: Owed("o1") with { ActBy = Tuesday.AddDays(9) });

        (await ListAsync(new() { Scope = Council })).ShouldBe([1, 2, 4]);
        (await ListAsync(new() { Scope = Council, Status = "closed" })).ShouldBe([3]);
        (await ListAsync(new() { Scope = Council, Status = "all" })).ShouldBe([1, 2, 3, 4]);
        (await ListAsync(new() { Scope = Council, Kind = "cme" })).ShouldBe([1]);
        (await ListAsync(new() { Scope = Council, Stage = "day-5" })).ShouldBe([2]);
        (await ListAsync(new() { Scope = Council, School = "900002" })).ShouldBe([4]);
        (await ListAsync(new() { Scope = Council, ChildId = "child2" })).ShouldBe([2]);
        (await ListAsync(new() { Scope = Council, Owner = Authority })).ShouldBe([1]);
        (await ListAsync(new() { Scope = Council, Overdue = true })).ShouldBe([1]);
        (await ListAsync(new() { Scope = Council, Overdue = false })).ShouldBe([2, 4]);
        (await ListAsync(new() { Scope = Council, Flag = "child-in-need" })).ShouldBe([1]);
        (await ListAsync(new() { Scope = Council, ActBefore = Tuesday.AddDays(2) })).ShouldBe([1, 2]);
        (await ListAsync(new() { Scope = Council, UpdatedAfter = Tuesday.AddDays(2) })).ShouldBe([2]);
        (await ListAsync(new() { Scope = Council, Board = "desk" })).ShouldBe([1, 4]);
        (await ListAsync(new() { Scope = Council, Board = "lead" })).ShouldBe([4]);
        (await ListAsync(new() { Scope = Council, School = "900001", Overdue = true, Board = "desk", Kind = "cme" })).ShouldBe([1]);
        await Should.ThrowAsync<ArgumentException>(() => ListAsync(new() { Scope = Council, Status = "opened" }));
    }

    [Fact]
    public async Task A_caller_sees_nothing_outside_its_authority_or_its_school()
    {
        await WriteAsync(1);
        var (school, otherSchool, otherCouncil) = (new CallerScope(Authority, "900001"), new CallerScope(Authority, "900002"), new CallerScope("998"));

        (await ListAsync(new() { Scope = school })).ShouldBe([1]);
        (await ListAsync(new() { Scope = otherSchool })).ShouldBeEmpty();
        (await ListAsync(new() { Scope = otherSchool, School = "900001" })).ShouldBeEmpty();
        (await ListAsync(new() { Scope = otherCouncil })).ShouldBeEmpty();
        foreach (var (scope, sees) in new[] { (school, true), (Council, true), (otherSchool, false), (otherCouncil, false) })
        {
            (await _store.Episodes.GetAsync(scope, Reference(1)) is not null).ShouldBe(sees);
            (await _store.Episodes.EventsAsync(scope, Reference(1))).Length.ShouldBe(sees ? 1 : 0);
            (await _store.Episodes.ObligationsAsync(scope, Reference(1))).Length.ShouldBe(sees ? 1 : 0);
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        // Many opened at one instant, so that the reference decides.
        for (var i = 0; i < 23; i++)
        {
            await WriteAsync(i, head => head with { OpenedAt = Tuesday.AddMinutes(i / 5), Status = i % 3 == 0 ? "closed" : "open" });
        }

        var all = await PagesAsync(new EpisodeFilter { Scope = Council, Status = "all" }, limit: 4);

        all.Count.ShouldBe(6);
        all.SelectMany(page => page).ShouldBe(Enumerable.Range(0, 23).OrderByDescending(i => i / 5).ThenBy(i => i));
        (await PagesAsync(new EpisodeFilter { Scope = Council }, limit: 4)).SelectMany(page => page).Count().ShouldBe(15);
    }

    [Fact]
    public async Task A_list_read_page_by_page_misses_nothing_that_was_there_throughout()
    {
        for (var i = 0; i < 10; i++)
        {
            await WriteAsync(i, head => head with { OpenedAt = Tuesday.AddMinutes(i) });
        }

        var first = await _store.Episodes.ListAsync(new EpisodeFilter { Scope = Council }, 5, null);
        await WriteAsync(10, head => head with { OpenedAt = Tuesday.AddMinutes(10) });   // A new one, above.
        await _store.States.WriteEpisodeAsync(Reference(2), 1, Opened("child2").Then("changed", head => head with
        {
            OpenedAt = Tuesday.AddYears(1), UpdatedAt = Tuesday.AddDays(1), Level = 2,
        }));
        var second = await _store.Episodes.ListAsync(new EpisodeFilter { Scope = Council }, 5, first.NextCursor);

        first.Rows.Concat(second.Rows).Select(one => one.Reference).Order().ShouldBe(Enumerable.Range(0, 10).Select(Reference));
        (await _store.Episodes.GetAsync(Council, Reference(2)))!.OpenedAt.ShouldBe(Tuesday.AddMinutes(2), "lists are paged by it");
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("AAAA")]
    [InlineData("__________________________")]
    public async Task A_cursor_that_no_list_gave_is_refused(string cursor) =>
        await Should.ThrowAsync<FormatException>(() => _store.Episodes.ListAsync(new EpisodeFilter { Scope = Council }, 5, cursor));

    [Fact]
    public async Task The_history_is_read_in_order_as_it_was_written()
    {
        var write = Opened();
        await _store.States.WriteEpisodeAsync(Reference(1), null, write);
        await _store.States.WriteEpisodeAsync(Reference(1), 1, write.Then("call-recorded"));

        var history = await _store.Episodes.HistoryAsync(Reference(1));

        history.Select(one => (one.Version, one.Type)).ShouldBe([(1, "episode-opened"), (2, "call-recorded")]);
        var written = Event(2, "call-recorded");
        (history[1].HappenedAt, history[1].KnownAt, history[1].Actor).ShouldBe((written.HappenedAt, written.KnownAt, written.Actor));
        history[1].Data.GetProperty("note").GetString().ShouldBe("called");
        (await _store.Episodes.ObligationsAsync(Council, Reference(1))).ShouldHaveSingleItem().Obligation.ShouldBe(Owed("o1"));
        var open = (await _store.Episodes.OpenOfSchoolAsync(Authority, "900001")).ShouldHaveSingleItem();
        (open.Reference, open.ChildId, open.Kind).ShouldBe((Reference(1), write.Head!.ChildId, write.Head.Kind));
    }

    [Fact]
    public async Task The_feed_is_read_in_order_and_a_school_reads_its_own()
    {
        for (var i = 0; i < 9; i++)
        {
            await WriteAsync(i, urn: i % 3 == 0 ? "900002" : "900001");
        }
        await _store.PublishAsync();

        var first = await _store.Episodes.FeedAsync(Council, 0, 4);
        first.Entries.Select(one => one.Number).ShouldBe([1, 2, 3, 4]);
        first.Next.ShouldBe(4);
        (await _store.Episodes.FeedAsync(Council, first.Next, 100)).Entries.Select(one => one.Number).ShouldBe([5, 6, 7, 8, 9]);
        var school = await _store.Episodes.FeedAsync(new CallerScope(Authority, "900002"), 0, 100);
        school.Entries.Select(one => one.Number).ShouldBe([1, 4, 7]);
        school.Next.ShouldBe(9, "nothing of the school's can appear before it any more");
        school.Epoch.ShouldBe(first.Epoch);
        first.Epoch.ShouldBe((await _store.Boards.SnapshotAsync(Cme.Storage.Boards.BoardScope.Desk(Authority))).Epoch);
        (await _store.Episodes.FeedAsync(new CallerScope("998"), 0, 100)).Entries.ShouldBeEmpty();
    }

    private async Task WriteAsync(int number, Func<EpisodeHead, EpisodeHead>? head = null, string urn = "900001", ObligationRecord? owed = null)
    {
        var opened = Opened($"child{number}", urn);
        opened = opened with { Head = head is null ? opened.Head : head(opened.Head!), Obligations = [owed ?? Owed("o1")] };
        (await _store.States.WriteEpisodeAsync(Reference(number), null, opened)).Conflict.ShouldBeFalse();
    }

    private async Task<IEnumerable<int>> ListAsync(EpisodeFilter filter) =>
        (await _store.Episodes.ListAsync(filter, 100, null)).Rows.Select(Number).Order();

    private async Task<List<List<int>>> PagesAsync(EpisodeFilter filter, int limit)
    {
        List<List<int>> pages = [];
        for (string? cursor = null; ;)
        {
            var page = await _store.Episodes.ListAsync(filter, limit, cursor);
            pages.Add([.. page.Rows.Select(Number)]);
            if ((cursor = page.NextCursor) is null)
            {
                return pages;
            }
        }
    }

    private static int Number(EpisodeRow row) => int.Parse(row.Reference["episode-".Length..^2], System.Globalization.CultureInfo.InvariantCulture);
}
