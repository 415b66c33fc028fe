using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Stage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Benchmarks.Registers;

/// <summary>
/// What others would build: a table with a row a mark, found by pupil, and one index. The peers only store; nobody parses, decides or
/// answers over HTTP.
/// </summary>
internal sealed class MarkTable : IAsyncDisposable
{
    private const string Create =
        """
        create table mark (pupil bigint not null, day date not null, session smallint not null, school integer not null,
                           code text not null, as_of timestamptz not null)
        """;
    // In the order in which the marks of a term arrive.
    private const string History =
        """
        insert into mark
        select s.school * 1000 + p.place, d.day, e.session, s.school,
               case when (p.place + s.school + (d.day - '2026-01-01')) % 14 = 0 then 'I' when e.session = 0 then '/' else '\' end, d.day + time '09:05'
          from unnest($1) as d (day) cross join generate_series(0, 1) as e (session)
         cross join generate_series(1, $2) as s (school) cross join generate_series(0, 371) as p (place)
         order by d.day, e.session, s.school, p.place
        """;
    private const string Index = "alter table mark add primary key (pupil, day, session)";

    private readonly NpgsqlDataSource _source;
    private readonly DbContextOptions<MarkContext> _entities;
    private readonly BenchServer _server;
    private readonly int _schools;
    private int _laps;

    private MarkTable(BenchServer server, string connectionString, int schools)
    {
        _server = server;
        _source = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=64;Max Auto Prepare=20;Auto Prepare Min Usages=1;No Reset On Close=true");
        _entities = new DbContextOptionsBuilder<MarkContext>().UseNpgsql(_source).Options;
        _schools = schools;
    }

    /// <summary>Makes the table with the marks of earlier days in it.</summary>
    /// <param name="days">Two sessions each.</param>
    public static async Task<MarkTable> CreateAsync(BenchServer server, string database, int schools, DateOnly[] days)
    {
        var table = new MarkTable(server, await server.CreateDatabaseAsync(database), schools);
        await table._source.ExecuteAsync(Create);
        await using (var fill = table._source.CreateCommand(History))
        {
            fill.CommandTimeout = 0;
            fill.Parameters.Add(new() { Value = days });
            fill.Parameters.Add(new() { Value = schools });
            await fill.ExecuteNonQueryAsync();
        }
        await table._source.ExecuteAsync(Index);
        await table._source.ExecuteAsync("vacuum analyze mark");
        return table;
    }

    /// <summary>(a) One COPY a register.</summary>
    public Contestant Copy(string name, Before before) => Of(name, before, CopyAsync);

    /// <summary>(b) One insert … on conflict from arrays a register.</summary>
    public Contestant Upsert(string name, Before before) => Of(name, before, UpsertAsync);

    /// <summary>(c) AddRange and SaveChanges of EF Core, a context a register.</summary>
    public Contestant Entities(string name, Before before) => Of(name, before, EntitiesAsync);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private Contestant Of(string name, Before before, Func<MarkSheet, Task> store)
    {
        MarkSheet[] sheets = [];
        return new Contestant(name, _ => LapAsync(sheets, store))
        {
            PrepareAsync = async _ =>
            {
                if (before.HasFlag(Before.Empty)) { await _source.ExecuteAsync("truncate mark"); }
                // Each lap has a day of its own, so that nothing is there yet.
                var day = SchoolMorning.Today.AddDays(_laps++);
                sheets = [.. Enumerable.Range(1, _schools).Select(school => MarkSheet.Of(school, day))];
                if (before.HasFlag(Before.Checkpoint)) { await _server.CheckpointAsync(); }
            },
            CheckAsync = async _ =>
            {
                var rows = await _source.ScalarAsync<long>("select count(*) from mark where day = $1 and pupil % 1000 < 372", sheets[0].Day);
                if (rows != sheets.Length * (long)BenchSchool.Pupils) { throw new BenchmarkBrokenException($"{name} left {rows} marks."); }
            },
        };
    }

