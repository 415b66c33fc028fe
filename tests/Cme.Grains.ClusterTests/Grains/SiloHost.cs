using System.Collections.Concurrent;
using System.Globalization;
using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Grains.Specs.Hosts;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.TestingHost;
using IReminderTable = Cme.Storage.Reminders.IReminderTable;
using ReminderRow = Cme.Storage.Reminders.ReminderRow;

namespace Cme.Grains.ClusterTests.Grains;

/// <summary>The grains on one Orleans silo, in this process: as a single machine hosts them, or as one silo of a cluster.</summary>
public sealed class SiloHost(TestDatabase database, ManualClock clock, bool ofCluster = false) : IGrainHost
{
    /// <summary>Shorter than the refresh of Orleans' list of reminders, which reads those that come within its window.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(2);

    /// <summary>Within the window that the list is read for, and longer than a refresh: a reminder so far ahead will be on the list in time.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(8);

    /// <summary>How long a tick may take before it counts as lost, which Orleans allows: the reminder's next period makes it good.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TestClusterPortAllocator Ports = new();

    private readonly ClockOfReminders _reminders = new(clock);
    private IHost? _host;

    public IServiceProvider Services => _host!.Services;

    public async Task StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var (port, gateway) = Ports.AllocateConsecutivePortPairs(1);
        builder.Configuration["Silo:Address"] = "127.0.0.1";
        builder.Configuration["Silo:Port"] = port.ToString(CultureInfo.InvariantCulture);
        builder.Configuration["Silo:GatewayPort"] = gateway.ToString(CultureInfo.InvariantCulture);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<NpgsqlDataSource>(_ => DataSources.CreateForProduct(database.RunningConnectionString));
        builder.Services.AddKeyedSingleton(Clock.System, TimeProvider.System);
        builder.Services.AddKeyedSingleton<TimeProvider>(Clock.Business, clock);
        builder.Services.AddCmeStorage();
        _ = ofCluster ? builder.AddOrleansSilo() : builder.AddOrleansGrains();
        builder.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, _reminders);
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task StopAsync()
    {
        await _host!.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _host = null;
    }

    public Task DeactivateAllAsync() =>
        Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async Task MoveToAsync(DateTimeOffset to)
    {
        await UntilTicked();
        while (clock.GetUtcNow() < to)
        {
            var now = clock.GetUtcNow();
            var next = (await Reminders()).Select(reminder => NextTick(reminder, now)).Append(to).Min();
            if (next - now <= LongestStep) { await UntilArmed(next, now); }
            clock.MoveTo(next - now > Ahead + LongestStep ? next - Ahead : next - now > LongestStep ? now + LongestStep : next);
            await UntilTicked();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await StopAsync();
        }
    }

    /// <summary>
    /// Orleans does not say when it is quiet. But every grain moves or removes its reminder when it is woken, so that a reminder
    /// which is due at this very instant has not been received yet.
    /// </summary>
    private async Task UntilTicked()
    {
        var now = clock.GetUtcNow();
        var since = TimeProvider.System.GetTimestamp();
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        while ((await Reminders()).Any(reminder => NextTick(reminder, now - TimeSpan.FromTicks(1)) == now)
            && TimeProvider.System.GetElapsedTime(since) < Patience);
    }

    /// <summary>A tick is lost if its instant passes while Orleans still reads its list, as it does after a start and in between.</summary>
    private async Task UntilArmed(DateTimeOffset next, DateTimeOffset now)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!ofCluster && (await Reminders()).Any(reminder => NextTick(reminder, now) == next) && !_reminders.IsArmed(next)
            && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private async Task<IEnumerable<ReminderRow>> Reminders() => await Services.GetRequiredService<IReminderTable>().ReadAllAsync();

    /// <summary>The first tick after an instant.</summary>
    private static DateTimeOffset NextTick(ReminderRow reminder, DateTimeOffset after) => reminder.StartAt > after
        ? reminder.StartAt
        : reminder.StartAt + (reminder.Period * (((after - reminder.StartAt).Ticks / reminder.Period.Ticks) + 1));

    /// <summary>
    /// Orleans waits for the last part of a millisecond by asking for the time again and again. On the thread that moves the clock
    /// that never ends, so timers fire on another one, while the clock moves on.
    /// </summary>
    private sealed class ClockOfReminders(ManualClock clock) : TimeProvider
    {
        private readonly ConcurrentDictionary<long, bool> _armed = [];

        public override long TimestampFrequency => clock.TimestampFrequency;

        /// <summary>Whether a timer was set for the instant. They are set to whole milliseconds from when they are set.</summary>
        public bool IsArmed(DateTimeOffset at) => _armed.Keys.Any(due => Math.Abs(at.UtcTicks - due) < TimeSpan.TicksPerMillisecond);

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero) { _armed[(clock.GetUtcNow() + dueTime).UtcTicks] = true; }
            return clock.CreateTimer(_ => ThreadPool.UnsafeQueueUserWorkItem(callback.Invoke, state, preferLocal: false), null, dueTime, period);
        }
    }
}
