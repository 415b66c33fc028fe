using System.Collections.Immutable;
using System.Text.Json;
using Cme.Domain.Children;
using Cme.Domain.Concerns;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Concerns;

/// <summary>Concerns in PostgreSQL.</summary>
public sealed class ConcernStore(StorageDatabase database) : IConcerns
{
    private static readonly string Add = Sql.Beside<ConcernStore>("Add.sql");
    private static readonly string List = Sql.Beside<ConcernStore>("List.sql");
    private static readonly string Act = Sql.Beside<ConcernStore>("Act.sql");
    private static readonly string Reporter = Sql.Beside<ConcernStore>("Reporter.sql");
    private static readonly string Held = Sql.Beside<ConcernStore>("Held.sql");
    private static readonly string Joined = Sql.Beside<ConcernStore>("Joined.sql");
    private static readonly string Unjoined = Sql.Beside<ConcernStore>("Unjoined.sql");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <inheritdoc/>
    public async Task<string> AddAsync(ConcernRecord concern, byte[]? reporter, CancellationToken cancel = default)
    {
        var received = concern.Concern.Received;
        return await database.AddOrFindAsync(
            Add,
            parameters => parameters.AddText("reference", concern.Reference).AddText("authority", concern.Authority).AddText("sending", concern.Sending)
                .AddText("channel", received.Channel).AddText("worry", received.Worry).AddText("danger", received.Danger)
                .AddInstant("receivedAt", received.At).AddInstant("knownAt", received.KnownAt).AddText("recordedBy", concern.RecordedBy)
                .AddNamed("body", NpgsqlDbType.Bytea, concern.Body).AddNamed("suspect", NpgsqlDbType.Boolean, concern.Suspect)
                .AddNamed("reporter", NpgsqlDbType.Bytea, reporter),
            row => row.GetString(0),
            cancel);
    }

    /// <inheritdoc/>
    public async Task<ConcernRecord?> GetAsync(string authority, string reference, CancellationToken cancel = default) =>
        await ReadAsync(authority, new(("reference", NpgsqlDbType.Text, reference)), 1, cancel) is [var one] ? one : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<ConcernRecord>> ListAsync(
        string authority, bool? open, (DateTimeOffset ReceivedAt, string Reference)? before, int limit, CancellationToken cancel = default) =>
        ReadAsync(
            authority,
            new(
                ("open", NpgsqlDbType.Boolean, open), ("before", NpgsqlDbType.TimestampTz, before?.ReceivedAt.ToUniversalTime()),
                ("beforeReference", NpgsqlDbType.Text, before?.Reference)),
            limit, cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<ConcernRecord>> OfChildAsync(string authority, string child, int limit, CancellationToken cancel = default) =>
        ReadAsync(authority, new(("child", NpgsqlDbType.Text, child)), limit, cancel);

    /// <inheritdoc/>
    public async Task<bool> ActAsync(
        string authority, string reference, long version, Concern after, string? episode, CancellationToken cancel = default)
    {
        var deed = after.Deeds[^1];
        return !(await database.WriteAsync(
            Act,
            parameters => parameters.AddText("reference", reference).AddText("authority", authority).AddNamed("version", NpgsqlDbType.Bigint, version)
                .AddNamed("open", NpgsqlDbType.Boolean, after.IsOpen).AddNamed("screened", NpgsqlDbType.Boolean, after.Risk is not null)
                .AddText("child", after.Child).AddText("holder", after.Holder?.Id)
                .AddNamed("rejoins", NpgsqlDbType.Boolean, deed.Action == ConcernActs.Match).AddText("episode", episode)
                .AddText("actor", deed.By).AddNamed("data", NpgsqlDbType.Jsonb, JsonSerializer.Serialize(deed, Json)),
            row => row.GetInt64(0),
            cancel)).IsEmpty;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReporterAsync(string authority, string reference, CancellationToken cancel = default) => await database.ReadOneAsync(
        Reporter, parameters => parameters.AddText("authority", authority).AddText("reference", reference), row => row.GetFieldValue<byte[]>(0), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> HeldByAsync(string authority, string person, CancellationToken cancel = default) => database.ReadOwnAsync(
        Held, parameters => parameters.AddText("authority", authority).AddText("person", person), row => row.GetString(0), cancel);

    /// <inheritdoc/>
    public Task JoinedAsync(string reference, string? episode, DateTimeOffset at, CancellationToken cancel = default) => database.WriteAsync(
        Joined,
        parameters => parameters.AddText("reference", reference).AddText("episode", episode).AddInstant("at", at),
        row => row.GetString(0),
        cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<UnjoinedConcern>> UnjoinedAsync(CancellationToken cancel = default) => database.ReadAsync(
        Unjoined, _ => { }, row => new UnjoinedConcern(row.Text("reference"), row.Text("episode"), row.TextOrNull("matched_by") ?? ""), cancel);

    private Task<ImmutableArray<ConcernRecord>> ReadAsync(string authority, Filters asked, int limit, CancellationToken cancel) => database.ReadAsync(
        asked.In(List),
        parameters => asked.Bind(parameters.AddText("authority", authority).AddNamed("limit", NpgsqlDbType.Integer, limit)
            .AddNamed("hiding", NpgsqlDbType.Array | NpgsqlDbType.Text, Flags.HidingAddress.ToArray())
            .AddNamed("barring", NpgsqlDbType.Array | NpgsqlDbType.Text, new[] { Flags.DoNotContactFamily })),
        RecordOf,
        cancel);

    private static ConcernRecord RecordOf(NpgsqlDataReader row) => new()
    {
        Reference = row.Text("reference"),
        Authority = row.Text("authority"),
        Sending = row.TextOrNull("sending"),
        RecordedBy = row.Text("recorded_by"),
        Body = row.GetFieldValue<byte[]>(row.GetOrdinal("body")),
        Suspect = row.Flag("suspect"),
        Anonymous = row.Flag("anonymous"),
        Concern = new(
            new(row.Instant("received_at"), row.Instant("known_at"), row.Text("channel"), row.Text("worry"), row.Text("danger")),
            JsonSerializer.Deserialize<ImmutableArray<ConcernDeed>>(row.Text("deeds"), Json)),
        Episode = row.TextOrNull("episode"),
        JoinedAt = row.InstantOrNull("joined_at"),
        Version = row.Long("version"),
        AddressHidden = row.Flag("address_hidden"),
        Child = new(row.Flag("family_barred"), row.Flag("followed")),
    };
}
