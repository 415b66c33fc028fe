using System.Collections.Immutable;
using System.Text;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Stage;
using Cme.Domain.Calendars;
using Cme.Storage.Access;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Security;
using Npgsql;

namespace Cme.Benchmarks.Registers;

/// <summary>The program with its database and its schools, and 16 connections on which registers are sent to it.</summary>
internal sealed class RegisterSite : IAsyncDisposable
{
    public const int Connections = 16;

    /// <summary>The extra figure: bytes of write-ahead log a register.</summary>
    public const string WalBytes = "wal bytes";

    private const int SeedersAtOnce = 4;
    private const int HistoryAtOnce = 32;
    private static readonly string[] Rolls = ["cme.child", "cme.child_upn", "cme.pupil"];
    private static readonly DateTimeOffset Corrected = SchoolMorning.RegisterTaken.AddMinutes(10);

    private readonly Store _store;
    private readonly ProgramUnderTest _program;
    private readonly ImmutableArray<ProgramUnderTest> _silos;
    private readonly ImmutableArray<BenchSchool> _schools;
    private readonly HttpLine[] _lines;
    private int _busy;

    private RegisterSite(Store store, ProgramUnderTest program, ImmutableArray<ProgramUnderTest> silos, ImmutableArray<BenchSchool> schools, HttpLine[] lines) =>
        (_store, _program, _silos, _schools, _lines) = (store, program, silos, schools, lines);

    /// <summary>The process id of the program that takes the requests.</summary>
    public int ProcessId => _program.Id;

    /// <summary>The process ids of the silos; none where the program hosts the grains itself.</summary>
    public IEnumerable<int> SiloIds => _silos.Select(silo => silo.Id);

    /// <summary>Where the program listens.</summary>
    public int Port => _program.Port;

    public NpgsqlDataSource Source => _store.Source;

    public ImmutableArray<BenchSchool> Schools => _schools;

    /// <inheritdoc cref="Cme.Storage.Demo.IDemoClockStore.NextInstantAsync"/>
    public Task<DateTimeOffset?> NextInstantAsync(DateTimeOffset after) => _store.DemoClock.NextInstantAsync(after);

    /// <summary>Makes the authorities, schools, calendars, rolls and keys of a database.</summary>
    public static async Task<ImmutableArray<BenchSchool>> SeedAsync(string connectionString, int schools)
    {
        await using var store = await Store.OpenAsync(connectionString);
        foreach (var authority in Enumerable.Range(0, schools).Select(number => new BenchSchool(number, "").Authority).Distinct())
        {
            await store.Schools.PutAuthorityAsync(new AuthorityRecord(authority, $"Authority {authority}"));
        }
        // Statistics that are taken while the schools of an authority arrive would say of the next authority that it has nobody.
        foreach (var table in Rolls) { await store.Source.ExecuteAsync($"alter table {table} set (autovacuum_enabled = false)"); }
        var seeded = new BenchSchool[schools];
        await Callers.RunAsync(SeedersAtOnce, schools, async (_, number) =>
        {
            var school = new BenchSchool(number, "");
            await SchoolMorning.PutSchoolAsync(store, school.Authority, school.Urn);
            var roll = school.Roll().ToList();
            await store.Schools.ChangeRollAsync(school.Authority, school.Urn, full: true, roll, [.. roll.Select(pupil => pupil.SchoolPupilId)]);
            var key = await store.Keys.CreateAsync(new ApiKeyGrant("school", school.Authority, school.Urn, [.. Scopes.OfSchoolKey], "Benchmark"));
            seeded[number] = school with { Key = key.Key };
        });
        foreach (var table in Rolls) { await store.Source.ExecuteAsync($"alter table {table} reset (autovacuum_enabled)"); }
        // Not the whole database: of a table that was seen to be empty PostgreSQL goes on reading every row when it has many.
        await store.Source.ExecuteAsync("vacuum analyze cme.authority, cme.school, cme.school_calendar, cme.child, cme.child_upn, cme.pupil, cme.api_key");
        return [.. seeded];
    }

    /// <summary>Stores the sheets of earlier sessions, past the program.</summary>
    public static async Task AddHistoryAsync(string connectionString, IReadOnlyList<BenchSchool> schools, int sessions)
    {
        await using var store = await Store.OpenAsync(connectionString);
        var earlier = SchoolMorning.SessionsBefore().Take(sessions).Reverse().ToArray();
        await Callers.RunAsync(HistoryAtOnce, schools.Count, async (_, number) =>
        {
            var school = schools[number];
            foreach (var session in earlier)
            {
                await store.Registers.AppendAsync(new RegisterAppend { Authority = school.Authority, Urn = school.Urn, Sheet = school.SheetOf(session) });
            }
        });
        await store.Source.ExecuteAsync("vacuum analyze cme.register_sheet");
    }

