using System.Collections.Concurrent;
using System.Text.Json;
using Cme.Storage.Auditor;
using Cme.Storage.Duties;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Terms;
using Microsoft.Extensions.Logging.Abstractions;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Auditor;

/// <summary>Each fault is planted, found by name, and woken; and where nothing is wrong nothing is found.</summary>
public sealed class AuditorTests : IAsyncLifetime
{
    private readonly ManualClock _business = new(Tuesday);
    private readonly Missed _missed = new();

    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task All_is_well_where_everything_was_done()
    {
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());
        var closed = Opened("child2");
        await _store.States.WriteEpisodeAsync(
            Reference(2), null, closed with { Head = closed.Head! with { Status = "closed" }, Obligations = [Owed("o1", "satisfied")] });
        await _store.PublishAsync();
        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900001", Signals = [new() { Sequence = 1 }] });
        await _store.Registers.MarkDeliveredAsync(Authority, "900001", [1]);

        var report = await AuditAsync();

        report.AllWell.ShouldBeTrue();
        report.Woken.ShouldBe(0);
    }

    [Fact]
    public async Task A_silent_school_is_counted_without_a_word_from_any_grain_and_is_no_failing_of_ours()
    {
        await _store.PutSchoolAsync();
        await _store.Schools.PublishCalendarAsync(
            Authority, "900001", "2026-27", JsonSerializer.Serialize(Autumn2026.Document, JsonSerializerOptions.Web), Dates.At("Mon 7 Sep 2026 12:00"));
        _business.MoveTo(Dates.At("Tue 8 Sep 2026 09:50"));

        var report = await AuditAsync();

        report.Silent.ShouldBe([new SilentSchool(Authority, "900001", Dates.At("Tue 8 Sep 2026 09:50"))]);
        (report.AllWell, report.Woken).ShouldBe((true, 0));
    }

    [Fact]
    public async Task What_is_just_committed_is_not_yet_missed()
    {
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());
        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900001", Signals = [new() { Sequence = 1 }] });

        (await AuditAsync()).AllWell.ShouldBeTrue();
    }

    [Fact]
    public async Task An_obligation_whose_instant_passed_unnoticed_is_found_and_its_episode_told_to_look()
    {
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());   // Wants a look an hour after Tuesday's start.
        await _store.PublishAsync();
        _business.Advance(TimeSpan.FromMinutes(61));
        (await AuditAsync()).AllWell.ShouldBeTrue("a minute late is within what a reminder may be");

        _business.Advance(TimeSpan.FromSeconds(1));
        var report = await AuditAsync();

        report.Findings.ShouldBe([new(AuditKind.OverdueUnnoticed, Authority, Reference(1), Tuesday.AddMinutes(60))]);
        report.Woken.ShouldBe(1);
        _missed.Looked.ShouldBe([Reference(1)]);
    }

    [Fact]
    public async Task A_case_that_should_have_changed_hands_is_found_though_nothing_that_is_owed_wants_a_look()
    {
        var opened = Opened();
        await _store.States.WriteEpisodeAsync(Reference(1), null, opened with { Obligations = [Owed("o1", "satisfied")] });
        await _store.PublishAsync();
        _business.Advance(TimeSpan.FromMinutes(62));

        (await AuditAsync()).Findings.ShouldBe([new(AuditKind.OverdueUnnoticed, Authority, Reference(1), Tuesday.AddMinutes(60))]);
    }

    [Fact]
    public async Task A_school_whose_registration_closed_unnoticed_is_found_until_it_has_looked()
    {
        await _store.PutSchoolAsync();
        var closes = _business.GetUtcNow().AddMinutes(25);
        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900001", NextLookAt = closes });
        _business.MoveTo(closes.AddMinutes(1));
        (await AuditAsync()).AllWell.ShouldBeTrue("a minute late is within what a reminder may be");

        _business.Advance(TimeSpan.FromSeconds(1));
        var report = await AuditAsync();
        (report.Findings.ShouldHaveSingleItem(), report.Woken).ShouldBe((new(AuditKind.SchoolUnnoticed, Authority, "900001", closes), 1));
        _missed.LookedAtSchools.ShouldBe([(Authority, "900001")]);

        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900001" });
        (await AuditAsync()).AllWell.ShouldBeTrue("it has looked");
    }

    [Fact]
    public async Task A_calendar_that_was_published_and_not_carried_through_is_found_and_the_school_told()
    {
        await _store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council"));
        await _store.Schools.PutAsync(new SchoolRecord { Authority = Authority, Urn = "900001", Name = "Meadow Park School" });
        await _store.Schools.PublishCalendarAsync(Authority, "900001", "2027-28", Year("15:30"), Tuesday);
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());   // Worked out by version 1.
        await _store.PublishAsync();
        _business.Advance(TimeSpan.FromMinutes(2));
        (await AuditAsync()).AllWell.ShouldBeTrue();

        await _store.Schools.PublishCalendarAsync(Authority, "900001", "2027-28", Year("15:00"), _business.GetUtcNow());
        (await AuditAsync()).AllWell.ShouldBeTrue("it is on its way");
        _business.Advance(TimeSpan.FromMinutes(2));
        (await AuditAsync()).Findings.Select(one => (one.Kind, one.Subject)).ShouldBe([(AuditKind.StaleCalendar, "900001")]);
        _missed.Told.ShouldBe([(Authority, "900001")]);
    }

    [Fact]
    public async Task A_school_that_has_not_taken_its_authority_s_calendar_is_found_until_it_has()
    {
        await _store.Schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council"));
        await _store.Schools.PutAsync(new SchoolRecord { Authority = Authority, Urn = "900001", Name = "Meadow Park School" });
        await _store.Schools.PublishCalendarAsync(Authority, "900001", "2027-28", Year("15:30"), Tuesday);
        (await _store.Schools.PublishAuthorityCalendarAsync(Authority, """{"officeStart":"08:00:00"}""", 0, Tuesday)).ShouldBe(1);
        _business.Advance(TimeSpan.FromMinutes(2));
        (await AuditAsync()).Findings.Select(one => (one.Kind, one.Subject)).ShouldBe([(AuditKind.StaleCalendar, "900001")]);

        await _store.Schools.PublishCalendarAsync(Authority, "900001", "authority", """{"officeStart":"08:00:00"}""", _business.GetUtcNow());
        (await AuditAsync()).AllWell.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_committed_and_has_no_number_is_found_and_the_sequencer_called()
    {
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());
        await _store.ExecuteAsync("update cme.unpublished set queued_at = now() - interval '11 seconds'");
        var pokes = _store.Pokes.Count;

        var report = await AuditAsync();

        report.Findings.Select(one => (one.Kind, one.Subject)).ShouldBe([(AuditKind.Unpublished, Authority)]);
        _store.Pokes.Count.ShouldBe(pokes + 1);
    }

    [Theory]
    [InlineData("update cme.board_row set desk = true")]
    [InlineData("update cme.board_row set lead = true")]
    [InlineData("update cme.board_row set open = false")]
    [InlineData("update cme.board_row set version = 0")]
    [InlineData("update cme.board_row set overdue = 9")]
    [InlineData("delete from cme.board_row")]
    [InlineData("update cme.episode set level = 4")]
    [InlineData("update cme.episode set status = 'closed'")]
    public async Task A_board_that_shows_something_else_is_found_and_put_right(string fault)
    {
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());
        await _store.PublishAsync();
        await _store.ExecuteAsync(fault);

        var report = await AuditAsync();

        report.Findings.Select(one => (one.Kind, one.Subject)).ShouldBe([(AuditKind.StaleBoard, Reference(1))]);
        report.Woken.ShouldBe(1);
        await _store.PublishAsync();
        (await AuditAsync()).AllWell.ShouldBeTrue();
    }

    [Fact]
    public async Task A_signal_that_reached_nobody_is_found_and_its_school_told_to_deliver()
    {
        await _store.Registers.AppendAsync(new RegisterAppend { Authority = Authority, Urn = "900001", Signals = [new() { Sequence = 1 }] });
        await _store.ExecuteAsync("update cme.signal set stored_at = now() - interval '31 seconds'");

        var report = await AuditAsync();

        report.Findings.Select(one => (one.Kind, one.Subject)).ShouldBe([(AuditKind.Undelivered, "900001")]);
        _missed.Delivered.ShouldBe([(Authority, "900001")]);
    }

    [Fact]
    public async Task One_that_cannot_be_woken_keeps_no_other_asleep()
    {
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());
        await _store.States.WriteEpisodeAsync(Reference(2), null, Opened("child2"));
        await _store.PublishAsync();
        _business.Advance(TimeSpan.FromHours(3));
        _missed.Fault = reference => reference == Reference(1) ? new InvalidOperationException("the grain is ill") : null;

        var report = await AuditAsync();

        report.Findings.Length.ShouldBe(2);
        report.Woken.ShouldBe(1);
        _missed.Looked.ShouldBe([Reference(2)]);
    }

    [Fact]
    public async Task It_audits_every_minute_of_the_system_clock()
    {
        var system = new ManualClock(Tuesday);
        await _store.States.WriteEpisodeAsync(Reference(1), null, Opened());
        await _store.PublishAsync();
        _business.Advance(TimeSpan.FromHours(3));
        using var auditor = Auditor(system);
        await auditor.StartAsync(default);
        while (system.NextTimerAt is null)
        {
            await Task.Yield();   // The service makes its timer on a thread of its own.
        }

        system.Advance(TimeSpan.FromSeconds(59));
        auditor.Latest.ShouldBeNull();
        system.Advance(TimeSpan.FromSeconds(1));

        (await _missed.FirstLook.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(Reference(1));
        await auditor.StopAsync(default);
    }

    private async Task<AuditReport> AuditAsync()
    {
        using var auditor = Auditor(TimeProvider.System);
        var report = await auditor.AuditAsync();
        auditor.Latest.ShouldBe(report);
        return report;
    }

    /// <summary>A school year that has not begun, so that nobody waits for its registers.</summary>
    private static string Year(string dayEnds) =>
        $$$"""
        {"schoolYear":"2027-28","terms":[{"start":"2027-09-02","end":"2027-10-22"}],"dayEnds":"{{{dayEnds}}}:00",
         "am":{"start":"08:50:00","registrationCloses":"09:20:00"},"pm":{"start":"13:00:00","registrationCloses":"13:15:00"}}
        """;

    private AuditorService Auditor(TimeProvider system)
    {
        var options = new AuditorOptions();
        return new AuditorService(
            new Audit(_store.Database, _store.Schools, _store.Feeds, options), _missed, _store.Pokes, options, _business, system, new DutiesOfOne(), NullLogger<AuditorService>.Instance);
    }

    private sealed class Missed : IMissedListener
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> FirstLook => _first.Task;

        public ConcurrentQueue<string> Looked { get; } = [];

        public ConcurrentQueue<(string, string)> Delivered { get; } = [];

        public Func<string, Exception?> Fault { get; set; } = _ => null;

        public Task LookAsync(string reference, CancellationToken cancel)
        {
            if (Fault(reference) is { } fault)
            {
                return Task.FromException(fault);
            }
            Looked.Enqueue(reference);
            _first.TrySetResult(reference);
            return Task.CompletedTask;
        }

        public ConcurrentQueue<(string, string)> LookedAtSchools { get; } = [];

        public Task LookAtSchoolAsync(string authority, string urn, CancellationToken cancel)
        {
            LookedAtSchools.Enqueue((authority, urn));
            return Task.CompletedTask;
        }

        public ConcurrentQueue<(string, string)> Told { get; } = [];

        public Task TakeCalendarsAsync(string authority, string urn, CancellationToken cancel)
        {
            Told.Enqueue((authority, urn));
            return Task.CompletedTask;
        }

        public Task DeliverAsync(string authority, string urn, CancellationToken cancel)
        {
            Delivered.Enqueue((authority, urn));
            return Task.CompletedTask;
        }
    }
}
