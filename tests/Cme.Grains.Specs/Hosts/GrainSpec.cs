using System.Collections.Immutable;
using System.Text.Json;
using Cme.Storage.Schools;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;
using Cme.TestSupport.Terms;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.Specs.Hosts;

/// <summary>
/// What is promised of grains on either runtime. A database of its own for each spec, Meadow Park School with its calendar, and
/// a business clock that stands at Tuesday 8 September 2026, 08:55.
/// </summary>
public abstract class GrainSpec : IAsyncLifetime
{
    protected const string Authority = "999";
    protected const string School = "900001";

    /// <summary>A second school, which has published no calendar yet.</summary>
    protected const string NewSchool = "900002";

    private TestDatabase? _database;
    private IGrainHost? _host;

    protected ManualClock Clock { get; } = new(At("Tue 8 Sep 2026 08:55"));

    protected TestDatabase Database => _database!;

    protected IGrainHost Host => _host!;

    /// <summary>The runtime that the spec runs on.</summary>
    protected abstract IGrainHost HostOn(TestDatabase database, ManualClock clock);

    /// <summary>The database that the spec begins with.</summary>
    protected virtual Task<TestDatabase> DatabaseAsync() => TestDatabase.CreateAsync();

    public async Task InitializeAsync()
    {
        _database = await DatabaseAsync();
        _host = HostOn(_database, Clock);
        await _host.StartAsync();
        var schools = _host.Services.GetRequiredService<ISchools>();
        await schools.PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council"));
        await schools.PutAsync(new SchoolRecord { Authority = Authority, Urn = School, Name = "Meadow Park School" });
        await schools.PutAsync(new SchoolRecord { Authority = Authority, Urn = NewSchool, Name = "Riverside School" });
        await PublishCalendar(School);
    }

    public async Task DisposeAsync()
    {
        await _host!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    protected TGrain Grain<TGrain>(string key)
        where TGrain : IGrainWithStringKey => Host.Services.GetRequiredService<IGrainFactory>().GetGrain<TGrain>(key);

    protected Task PublishCalendar(string urn) => Host.Services.GetRequiredService<ISchools>().PublishCalendarAsync(
        Authority, urn, Autumn2026.Document.SchoolYear, JsonSerializer.Serialize(Autumn2026.Document, JsonSerializerOptions.Web), Clock.GetUtcNow());

    protected async Task Restart()
    {
        await Host.StopAsync();
        await Host.StartAsync();
    }

    /// <summary>Stops the host and starts another one, as <see cref="HostOn"/> now makes it, on the same database and clock.</summary>
    protected async Task ReplaceHostAsync()
    {
        await Host.DisposeAsync();
        _host = HostOn(Database, Clock);
        await Host.StartAsync();
    }

    /// <summary>The rows that a query answers, each column as text.</summary>
    protected async Task<ImmutableArray<string>> Rows(string sql, params object[] parameters)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        }
        return rows.ToImmutable();
    }

    /// <summary>The types of an episode's events, oldest first.</summary>
    protected Task<ImmutableArray<string>> History(string episode) => Rows("select type from cme.event where episode = $1 order by version", episode);
}