    /// <summary>Starts the program on its database, with the clock at <see cref="SchoolMorning.Now"/>.</summary>
    /// <param name="silos">How many silos on Orleans it is to be the web node of; 0: it hosts the grains itself, on the embedded runtime.</param>
    public static async Task<RegisterSite> StartAsync(
        BenchOptions options, string directory, string connectionString, ImmutableArray<BenchSchool> schools, int silos = 0)
    {
        var store = await Store.OpenAsync(connectionString);
        await SchoolMorning.SetClockAsync(store);
        var started = ImmutableArray.CreateBuilder<ProgramUnderTest>(silos);
        for (var number = 1; number <= silos; number++)
        {
            started.Add(await StartAsync(Path.Combine(directory, $"silo-{number}"), connectionString,
                [ProgramUnderTest.OrleansAssemblyIn(options, "silo"), $"--Silo:Port={ProgramUnderTest.FreePort()}", $"--Silo:GatewayPort={ProgramUnderTest.FreePort()}"]));
        }
        var program = await StartAsync(directory, connectionString,
        [
            silos == 0 ? ProgramUnderTest.AssemblyIn(options) : ProgramUnderTest.OrleansAssemblyIn(options, "web"),
            $"--Cluster:Role={(silos == 0 ? "alone" : "client")}", "--Demo:Empty=true", $"--Data:Directory={directory}",
        ]);
        var lines = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => HttpLine.OpenAsync(program.Port)));
        return new RegisterSite(store, program, started.DrainToImmutable(), schools, lines);
    }

    /// <summary>A contestant that sends this morning's register of schools that were not heard of before.</summary>
    /// <param name="batch">Which schools, by round.</param>
    /// <param name="wake">True: yesterday's last register is sent first, unmeasured, so that the schools' grains are in memory.</param>
    public Contestant FirstRegisters(string name, BenchServer server, Func<int, Range> batch, bool wake = false)
    {
        byte[][] requests = [];
        return new Contestant(name, _ => LapAsync(requests))
        {
            PrepareAsync = async round =>
            {
                if (wake) { await WakeAsync(_schools[batch(round)]); }
                requests = [.. _schools[batch(round)].Select(school => school.Request(SchoolMorning.Today, "AM", SchoolMorning.RegisterTaken, school.Codes()))];
                await server.CheckpointAsync();
            },
            CheckAsync = round => CheckAsync(_schools[batch(round)], explained: 0),
        };
    }

    /// <summary>A contestant that corrects 1 % of the marks of registers that were sent in the same round.</summary>
    public Contestant Corrections(string name, BenchServer server, Func<int, Range> batch)
    {
        byte[][] requests = [];
        return new Contestant(name, _ => LapAsync(requests))
        {
            PrepareAsync = async round =>
            {
                requests = [.. _schools[batch(round)].Select(school => school.Request(SchoolMorning.Today, "AM", Corrected, school.Codes(corrected: true)))];
                await server.CheckpointAsync();
            },
            CheckAsync = round => CheckAsync(_schools[batch(round)], BenchSchool.ExplainedLater),
        };
    }

    /// <summary>Sends registers and corrections, back and forth, until the program's code has been compiled for what it does most.</summary>
    public async Task HeatAsync(Range batch, int times)
    {
        for (var time = 1; time <= times; time++)
        {
            await SendAsync([.. _schools[batch].Select(school =>
                school.Request(SchoolMorning.Today, "AM", SchoolMorning.RegisterTaken.AddSeconds(time), school.Codes(corrected: time % 2 == 0)))]);
        }
        await _store.Source.WhenPublishedAsync();
    }

    /// <summary>Sends registers and corrections of some schools without end, until it is told to stop.</summary>
    public async Task KeepBusyAsync(Range batch, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var time = ++_busy;
            await SendAsync([.. _schools[batch].Select(school =>
                school.Request(SchoolMorning.Today, "AM", SchoolMorning.RegisterTaken.AddSeconds(time), school.Codes(corrected: time % 2 == 0)))]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_lines, line => line.Dispose());
        await _program.DisposeAsync();
        foreach (var silo in _silos) { await silo.DisposeAsync(); }
        await _store.DisposeAsync();
    }

    private static Task<ProgramUnderTest> StartAsync(string directory, string connectionString, IEnumerable<string> program)
    {
        Directory.CreateDirectory(directory);
        return ProgramUnderTest.StartAsync([.. program, "--Demo:Enabled=true"], directory, connectionString);
    }

    private async Task<Lap> LapAsync(byte[][] requests)
    {
        var before = await _store.Source.WalPositionAsync();
        var lap = await SendAsync(requests, _store.Source.WhenPublishedAsync);
        var written = await _store.Source.WalPositionAsync() - before;
        return lap with { Extras = lap.Extras.Add(WalBytes, (double)written / lap.Count) };
    }

    private async Task WakeAsync(ImmutableArray<BenchSchool> schools)
    {
        var yesterday = SchoolMorning.SessionsBefore().First();
        await SendAsync([.. schools.Select(school => school.Request(
            yesterday.Date, "PM", London.At(yesterday.Date, new TimeOnly(13, 5)), [.. Enumerable.Repeat("\\", BenchSchool.Pupils)]))]);
    }

    private Task<Lap> SendAsync(byte[][] requests, Func<Task>? settle = null) => Callers.RunAsync(Connections, requests.Length, async (caller, item) =>
    {
        var (status, body) = await _lines[caller].SendAsync(requests[item]);
        if (status != 200) { throw new BenchmarkBrokenException($"A register was answered with {status}: {Encoding.UTF8.GetString(body.Span)}"); }
    }, settle);

    // Every unexplained pupil has an episode that is on a board and owes something, or what was measured was not the work.
    private async Task CheckAsync(ImmutableArray<BenchSchool> schools, int explained)
    {
        const string OnBoards =
            """
            select count(*) from cme.board_row b
             where b.open and b.authority = any($1) and b.urn = any($2)
               and exists (select from cme.obligation o where o.episode = b.episode and o.state = 'open')
               and exists (select from cme.event e where e.episode = b.episode)
            """;
        var expected = schools.Sum(school => school.Unexplained - explained);
        var found = await _store.Source.ScalarAsync<long>(
            OnBoards, schools.Select(school => school.Authority).Distinct().ToArray(), schools.Select(school => school.Urn).ToArray());
        if (found != expected) { throw new BenchmarkBrokenException($"{expected} episodes should be open on the boards, and {found} are."); }
    }
}
