using Cme.Domain;
using Cme.Domain.Calendars;

namespace Cme.Web.Demo;

/// <summary>
/// Lets the demo's days go by by themselves: each second the clock goes forward by so many minutes, and the registers that then are
/// due come in. Evenings, weekends and holidays are leapt over. It stops when somebody says so, and after ten minutes in any case.
/// </summary>
public sealed partial class DemoPlayer(
    ClockMover clock, SchoolMornings mornings, [FromKeyedServices(Clock.System)] TimeProvider system, ILogger<DemoPlayer> logger, IDemoFeed? feed = null)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>After this hour, London time, nothing happens at a school.</summary>
    private static readonly TimeOnly Evening = new(17, 0);

    private readonly SemaphoreSlim _pressed = new(0);
    private volatile int _minutes;
    private DateTimeOffset _until;

    /// <summary>How many minutes go by in a second; 0 while it rests.</summary>
    public int MinutesPerSecond => _minutes;

    /// <summary>Begins to play, or goes on at another speed.</summary>
    /// <param name="minutesPerSecond">Minutes of the business clock in a second of the machine's, 1 to 60.</param>
    public void Play(int minutesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutesPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutesPerSecond, 60);
        _until = system.GetUtcNow() + Longest;
        var rested = _minutes == 0;
        _minutes = minutesPerSecond;
        if (rested) { _pressed.Release(); }
    }

    public void Pause() => _minutes = 0;

    public override void Dispose()
    {
        _pressed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _pressed.WaitAsync(stoppingToken);
            using var beat = new PeriodicTimer(Beat, system);
            while (_minutes > 0 && await beat.WaitForNextTickAsync(stoppingToken))
            {
                await StepAsync(stoppingToken);
            }
        }
    }

    private async Task StepAsync(CancellationToken cancel)
    {
        if (system.GetUtcNow() >= _until) { Pause(); }
        var minutes = _minutes;
        if (minutes == 0) { return; }
        try
        {
            var now = clock.Now;
            var next = London.TimeOf(now) >= Evening ? await mornings.NextAsync(now, cancel) : now.AddMinutes(minutes);
            await clock.MoveToAsync(next, cancel);
            if (feed is not null) { await feed.PostDueRegistersAsync(cancel); }
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // A database that is away is shown by the boards; playing on would only pile up what is due.
            Pause();
            LogPaused(logger, broken);
        }
    }

    [LoggerMessage(1302, LogLevel.Warning, "The demo was playing and has paused, because a step failed.")]
    private static partial void LogPaused(ILogger logger, Exception broken);
}
