using System.Diagnostics.Metrics;
using Cme.Storage.Auditor;
using Cme.Storage.Duties;
using Cme.Storage.Measures;
using Cme.TestSupport.Clock;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cme.Storage.Tests.Measures;

/// <summary>What waits is reported by the process that has the duties, and only while it knows.</summary>
public sealed class BacklogGaugeTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new("2026-09-08T08:10:00Z");
    private readonly Duties _duties = new();
    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task What_waits_is_counted_and_measured()
    {
        await _store.ExecuteAsync(
            """
            insert into cme.concern (reference, authority, channel, worry, danger, received_at, known_at, recorded_by, body, suspect, anonymous, screened, open)
            select 'concern-' || n, '999', 'form', 'other', 'no', timestamptz '2026-09-08T07:10:00Z' + n * interval '1 minute', now(), '', '', false, true, n = 3, n < 4
              from generate_series(1, 4) n
            """);
        using var gauges = Gauges();

        await gauges.ReadAsync();

        var read = Read(gauges);
        read["cme.concerns.waiting"].ShouldBe(2);
        read["cme.concerns.oldest"].ShouldBe(59 * 60);
        read["cme.sequencer.waiting"].ShouldBe(0);
        read["cme.duties.held"].ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_lost_the_duties_says_nothing_of_what_waits()
    {
        using var gauges = Gauges();
        await gauges.ReadAsync();

        _duties.AreMine = false;

        Read(gauges).ShouldBe(new Dictionary<string, double> { ["cme.duties.held"] = 0 });
    }

    [Fact]
    public async Task What_was_counted_long_ago_is_left_out()
    {
        using var gauges = Gauges();
        await gauges.ReadAsync();

        _clock.Advance(TimeSpan.FromSeconds(46));

        Read(gauges).Keys.ShouldBe(["cme.duties.held"]);
    }

    private BacklogGauges Gauges()
    {
        var options = new AuditorOptions();
        var auditor = new AuditorService(
            new Audit(_store.Database, _store.Schools, _store.Feeds, options), new Nobody(), _store.Pokes, options, _clock, _clock, _duties,
            NullLogger<AuditorService>.Instance);
        return new BacklogGauges(new BacklogReader(_store.Database), new SiloTable(_store.Database), _duties, auditor, _clock, _clock, NullLogger<BacklogGauges>.Instance);
    }

    /// <summary>What these gauges report, and not those of another test: the sum of each.</summary>
    private static Dictionary<string, double> Read(BacklogGauges gauges)
    {
        var read = new Dictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Meter == gauges.Meter) { listening.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => read[instrument.Name] = read.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => read[instrument.Name] = read.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => read[instrument.Name] = read.GetValueOrDefault(instrument.Name) + value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }

    private sealed class Duties : IDuties
    {
        public bool AreMine { get; set; } = true;
    }

    private sealed class Nobody : IMissedListener
    {
        public Task LookAsync(string reference, CancellationToken cancel) => Task.CompletedTask;

        public Task LookAtSchoolAsync(string authority, string urn, CancellationToken cancel) => Task.CompletedTask;

        public Task DeliverAsync(string authority, string urn, CancellationToken cancel) => Task.CompletedTask;

        public Task TakeCalendarsAsync(string authority, string urn, CancellationToken cancel) => Task.CompletedTask;
    }
}
