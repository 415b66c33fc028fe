using System.Diagnostics;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Grains.Hosting;
using Cme.Grains.Specs.Hosts;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Grains.ClusterTests.Grains;

/// <summary>What callers are told, and what is sent again, when a grain was taken over or its database is away (ADR 0324, 0330).</summary>
public sealed class FailoverSpecs : GrainSpec
{
    private const string Reference = "episode-0000000001-0";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock, ofCluster: true);

    [Fact]
    public void What_storage_says_of_an_outage_crosses_to_another_process_as_it_was_said()
    {
        var serializer = Host.Services.GetRequiredService<Serializer<Exception>>();
        foreach (var said in new Exception[]
        {
            new StorageUnavailableException("away", new NpgsqlException("refused")), new CommitUnknownException("lost", new NpgsqlException("reset")),
            new NpgsqlException("Failed to connect"), new PostgresException("shutting down", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown),
        })
        {
            var heard = serializer.Deserialize(serializer.SerializeToArray(said));
            heard.ShouldBeOfType(said.GetType());
            heard.Message.ShouldBe(said.Message);
            StorageFaults.IsAway(heard).ShouldBeTrue("the edge answers 503, and not 500");
        }
        var unread = serializer.Deserialize(serializer.SerializeToArray(new OrleansException("A state could not be read", new NpgsqlException("Failed to connect"))));
        StorageFaults.IsAway(unread).ShouldBeTrue("Orleans' storage says it in its own words, with the cause inside");
    }

    [Fact]
    public async Task A_call_that_met_a_grain_s_former_owner_is_sent_again_if_it_says_that_it_may_be()
    {
        using var client = await ClientAsync();
        var episode = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IEpisodeGrain>(Reference);
        await episode.Open(Opening());

        await OvertakeAsync();
        (await episode.Record(Note() with { Sending = "7f1c7a52-2c0c-4b4e-9d4e-000000000001" })).Outcome.RefusalCode.ShouldBeNull();
        (await History(Reference)).ShouldBe(["EpisodeOpened", "ActionRecorded"]);
        await client.StopAsync();
    }

    [Fact]
    public async Task A_call_that_met_a_grain_s_former_owner_and_may_not_be_repeated_is_told_as_unanswered_and_changes_nothing()
    {
        using var client = await ClientAsync();
        var episode = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IEpisodeGrain>(Reference);
        await episode.Open(Opening());

        await OvertakeAsync();
        StorageFaults.IsAway(await Should.ThrowAsync<GrainsUnreachableException>(() => episode.Record(Note()))).ShouldBeTrue("the edge answers 503, and not 500");
        (await History(Reference)).ShouldBe(["EpisodeOpened"]);
        await client.StopAsync();
    }

    [Fact]
    public async Task A_tick_that_met_a_grain_s_former_owner_is_sent_again_at_once_and_not_a_minute_later()
    {
        await Grain<IEpisodeGrain>(Reference).Open(Opening());
        await OvertakeAsync();
        await Host.MoveToAsync(At("Tue 8 Sep 2026 09:50"));

        var since = Stopwatch.GetTimestamp();
        while (!(await History(Reference)).Contains("BecameOverdue"))
        {
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Patience, "the clock stands still, so that no other tick comes");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        (await Rows("select e.known_at from cme.event e where e.type = 'BecameOverdue'")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_silo_that_woke_believing_in_its_school_is_refused_by_version_and_reads_what_its_successor_wrote()
    {
        await using var woken = new SiloHost(Database, Clock);       // A cluster of its own, as it would believe.
        await woken.StartAsync();
        var (former, successor) = (woken.Services.GetRequiredService<IGrainFactory>().GetGrain<ISchoolGrain>(Keys.School(Authority, School)), Grain<ISchoolGrain>(Keys.School(Authority, School)));
        await successor.ChangeRoll(new RollChange
        {
            Full = true,
            Pupils = [new Pupil { SchoolPupilId = "p0", Forename = "Synthetic", Surname = "Pupil", DateOfBirth = new(2017, 3, 4), Sex = "F", YearGroup = "4", EntryDate = new(2026, 9, 1) }],
        });
        await former.Look();
        (await successor.TakeRegister(Morning("I", second: 1))).Outcome.RefusalCode.ShouldBeNull();

        await Should.ThrowAsync<InconsistentStateException>(() => former.TakeRegister(Morning("N", second: 2)));
        (await Rows("select s.revision from cme.register_sheet s")).ShouldBe(["1"]);
        (await former.TakeRegister(Morning("N", second: 2))).Outcome.RefusalCode.ShouldBeNull();
        (await Rows("select s.revision from cme.register_sheet s order by 1")).ShouldBe(["1", "2"]);
    }

    private RegisterSubmission Morning(string code, int second) => new()
    {
        Date = On("Tue 8 Sep 2026"), Session = "AM", AsOf = Clock.GetUtcNow().AddSeconds(second), Marks = [new MarkEntry { Pupil = "p0", Code = code }],
    };

    /// <summary>As if another silo had taken the grain and written, while its activation here does not know.</summary>
    private async Task OvertakeAsync() => await Rows("update cme.grain_state set version = version + 1 where key = $1 returning version", Reference);

    /// <summary>A web node's part of the cluster.</summary>
    private async Task<IHost> ClientAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<NpgsqlDataSource>(_ => DataSources.CreateForProduct(Database.ConnectionString));
        builder.Services.AddKeyedSingleton(Cme.Domain.Clock.System, TimeProvider.System);
        builder.Services.AddCmeStorage();
        builder.AddOrleansClient();
        var client = builder.Build();
        await client.StartAsync();
        return client;
    }

    private OpenWhereabouts Opening() => new()
    {
        Signal = new AbsenceSignal
        {
            Sequence = 1, Authority = Authority, Urn = School, ChildId = "7k3q92mxh4b2", YearGroup = "4", KnownAt = Clock.GetUtcNow(), CalendarVersion = 1,
            Pack = "northamptonshire",
            Run = [new MissedSession { Date = On("Tue 8 Sep 2026"), Session = "AM", Code = "N", RegistrationCloses = At("Tue 8 Sep 2026 09:20"), KnownAt = Clock.GetUtcNow() }],
        },
    };

    private RecordAction Note() => new()
    {
        Action = "note", Note = "told", At = Clock.GetUtcNow(), PerformerName = "Priya Patel", PerformerRole = "attendance-officer", PerformerOrg = School, RecordedBy = "key",
    };
}
