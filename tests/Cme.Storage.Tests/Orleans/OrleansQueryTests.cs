using Cme.Storage.History;
using Cme.Storage.Reminders;
using Cme.Storage.States;
using Npgsql;
using NpgsqlTypes;
using static Cme.Storage.Tests.EpisodeWrites;

namespace Cme.Storage.Tests.Orleans;

/// <summary>
/// The queries that Orleans reads from its table and sends with its own parameters, sent here in the same way: by name, with the same
/// types, answers read by column name.
/// </summary>
public sealed class OrleansQueryTests : IAsyncLifetime
{
    private Store _store = null!;

    public async Task InitializeAsync() => _store = await Store.CreateAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_state_written_by_Orleans_is_the_row_that_one_machine_reads_and_the_other_way_round()
    {
        (await WriteAsync("episode", "episode-1-t", null, StateJson.Write(Opened()))).ShouldBe(1);

        (await _store.ScalarAsync<long>("select count(*) from cme.event")).ShouldBe(1);
        (await _store.States.ReadAsync("episode", "episode-1-t"))!.Version.ShouldBe(1);
        (await _store.States.WriteEpisodeAsync("episode-1-t", 1, Opened().Then("call-recorded"))).NewVersion.ShouldBe(2);
        var read = await AskAsync("ReadFromStorageKey", Grain("episode", "episode-1-t"));
        (read["Version"], StateJson.Read<EpisodeWrite>((byte[])read["PayloadBinary"]!).Version).ShouldBe((2, 2L));
    }

    [Fact]
    public async Task An_episode_leaves_the_same_rows_and_bytes_whichever_runtime_writes_it()
    {
        var opened = Opened() with
        {
            Snapshot = "{\"said\":\"a \\\"quote\\\", a \t tab, \u0001, \u007f, caf\u00e9, \ud83d\ude00 and a \\ stroke\"}\n",
            Obligations = [Owed("o1"), Owed("o2") with { OverdueAt = Tuesday.AddTicks(12_345_678) }],
            Head = Opened().Head! with
            {
                Flags = ["at-risk", "do-not-contact-family"], Flagged = true, UpdatedAt = Tuesday.AddTicks(7), OpenedAt = Tuesday.ToOffset(TimeSpan.FromHours(1)),
            },
        };
        var closed = opened.Then("episode-closed", head => head with { Status = "closed", ClosedAt = Tuesday, Closure = "returned", NextObligation = null }) with
        {
            Obligations = [Owed("o2", "satisfied"), Owed("o3")],
        };
        foreach (var (expected, write) in new (int?, EpisodeWrite)[] { (null, opened), (1, closed), (2, closed with { Pending = [], Version = 2 }) })
        {
            (await WriteAsync("episode", "episode-1-t", expected, StateJson.Write(write))).ShouldBe((expected ?? 0) + 1);
            (await _store.States.WriteEpisodeAsync("episode-2-t", expected, write)).NewVersion.ShouldBe((expected ?? 0) + 1);
            foreach (var rows in new[]
            {
                "select version, payload from cme.grain_state where key = $1",
                "select to_jsonb(e) - '{episode,recorded_at,salt,commitment}'::text[] from cme.event e where episode = $1 order by version",
                "select to_jsonb(e) - 'reference' from cme.episode e where reference = $1",
                "select to_jsonb(o) - 'episode' from cme.obligation o where episode = $1 order by id",
                "select to_jsonb(u) - '{id,episode,queued_at}'::text[] from cme.unpublished u where episode = $1 order by id",
            })
            {
                (await RowsAsync(rows, "episode-2-t")).ShouldBe(await RowsAsync(rows, "episode-1-t"));
            }
        }
    }

    [Fact]
    public async Task A_conflict_answers_null_and_the_first_of_two_first_writes_wins()
    {
        (await WriteAsync("child", "child-1", null, [1])).ShouldBe(1);
        (await WriteAsync("child", "child-1", null, [2])).ShouldBeNull();
        (await WriteAsync("child", "child-1", 5, [2])).ShouldBeNull();
        (await WriteAsync("child", "child-1", 1, [2])).ShouldBe(2);
        // Keys that Orleans' stock script would fold into one row.
        (await WriteAsync("child", "CHILD-1", null, [1])).ShouldBe(1);
    }

