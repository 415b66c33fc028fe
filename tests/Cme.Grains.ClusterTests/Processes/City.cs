using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Storage;
using Cme.Storage.Access;
using Cme.Storage.Connections;
using Cme.Storage.Demo;
using Cme.Storage.Schools;
using Cme.TestSupport.Terms;
using Cme.Web.Tests.Crashes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>
/// Schools of the demo's authority beside its own ones. On the first Friday of October twenty pupils of each are missing and nobody does anything
/// about it, so that what is owed for all of them falls due, and climbs, at the same instants: a wave.
/// </summary>
internal sealed class City : IAsyncDisposable
{
    private const int Pupils = 100;
    private const int SchoolsAtOnce = 4;
    private const string Morning = "2026-10-02";
    private const string Pack = "northamptonshire";

    /// <summary>Half an hour before registration closes, when the morning's registers come.</summary>
    private static readonly DateTimeOffset RegistersCome = new(2026, 10, 2, 7, 55, 0, TimeSpan.Zero);

    public static DateTimeOffset RegistrationCloses { get; } = new(2026, 10, 2, 8, 20, 0, TimeSpan.Zero);

    // What a school's key has in the product.
    private static readonly string[] ScopesOfASchool = ["school.write", "register.read", "register.write", "case.read", "case.write", "referral.write"];
    private static readonly string[] YearGroups = ["R", "1", "2", "3", "4", "5", "6"];

    private readonly ServiceProvider _services;
    private readonly ConcurrentDictionary<string, string> _keys = new();
    private TimeSpan _ahead;

    private City(NpgsqlDataSource source, int missing)
    {
        Source = source;
        Missing = missing;
        MissingEach = Math.Min(missing, 20);
        Schools = [.. Enumerable.Range(0, missing / MissingEach).Select(number => (800_000 + number).ToString(CultureInfo.InvariantCulture))];
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddKeyedSingleton(Clock.System, TimeProvider.System).AddSingleton(source).AddCmeStorage().BuildServiceProvider();
    }

    public NpgsqlDataSource Source { get; }

    public IReadOnlyList<string> Schools { get; }

    /// <summary>How many pupils are missing, over all schools.</summary>
    public int Missing { get; }

    private int MissingEach { get; }

    private IDemoClockStore DemoClock => _services.GetRequiredService<IDemoClockStore>();

    /// <summary>Makes the schools with calendars, rolls and keys, past the service, and sets the clock to just before the morning's registers.</summary>
    public static async Task<City> BuildAsync(string database, int missing)
    {
        var city = new City(DataSources.Create(database), missing);
        await city.JumpAsync(RegistersCome);
        await Parallel.ForEachAsync(city.Schools, new ParallelOptions { MaxDegreeOfParallelism = SchoolsAtOnce }, async (urn, _) => await city.AddAsync(urn));
        return city;
    }

    /// <summary>The business clock.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + _ahead;

    /// <summary>An instant of the system's clock by the business clock.</summary>
    public DateTimeOffset At(DateTime system) => new DateTimeOffset(system) + _ahead;

    /// <summary>Puts the business clock forward past every process: whoever runs follows within a fifth of a second, and nobody is woken for it.</summary>
    public async Task JumpAsync(DateTimeOffset instant)
    {
        _ahead = instant - TimeProvider.System.GetUtcNow();
        await DemoClock.SaveOffsetAsync(_ahead);
    }

    /// <summary>Sends every school's register of the morning, in which its pupils are missing.</summary>
    public async Task TakeMorningAsync(IReadOnlyList<WebNode> nodes) => await Parallel.ForEachAsync(
        Enumerable.Range(0, Schools.Count), new ParallelOptions { MaxDegreeOfParallelism = SchoolsAtOnce }, async (school, cancel) =>
        {
            using var client = new HttpClient { BaseAddress = nodes[school % nodes.Count].BaseUrl };
            using var answer = await client.SendAsync(Put(Schools[school], Morning, "AM", RegistersCome, [.. Enumerable.Range(0, MissingEach)]), cancel);
            await Town.Expect(answer);
        });

    /// <summary>A register in which everybody is present but those missing.</summary>
    public HttpRequestMessage Put(string urn, string date, string session, DateTimeOffset asOf, params int[] missing) => As(
        urn, HttpMethod.Put, $"/api/v1/schools/{urn}/registers/{date}/{session}",
        new
        {
            asOf, complete = true,
            marks = Enumerable.Range(0, Pupils).Select(pupil => new { schoolPupilId = Id(pupil), code = missing.Contains(pupil) ? "N" : session == "AM" ? "/" : "\\" }),
        });

    /// <summary>A request with a school's key.</summary>
    public HttpRequestMessage As(string urn, HttpMethod method, string path, object body) => new(method, path)
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _keys[urn]) }, Content = JsonContent.Create(body),
    };

    /// <summary>Asks the database itself, again while it is away.</summary>
    public Task<T> AskAsync<T>(string sql, params object[] parameters) => ReadAsync(
        sql, async reader =>
        {
            await reader.ReadAsync();
            return (T)reader.GetValue(0);
        }, parameters);

    /// <summary>The rows that the database answers, each column as text.</summary>
    public Task<List<string>> RowsAsync(string sql, params object[] parameters) => ReadAsync(
        sql, async reader =>
        {
            var rows = new List<string>();
            while (await reader.ReadAsync()) { rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue))); }
            return rows;
        }, parameters);

    private async Task<T> ReadAsync<T>(string sql, Func<NpgsqlDataReader, Task<T>> read, object[] parameters)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var command = Source.CreateCommand(sql);
                foreach (var value in parameters) { command.Parameters.Add(new NpgsqlParameter { Value = value }); }
                await using var reader = await command.ExecuteReaderAsync();
                return await read(reader);
            }
            catch (NpgsqlException away) when (attempt < 300 && StorageFaults.IsAway(away))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Source.DisposeAsync();
    }

    private async Task AddAsync(string urn)
    {
        var schools = _services.GetRequiredService<ISchools>();
        await schools.PutAsync(new SchoolRecord { Authority = Town.Authority, Urn = urn, Name = $"School {urn}", Pack = Pack });
        await schools.PublishCalendarAsync(
            Town.Authority, urn, Autumn2026.Document.SchoolYear, JsonSerializer.Serialize(Autumn2026.Document, JsonSerializerOptions.Web), RegistersCome);
        PupilRecord[] roll = [.. Enumerable.Range(0, Pupils).Select(PupilOf)];
        await schools.ChangeRollAsync(Town.Authority, urn, full: true, roll, [.. roll.Select(pupil => pupil.SchoolPupilId)]);
        var key = await _services.GetRequiredService<IApiKeys>()
            .CreateAsync(new ApiKeyGrant("school", Town.Authority, urn, [.. ScopesOfASchool], $"Spec {urn}"));
        _keys[urn] = key.Key;
    }

    private static PupilRecord PupilOf(int pupil) => new()
    {
        SchoolPupilId = Id(pupil), Forename = $"Forename{pupil}", Surname = $"Surname{pupil}", DateOfBirth = new DateOnly(2016, 9, 1).AddDays(pupil),
        Sex = pupil % 2 == 0 ? "F" : "M", YearGroup = YearGroups[pupil % YearGroups.Length], EntryDate = new DateOnly(2026, 9, 1),
    };

    private static string Id(int pupil) => string.Create(CultureInfo.InvariantCulture, $"p{pupil:000}");
}
