using System.Collections.Immutable;
using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Domain.Episodes;
using Cme.Grains.Children;
using Cme.Grains.Hosting;
using Cme.Runtime.Embedded.Hosting;
using Cme.Runtime.Embedded.Simulation;
using Cme.Simulation.Store;
using Cme.Storage.Boards;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Schools;
using Cme.Storage.States;
using Cme.TestSupport.Clock;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Cme.Simulation.Engine;

/// <summary>
/// The program on its machine: the grains on the embedded runtime over the store in memory, with the sequencer, the auditor and the
/// delivery of signals as the host runs them. One thread, virtual time, and it can die at any moment; the database does not.
/// </summary>
internal sealed class Machine
{
    private static readonly TimeSpan AuditEvery = TimeSpan.FromMinutes(1);

    private readonly FaultyDisk _disk;
    private readonly ChaosOptions? _chaos;
    private readonly SeededReferences _references;
    private ServiceProvider? _services;
    private DateTimeOffset _audited;

    public Machine(int seed, DateTimeOffset start, ChaosOptions? chaos)
    {
        Clock = new ManualClock(start);
        _disk = new FaultyDisk(Order);
        var ids = Chance.For(seed, 1);
        _references = new SeededReferences(Chance.For(seed, 2));
        Database = new MemoryDatabase(Clock, () => $"{ids.Next(int.MaxValue):x12}");
        _chaos = chaos;
    }

    public TurnOrder Order { get; } = new();

    public ManualClock Clock { get; }

    public MemoryDatabase Database { get; }

    /// <summary>How often the program has died.</summary>
    public int Deaths { get; private set; }

    public int Faults => _disk.Faults;

    /// <summary>What the auditor found asleep. In a run without faults it must find nothing, or it would quietly be the scheduler.</summary>
    public List<string> Woken { get; } = [];

    public DateTimeOffset Now => Clock.GetUtcNow();

    private EmbeddedRuntime Runtime => _services!.GetRequiredService<EmbeddedRuntime>();

