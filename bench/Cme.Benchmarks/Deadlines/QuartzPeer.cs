using System.Globalization;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Stage;
using Npgsql;
using Quartz;

namespace Cme.Benchmarks.Deadlines;

/// <summary>Quartz.NET with its ADO job store: a durable one-shot trigger for each item.</summary>
internal sealed class QuartzPeer : IAsyncDisposable
{
    private const int Threads = 64;
    private const int Batch = 64;

    private readonly NpgsqlDataSource _source;
    private readonly string _connectionString;

    private QuartzPeer(NpgsqlDataSource source, string connectionString) => (_source, _connectionString) = (source, connectionString);

    public static QuartzPeer Create(string connectionString)
    {
        var prepared = connectionString + ";Max Auto Prepare=50;Auto Prepare Min Usages=2;No Reset On Close=true";
        return new QuartzPeer(NpgsqlDataSource.Create(prepared), prepared);
    }

    public Contestant Contestant(string name, BenchServer server, int count, bool tuned)
    {
        IScheduler? scheduler = null;
        return new(name, _ => LapAsync(scheduler!, count))
        {
            PrepareAsync = async round =>
            {
                scheduler = await SchedulerAsync($"bench-{tuned}-{round}", tuned);
                await ScheduleAsync(scheduler, count);
                await _source.ExecuteAsync("vacuum analyze");
                await server.CheckpointAsync();
            },
            CheckAsync = async _ =>
            {
                await scheduler!.Shutdown(waitForJobsToComplete: true);
                if (await _source.ScalarAsync<long>("select count(*) from qrtz_triggers") != 0) { throw new BenchmarkBrokenException("A trigger was not fired."); }
            },
        };
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    // Each lap has a scheduler of its own, and of the same tables sees only its own rows.
    private ValueTask<IScheduler> SchedulerAsync(string name, bool tuned) => QuartzSchedulerBuilder.Create(quartz =>
    {
        quartz.UsePersistentStore(store => store
            .ConfigureStore(options =>
            {
                options.SchemaProvisioning = SchemaProvisioning.CreateIfMissing;
                options.AcquireTriggersWithinLock = tuned;
            })
            .UsePostgres(_connectionString)
            .UseSystemTextJsonSerializer(_ => { }));
        if (tuned)
        {
            quartz.UseDefaultThreadPool(Threads);
            quartz.ConfigureScheduler(options => options.MaxBatchSize = Batch);
        }
        quartz.ConfigureScheduler(options => options.InstanceName = name);
    }).BuildScheduler(CancellationToken.None);

    private static async Task ScheduleAsync(IScheduler scheduler, int count)
    {
        var job = JobBuilder.Create<Done>().WithIdentity("done").StoreDurably().Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing);
        for (var item = 0; item < count; item++)
        {
            await scheduler.ScheduleJob(TriggerBuilder.Create().WithIdentity(item.ToString(CultureInfo.InvariantCulture)).ForJob(job).StartNow().Build());
        }
    }

    private async Task<Lap> LapAsync(IScheduler scheduler, int count)
    {
        var before = await _source.WalPositionAsync();
        Done.Expect(count);
        var lap = await Callers.RunAsync(1, 1, async (_, _) =>
        {
            await scheduler.Start();
            await Done.All;
        });
        var written = await _source.WalPositionAsync() - before;
        return lap with { Count = count, Extras = lap.Extras.Add(DueEpisodes.WalBytes, (double)written / count) };
    }

    /// <summary>The job: it only counts.</summary>
    internal sealed class Done : IJob
    {
        private static int _left;
        private static TaskCompletionSource _all = new();

        public static Task All => _all.Task;

        public static void Expect(int count)
        {
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _left, count);
        }

        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            if (Interlocked.Decrement(ref _left) == 0) { _all.SetResult(); }
            return ValueTask.CompletedTask;
        }
    }
}