    private async Task<Lap> LapAsync(MarkSheet[] sheets, Func<MarkSheet, Task> store)
    {
        var before = await _source.WalPositionAsync();
        var lap = await Callers.RunAsync(RegisterSite.Connections, sheets.Length, (_, item) => store(sheets[item]));
        var written = await _source.WalPositionAsync() - before;
        return lap with { Extras = lap.Extras.Add(RegisterSite.WalBytes, (double)written / lap.Count) };
    }

    private async Task CopyAsync(MarkSheet sheet)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var writer = await connection.BeginBinaryImportAsync("copy mark (pupil, day, session, school, code, as_of) from stdin (format binary)");
        for (var place = 0; place < sheet.Pupils.Length; place++)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(sheet.Pupils[place], NpgsqlDbType.Bigint);
            await writer.WriteAsync(sheet.Day, NpgsqlDbType.Date);
            await writer.WriteAsync((short)0, NpgsqlDbType.Smallint);
            await writer.WriteAsync(sheet.School, NpgsqlDbType.Integer);
            await writer.WriteAsync(sheet.Codes[place], NpgsqlDbType.Text);
            await writer.WriteAsync(sheet.AsOf, NpgsqlDbType.TimestampTz);
        }
        await writer.CompleteAsync();
    }

    private async Task UpsertAsync(MarkSheet sheet)
    {
        await using var upsert = _source.CreateCommand(
            """
            insert into mark as m (pupil, day, session, school, code, as_of)
            select u.pupil, $1, 0, $2, u.code, $3 from unnest($4, $5) as u (pupil, code)
            on conflict (pupil, day, session) do update set code = excluded.code, as_of = excluded.as_of
             where m.as_of < excluded.as_of
            """);
        upsert.Parameters.Add(new() { Value = sheet.Day });
        upsert.Parameters.Add(new() { Value = sheet.School });
        upsert.Parameters.Add(new() { Value = sheet.AsOf });
        upsert.Parameters.Add(new() { Value = sheet.Pupils });
        upsert.Parameters.Add(new() { Value = sheet.Codes });
        await upsert.ExecuteNonQueryAsync();
    }

    private async Task EntitiesAsync(MarkSheet sheet)
    {
        await using var context = new MarkContext(_entities);
        context.Marks.AddRange(sheet.Pupils.Select((pupil, place) => new MarkEntity
        {
            Pupil = pupil, Day = sheet.Day, Session = 0, School = sheet.School, Code = sheet.Codes[place], AsOf = sheet.AsOf,
        }));
        await context.SaveChangesAsync();
    }

    private sealed record MarkSheet(int School, DateOnly Day, DateTime AsOf, long[] Pupils, string[] Codes)
    {
        public static MarkSheet Of(int school, DateOnly day) => new(
            school, day, SchoolMorning.RegisterTaken.UtcDateTime, [.. Enumerable.Range(0, BenchSchool.Pupils).Select(place => (school * 1000L) + place)],
            new BenchSchool(school, "").Codes());
    }
}

/// <summary>What is done to a peer's table before its lap.</summary>
[Flags]
internal enum Before
{
    /// <summary>Nothing: its pages are those of the lap before, and the write-ahead log need not hold them whole again.</summary>
    Nothing = 0,
    Checkpoint = 1,
    Empty = 2,
}

/// <summary>A mark as EF Core keeps it.</summary>
internal sealed class MarkEntity
{
    public long Pupil { get; set; }
    public DateOnly Day { get; set; }
    public short Session { get; set; }
    public int School { get; set; }
    public string Code { get; set; } = "";
    public DateTime AsOf { get; set; }
}

internal sealed class MarkContext(DbContextOptions<MarkContext> options) : DbContext(options)
{
    public DbSet<MarkEntity> Marks => Set<MarkEntity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<MarkEntity>(mark =>
    {
        mark.ToTable("mark").HasKey(one => new { one.Pupil, one.Day, one.Session });
        foreach (var property in mark.Metadata.GetProperties())
        {
            property.SetColumnName(property.Name == nameof(MarkEntity.AsOf) ? "as_of" : property.Name.ToLowerInvariant());
        }
    });
}