    public void Start()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        // The system clock stands still: what idles or waits too long on it is no part of a simulation.
        services.AddSingleton<TimeProvider>(new ManualClock(Now));
        services.AddKeyedSingleton(Domain.Clock.System, (provider, _) => provider.GetRequiredService<TimeProvider>());
        services.AddKeyedSingleton<TimeProvider>(Domain.Clock.Business, Clock);
        services.AddSingleton(new MemoryStates(Database, _disk));
        services.AddSingleton<IStateWriter>(provider => provider.GetRequiredService<MemoryStates>());
        services.AddSingleton<IStateReader>(provider => provider.GetRequiredService<MemoryStates>());
        services.AddSingleton<IRegisters>(new MemoryRegisters(Database, _disk));
        services.AddSingleton<IReminderTable>(new MemoryReminders(Database, _disk));
        services.AddSingleton<ISchools>(new MemorySchools(Database, _disk));
        services.AddSingleton<IEpisodes>(new MemoryEpisodes(Database, _disk));
        services.AddSingleton<IBoards>(new MemoryBoards(Database, _disk));
        services.AddSingleton<IReferences>(_references);
        services.AddEmbeddedGrains(options => (options.Turns, options.Chaos) = (Order, _chaos));
        _services = services.BuildServiceProvider();
        Run(async () =>
        {
            await Runtime.StartAsync();
            return true;
        });
        DeliverEverything();
    }

    public TGrain Grain<TGrain>(string key)
        where TGrain : IGrainWithStringKey => _services!.GetRequiredService<IGrainFactory>().GetGrain<TGrain>(key);

    public T Service<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    /// <summary>After so many more writes one goes wrong; the fault is over when everything is quiet again.</summary>
    public void PlanFault(Fault fault, int writes) => _disk.Plan(fault, writes);

    /// <summary>Calls from outside, all at once, until everything is quiet.</summary>
    /// <returns>Each answer; an exception for a call that failed, or that the program died over.</returns>
    public object[] Call(params IReadOnlyList<Func<Task<object>>> calls)
    {
        var running = calls.Select(call => Order.Start(() => Guarded(call))).ToArray();
        RunUntilQuiet();
        _disk.Calm();
        return [.. running.Select(call => call.IsCompletedSuccessfully ? call.Result : new OperationCanceledException("The program died."))];
    }

    /// <summary>One call that nothing goes wrong with.</summary>
    public T Run<T>(Func<Task<T>> call)
        where T : notnull
    {
        _disk.Calm();
        var answer = Call(async () => await call())[0];
        return answer is T right ? right : throw new InvalidOperationException("A call that must succeed has failed.", answer as Exception);
    }

    /// <summary>Lets time pass, reminder by reminder, with the auditor and the delivery of signals looking as they do.</summary>
    public void MoveTo(DateTimeOffset to)
    {
        while (Clock.NextTimerAt is { } next && next <= to)
        {
            Pass(next);
        }
        Pass(to);
    }

    /// <summary>The program dies, and starts again on what is stored.</summary>
    public void Die()
    {
        Runtime.Reminders.Dispose();
        Order.CutOff();
        _disk.Calm();
        Deaths++;
        Start();
    }

    /// <summary>Numbers what is committed and tells every board.</summary>
    public void Publish(IReadOnlyList<string> boards)
    {
        foreach (var authority in Database.Authorities.Keys.ToList())
        {
            Database.Publish(authority);
            var (epoch, number) = Database.Numbers[authority];
            Call([.. boards.Select(board => (Func<Task<object>>)(async () =>
            {
                await Grain<IBoardGrain>(board).Advance(epoch, number);
                return true;
            }))]);
        }
    }

    /// <summary>Wakes whatever the auditor would wake, without waiting for its minute.</summary>
    public void LookAtWhatIsDue() => WakeWhatSleepsSince(Now.AddTicks(1));

    /// <summary>Has every school look whose instant has come by its row, as the auditor does, without waiting for its minute.</summary>
    public void LookAtRegisters() => WakeSchoolsSince(Now.AddTicks(1));

    /// <summary>Delivers what is owed, as the host's delivery loop does, until nothing is.</summary>
    public void DeliverEverything()
    {
        for (var tries = 0; tries < 50; tries++)
        {
            var owing = Database.Registers.Where(school => school.Value.Undelivered.Count > 0).Select(school => school.Key).ToList();
            if (owing.Count == 0)
            {
                return;
            }
            Call([.. owing.Select(school => (Func<Task<object>>)(async () =>
            {
                await Grain<ISchoolGrain>(Keys.School(school.Authority, school.Urn)).DeliverSignals();
                return true;
            }))]);
        }
    }

    // As a turn of its own: what a timer starts must go on in the order of turns, and not on the thread pool.
    private void Pass(DateTimeOffset to)
    {
        Order.Start(() =>
        {
            Clock.MoveTo(to);
            return Task.FromResult(true);
        });
        RunUntilQuiet();
        AuditIfDue();
    }

    private void AuditIfDue()
    {
        if (Now - _audited < AuditEvery)
        {
            return;
        }
        _audited = Now;
        Woken.AddRange(WakeWhatSleepsSince(Now - AuditEvery));
        DeliverEverything();
    }

    /// <returns>What was woken: schools over a close of registration or a calendar, episodes over an instant.</returns>
    private List<string> WakeWhatSleepsSince(DateTimeOffset before)
    {
        var unnoticed = WakeSchoolsSince(before);
        var schools = Database.StaleCalendars(before);
        Wake([.. schools.Select(school => (Func<Task>)(() => Grain<ISchoolGrain>(Keys.School(school.Authority, school.Urn)).TakeCalendars()))]);
        var episodes = Database.OverdueUnnoticed(before);
        Wake([.. episodes.Select(reference => (Func<Task>)(() => Grain<IEpisodeGrain>(reference).Look()))]);
        return [.. unnoticed.Concat(schools).Select(school => school.Urn), .. episodes];
    }

    private ImmutableArray<SchoolKey> WakeSchoolsSince(DateTimeOffset before)
    {
        var schools = Database.SchoolsUnnoticed(before);
        Wake([.. schools.Select(school => (Func<Task>)(() => Grain<ISchoolGrain>(Keys.School(school.Authority, school.Urn)).Look()))]);
        return schools;
    }

    private void Wake(IReadOnlyList<Func<Task>> sleeping)
    {
        for (var tries = 0; sleeping.Count > 0 && tries < 50; tries++)
        {
            var answers = Call([.. sleeping.Select(wake => (Func<Task<object>>)(async () =>
            {
                await wake();
                return true;
            }))]);
            sleeping = [.. sleeping.Where((_, at) => answers[at] is Exception)];
        }
    }

    private void RunUntilQuiet()
    {
        // Nothing of whoever started the simulation may catch an await that belongs here.
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (!_disk.Dying && Order.RunOne())
            {
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
        if (_disk.Dying)
        {
            Die();
        }
    }

    private static async Task<object> Guarded(Func<Task<object>> call)
    {
        try
        {
            return await call();
        }
#pragma warning disable CA1031 // The caller is a person or another system: it sees that it failed.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return fault;
        }
    }

    private sealed class SeededReferences(Chance chance) : IReferences
    {
        public EpisodeReference New()
        {
            Span<byte> bytes = stackalloc byte[8];
            foreach (ref var value in bytes)
            {
                value = (byte)chance.Next(256);
            }
            return EpisodeReference.Create(bytes);
        }
    }
}
