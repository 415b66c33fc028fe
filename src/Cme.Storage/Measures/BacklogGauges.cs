using System.Diagnostics.Metrics;
using Cme.Storage.Auditor;
using Cme.Storage.Duties;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cme.Storage.Measures;

/// <summary>
/// Gauges of what waits, asked of PostgreSQL by the process that has the duties while somebody collects them. The other processes report none of
/// them, so that nothing is counted twice; a rule takes the highest of all.
/// </summary>
public sealed partial class BacklogGauges : BackgroundService
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cme.Backlog";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // What was asked for longer ago says nothing of now: PostgreSQL has not answered since.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(45);

    private readonly BacklogReader _backlog;
    private readonly SiloTable _silos;
    private readonly IDuties _duties;
    private readonly TimeProvider _business, _system;
    private readonly ILogger<BacklogGauges> _logger;
    private readonly Instrument _held;
    private Reading? _latest;

    public BacklogGauges(
        BacklogReader backlog, SiloTable silos, IDuties duties, AuditorService auditor, TimeProvider business, TimeProvider system, ILogger<BacklogGauges> logger)
    {
        (_backlog, _silos, _duties, _business, _system, _logger) = (backlog, silos, duties, business, system, logger);
        _held = Meter.CreateObservableGauge(
            "cme.duties.held", () => duties.AreMine ? 1 : 0, "{process}", "1 in the process that carries the duties of the cluster, 0 in the others");
        Gauge("cme.obligations.overdue", "{obligation}", "Open obligations that are overdue, by the role that owes them", now => By("role", now.Backlog.Overdue));
        Gauge("cme.episodes.unacknowledged", "{episode}", "Open episodes that climbed to a CME lead who has not acknowledged them", now => One(now.Backlog.Unacknowledged));
        Gauge("cme.sequencer.waiting", "{event}", "Events that are committed and have no number yet", now => One(now.Backlog.Unnumbered));
        Gauge("cme.sequencer.lag", "s", "How long the oldest event without a number has waited for it", now => One(now.Backlog.UnnumberedFor.TotalSeconds));
        Gauge("cme.deliveries.waiting", "{delivery}", "What is stored and has not reached its episode or child yet", now => By("list", now.Backlog.Undelivered));
        Gauge("cme.concerns.waiting", "{concern}", "Concerns of the public that nobody at the desk has screened", now => One(now.Backlog.Unscreened));
        Gauge("cme.concerns.oldest", "s", "How long the oldest concern that nobody has screened has waited", now => One(now.Backlog.UnscreenedFor.TotalSeconds));
        Gauge("cme.feeds.silent", "{school}", "Schools of which an expected register is missing", _ => auditor.Latest is { } audit ? One(audit.Silent.Length) : []);
        Gauge("cme.silos.active", "{silo}", "Silos that take part in the cluster; 1 for a program that is alone", now => One(now.Silos));
    }

    /// <summary>An instance's own, which goes when its process stops: a test runs several.</summary>
    internal Meter Meter { get; } = new(MeterName);

    /// <summary>Asks now.</summary>
    public async Task ReadAsync(CancellationToken cancel = default) => Volatile.Write(ref _latest, new Reading(
        await _backlog.ReadAsync(_business.GetUtcNow(), cancel), _duties is DutiesOfOne ? 1 : await _silos.LivingAsync(cancel), _system.GetTimestamp()));

    public override void Dispose()
    {
        Meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _system);
        do
        {
            if (!_held.Enabled || !_duties.AreMine) { continue; }
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception away) when (away is not OperationCanceledException)
            {
                LogUnread(_logger, away);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Gauge<T>(string name, string unit, string description, Func<Reading, IEnumerable<Measurement<T>>> of)
        where T : struct =>
        Meter.CreateObservableGauge(name, () => Current is { } now ? of(now) : [], unit, description);

    private Reading? Current =>
        _duties.AreMine && Volatile.Read(ref _latest) is { } latest && _system.GetElapsedTime(latest.At) < Stale ? latest : null;

    private static IEnumerable<Measurement<T>> One<T>(T value) where T : struct => [new(value)];

    private static IEnumerable<Measurement<long>> By(string label, IEnumerable<KeyValuePair<string, long>> counts) =>
        counts.Select(count => new Measurement<long>(count.Value, new KeyValuePair<string, object?>(label, count.Key)));

    private sealed record Reading(Backlog Backlog, long Silos, long At);

    [LoggerMessage(3601, LogLevel.Warning, "What waits could not be counted: its gauges are left out until it can")]
    private static partial void LogUnread(ILogger logger, Exception why);
}
