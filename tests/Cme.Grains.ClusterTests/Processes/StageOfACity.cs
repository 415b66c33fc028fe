using System.Diagnostics;
using System.Globalization;
using Cme.Domain.Calendars;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>One cluster and one city for all outages: to start them takes longer than what is tried on them.</summary>
public sealed class StageOfACity : IAsyncLifetime
{
    public const int Silos = 3, Nodes = 2;
    private const int FewDeadlines = 20;

    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("CME_DEADLINES"), CultureInfo.InvariantCulture, out var asked) ? asked : null;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private int _round;
    private TimeSpan _starting;

    /// <summary>Whether this is the long run.</summary>
    public static bool IsProof => Asked is not null;

    /// <summary>How many registers are sent at the least while a wave of deadlines falls due: two for five.</summary>
    public static int Registers => (Asked ?? FewDeadlines) * 2 / 5;

    internal ClusterOfProcesses Cluster { get; private set; } = null!;

    internal City City { get; private set; } = null!;

    public int NextRound() => _round++;

    public async Task InitializeAsync()
    {
        Cluster = await ClusterOfProcesses.StartAsync(Silos, Nodes);
        City = await City.BuildAsync(Cluster.Database.ConnectionString, Asked ?? FewDeadlines);
        await City.TakeMorningAsync(Cluster.Nodes);
        // Until registration closes a missing pupil is not yet missing.
        await RestartAtAsync(City.RegistrationCloses.AddSeconds(1));
        await UntilAsync(async () => await City.AskAsync<long>("select count(*) from cme.episode e where e.urn like '8%'") >= City.Missing, "episodes stay unopened");
    }

    /// <summary>Puts the clock to shortly before the next instant at which something falls due for half the city or more.</summary>
    /// <returns>The instant, and for how many episodes something falls due then.</returns>
    public async Task<(DateTimeOffset Due, int Deadlines)> ReachWaveAsync()
    {
        var lead = (_starting * 1.5) + TimeSpan.FromSeconds(3);
        List<string> next = [];
        // One that comes sooner than the silos can be ready for it is let pass.
        await UntilAsync(
            async () => (next = await City.RowsAsync(
                """
                select extract(epoch from o.next_at)::bigint, count(*) from cme.owed o
                 where o.next_at > $1 group by o.next_at having count(*) >= $2 order by o.next_at limit 1
                """, (City.Now + lead).UtcDateTime, (long)City.Missing / 2)).Count > 0, "nothing falls due any more");
        var wave = next[0].Split(' ');
        var due = DateTimeOffset.FromUnixTimeSeconds(long.Parse(wave[0], CultureInfo.InvariantCulture));
        await RestartAtAsync(due - lead);
        return (due, int.Parse(wave[1], CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Starts all silos anew at an instant. Their timers know nothing of a clock that is put forward; so they read when their reminders are.
    /// </summary>
    public async Task RestartAtAsync(DateTimeOffset instant)
    {
        await Cluster.KillSilosAsync();
        await City.JumpAsync(instant);
        var since = Stopwatch.GetTimestamp();
        await Cluster.StartSilosAsync();
        _starting = Stopwatch.GetElapsedTime(since);
    }

    /// <summary>The next Friday at eight in the evening, and the Monday after it at half past nine.</summary>
    public (DateTimeOffset Friday, DateTimeOffset Monday) NextWeekend()
    {
        var day = DateOnly.FromDateTime((City.Now + TimeSpan.FromHours(4)).UtcDateTime);
        while (day.DayOfWeek != DayOfWeek.Friday) { day = day.AddDays(1); }
        return (London.At(day, new TimeOnly(20, 0)), London.At(day.AddDays(3), new TimeOnly(9, 30)));
    }

    /// <summary>Waits until everything that was due by an instant has been looked at.</summary>
    public Task NoticedAsync(DateTimeOffset due) => UntilAsync(
        async () => await City.AskAsync<long>("select count(*) from cme.owed o where o.next_at <= $1", due.UtcDateTime) == 0,
        $"not every deadline of {due:O} was noticed");

    /// <summary>Waits until the business clock has reached an instant.</summary>
    public Task UntilAsync(DateTimeOffset instant) => UntilAsync(() => Task.FromResult(City.Now >= instant), "the clock stands still");

    public async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) { throw new TimeoutException($"{otherwise}\n{Cluster.Output}"); }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    public async Task DisposeAsync()
    {
        await City.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