    [Fact]
    public async Task A_state_is_cleared_and_deleted_at_its_version_only()
    {
        await WriteAsync("child", "child-1", null, [1]);

        (await AskAsync("ClearStorageKey", [.. Grain("child", "child-1"), new("GrainStateVersion", 9)]))["NewGrainStateVersion"].ShouldBeNull();
        (await AskAsync("ClearStorageKey", [.. Grain("child", "child-1"), new("GrainStateVersion", 1)]))["NewGrainStateVersion"].ShouldBe(2);
        (await AskAsync("DeleteStorageKey", [.. Grain("child", "child-1"), new("GrainStateVersion", 1)])).ShouldBeEmpty();
        (await AskAsync("DeleteStorageKey", [.. Grain("child", "child-1"), new("GrainStateVersion", 2)])).Count.ShouldBe(1);
        (await AskAsync("ReadFromStorageKey", Grain("child", "child-1"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(3_000_000_000L)]
    public async Task A_reminder_is_shared_with_one_machine_whatever_type_its_period_comes_in(object period)
    {
        (await AskAsync("UpsertReminderRowKey", Service, new("GrainId", "episode/e1"), new("ReminderName", "look"),
            new("StartTime", Tuesday.UtcDateTime), new("Period", period), new("GrainHash", -5)))["Version"].ShouldBe(1);

        (await _store.Reminders.ReadAllAsync()).ShouldBe(
            [new ReminderRow("episode/e1", "look", Tuesday, TimeSpan.FromMilliseconds(Convert.ToDouble(period, null)), -5, 1)]);
        var row = await AskAsync("ReadReminderRowKey", Service, new("GrainId", "episode/e1"), new("ReminderName", "look"));
        (row["GrainId"], row["ReminderName"], row["StartTime"], row["Version"]).ShouldBe(("episode/e1", "look", Tuesday.UtcDateTime, 1));
        row["Period"].ShouldBe(Convert.ToInt64(period, null));
        (await AskAsync("ReadReminderRowsKey", Service, new("GrainId", "episode/e1"))).ShouldNotBeEmpty();
        (await AnswerAsync("DeleteReminderRowKey", Service, new("GrainId", "episode/e1"), new("ReminderName", "look"), new("Version", 2))).ShouldBe(false);
        (await AnswerAsync("DeleteReminderRowKey", Service, new("GrainId", "episode/e1"), new("ReminderName", "look"), new("Version", 1))).ShouldBe(true);
    }

    [Theory]
    [InlineData("ReadRangeRows1Key", -10, 10, "-9 0 10")]
    [InlineData("ReadRangeRows2Key", 10, -10, "-20 -10 20")]
    public async Task A_silo_reads_its_range_of_the_hashes(string key, int begin, int end, string expected)
    {
        foreach (var hash in new[] { -20, -10, -9, 0, 10, 20 })
        {
            await _store.Reminders.UpsertAsync(new ReminderRow($"episode/{hash}", "look", Tuesday, TimeSpan.FromMinutes(5), hash));
        }

        var rows = await AskAllAsync(key, Service, new("BeginHash", begin), new("EndHash", end));

        string.Join(' ', rows.Select(row => int.Parse(((string)row["GrainId"]!)[8..], System.Globalization.CultureInfo.InvariantCulture)).Order()).ShouldBe(expected);
    }

    [Fact]
    public async Task A_member_joins_and_changes_only_under_the_version_that_was_read()
    {
        (await AnswerAsync("InsertMembershipVersionKey", Deployment)).ShouldBe(true);
        (await AnswerAsync("InsertMembershipVersionKey", Deployment)).ShouldBe(false);
        var empty = await AskAsync("MembershipReadAllKey", Deployment);
        (empty["StartTime"], empty["Version"]).ShouldBe(((object?)null, (object?)0));

        (await AnswerAsync("InsertMembershipKey", Member(version: 0))).ShouldBe(true);
        (await AnswerAsync("InsertMembershipKey", Member(version: 1))).ShouldBe(false, "it is there already");
        (await AnswerAsync("InsertMembershipKey", Member(version: 0, port: 22222))).ShouldBe(false, "the view was older");
        (await AnswerAsync("UpdateMembershipKey", Member(version: 0, status: 4))).ShouldBe(false);
        (await AnswerAsync("UpdateMembershipKey", Member(version: 1, status: 3))).ShouldBe(true);

        var row = await AskAsync("MembershipReadRowKey", Deployment, new("Address", "10.0.0.1"), new("Port", 11111), new("Generation", 7));
        (row["SiloName"], row["Status"], row["Version"], row["SuspectTimes"]).ShouldBe(("silo", 3, 2, null));
        (await AskAsync("GatewaysQueryKey", Deployment, new("Status", 3)))["ProxyPort"].ShouldBe(30000);
        (await AskAllAsync("CleanupDefunctSiloEntriesKey", Deployment, new("IAmAliveTime", Tuesday.AddDays(1).UtcDateTime))).ShouldBeEmpty();
        (await AskAllAsync("GatewaysQueryKey", Deployment, new("Status", 3))).Count.ShouldBe(1, "an active silo is never cleaned away");
        await AskAllAsync("DeleteMembershipTableEntriesKey", Deployment);
        (await AskAllAsync("MembershipReadAllKey", Deployment)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_key_that_Orleans_looks_for_is_there() =>
        (await _store.ScalarAsync<string>("select string_agg(querykey, ' ' order by querykey collate \"C\") from orleansquery")).Split(' ').ShouldBe(
        [
            "CleanupDefunctSiloEntriesKey", "ClearStorageKey", "DeleteMembershipTableEntriesKey", "DeleteReminderRowKey", "DeleteReminderRowsKey",
            "DeleteStorageKey", "GatewaysQueryKey", "InsertMembershipKey", "InsertMembershipVersionKey", "MembershipReadAllKey",
            "MembershipReadRowKey", "ReadFromStorageKey", "ReadRangeRows1Key", "ReadRangeRows2Key", "ReadReminderRowKey", "ReadReminderRowsKey",
            "UpdateIAmAlivetimeKey", "UpdateMembershipKey", "UpsertReminderRowKey", "WriteToStorageKey",
        ]);

    private static NpgsqlParameter Service => new("ServiceId", StateWriter.ServiceId);

    private static NpgsqlParameter Deployment => new("DeploymentId", "here");

    private static NpgsqlParameter[] Grain(string state, string key) =>
    [
        new("GrainIdHash", 1), new("GrainIdN0", NpgsqlDbType.Bigint) { Value = 0L }, new("GrainIdN1", NpgsqlDbType.Bigint) { Value = 0L }, new("GrainTypeHash", 2), new("GrainTypeString", state),
        new("GrainIdExtensionString", key), Service,
    ];

    private static NpgsqlParameter[] Member(int version, int status = 1, int port = 11111) =>
    [
        Deployment, new("Address", "10.0.0.1"), new("Port", port), new("Generation", 7), new("SiloName", "silo"), new("HostName", "host"),
        new("Status", status), new("ProxyPort", 30000), new("StartTime", Tuesday.UtcDateTime), new("IAmAliveTime", Tuesday.UtcDateTime),
        new("SuspectTimes", NpgsqlDbType.Text) { Value = DBNull.Value }, new("Version", version),
    ];

    private Task<string> RowsAsync(string sql, string reference) => _store.ScalarAsync<string>(
        $"select string_agg(r::text, e'\\n') from ({sql.Replace("$1", $"'{reference}'", StringComparison.Ordinal)}) r");

    private async Task<int?> WriteAsync(string state, string key, int? version, byte[] payload) =>
        (int?)(await AskAsync("WriteToStorageKey",
        [
            .. Grain(state, key), new("GrainStateVersion", NpgsqlDbType.Integer) { Value = (object?)version ?? DBNull.Value }, new("PayloadBinary", payload),
        ]))["NewGrainStateVersion"];

    // The one bool-like column, whatever it is called.
    private async Task<bool> AnswerAsync(string key, params NpgsqlParameter[] parameters) =>
        (bool)(await AskAsync(key, parameters)).Values.ShouldHaveSingleItem()!;

    private async Task<Dictionary<string, object?>> AskAsync(string key, params NpgsqlParameter[] parameters) =>
        await AskAllAsync(key, parameters) is [var first, ..] ? first : [];

    private async Task<List<Dictionary<string, object?>>> AskAllAsync(string key, params NpgsqlParameter[] parameters)
    {
        var text = await _store.ScalarAsync<string>($"select querytext from orleansquery where querykey = '{key}'");
        await using var connection = new NpgsqlConnection(_store.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The text is what the migration stored.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        List<Dictionary<string, object?>> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount)
                .ToDictionary(reader.GetName, at => reader.IsDBNull(at) ? null : reader.GetValue(at), StringComparer.OrdinalIgnoreCase));
        }
        return rows;
    }
}
