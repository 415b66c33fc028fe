using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Restricted;

/// <summary>Named people and broken glass in PostgreSQL.</summary>
public sealed class RestrictedStore(StorageDatabase database) : IRestricted
{
    private static readonly string Name = Sql.Beside<RestrictedStore>("Name.sql");
    private static readonly string End = Sql.Beside<RestrictedStore>("End.sql");
    private static readonly string Named = Sql.Beside<RestrictedStore>("Named.sql");
    private static readonly string OpenableRecord = Sql.Beside<RestrictedStore>("Openable.sql");
    private static readonly string Open = Sql.Beside<RestrictedStore>("Open.sql");
    private static readonly string Opened = Sql.Beside<RestrictedStore>("Opened.sql");
    private static readonly string Waiting = Sql.Beside<RestrictedStore>("Waiting.sql");
    private static readonly string Acknowledge = Sql.Beside<RestrictedStore>("Acknowledge.sql");

    // Who may read what is asked of the product: no reader may look into these lists, least of all to learn who else is on one.
    private readonly StorageDatabase _lists = database.OfTheProduct;

    /// <inheritdoc/>
    public async Task<bool> NameAsync(NamedReader named, CancellationToken cancel = default) => !(await database.WriteAsync(
        Name,
        parameters => parameters.AddText("authority", named.Authority).AddText("subject", named.Subject).AddText("person", named.Person)
            .AddText("name", named.Name).AddText("by", named.NamedBy).AddText("reason", named.Reason),
        row => row.GetGuid(0),
        cancel)).IsEmpty;

    /// <inheritdoc/>
    public async Task<bool> EndAsync(string authority, IReadOnlyList<string> subjects, Guid id, string by, CancellationToken cancel = default) =>
        !(await database.WriteAsync(
            End,
            parameters => parameters.AddText("authority", authority).AddNamed("id", NpgsqlDbType.Uuid, id).AddText("by", by)
                .AddNamed("subjects", NpgsqlDbType.Array | NpgsqlDbType.Text, subjects.ToArray()),
            row => row.GetGuid(0),
            cancel)).IsEmpty;

    /// <inheritdoc/>
    public Task<ImmutableArray<NamedReader>> NamedAsync(string authority, IReadOnlyList<string> subjects, CancellationToken cancel = default) => _lists.ReadAsync(
        Named,
        parameters => parameters.AddText("authority", authority).AddNamed("subjects", NpgsqlDbType.Array | NpgsqlDbType.Text, subjects.ToArray()),
        row => new NamedReader(
            authority, row.Text("subject"), row.Text("person"), row.Text("name"), row.Text("named_by"), row.Text("reason"), row.GetGuid(0), row.Instant("named_at")),
        cancel);

    /// <inheritdoc/>
    public Task<Openable?> OpenableAsync(string reference, CancellationToken cancel = default) => database.ReadOneAsync(
        OpenableRecord,
        parameters => parameters.AddText("reference", reference),
        row => new Openable(row.GetString(0), row.GetString(1), row.GetBoolean(2)),
        cancel);

    /// <inheritdoc/>
    public Task OpenAsync(BrokenGlass opened, CancellationToken cancel = default) => database.WriteAsync(
        Open,
        parameters => parameters.AddText("authority", opened.Authority).AddText("person", opened.Person).AddText("name", opened.Name)
            .AddText("role", opened.Role).AddText("organisation", opened.Organisation).AddText("episode", opened.Episode).AddText("child", opened.ChildId)
            .AddText("reason", opened.Reason).AddNamed("openedAt", NpgsqlDbType.TimestampTz, opened.OpenedAt.ToUniversalTime())
            .AddNamed("expiresAt", NpgsqlDbType.TimestampTz, opened.ExpiresAt.ToUniversalTime()),
        row => row.GetGuid(0),
        cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<BrokenGlass>> OpenedAsync(string authority, int limit, CancellationToken cancel = default) => _lists.ReadAsync(
        Opened,
        parameters => parameters.AddText("authority", authority).AddNamed("limit", NpgsqlDbType.Integer, limit),
        row => new BrokenGlass
        {
            Id = row.GetGuid(0), Authority = authority, Person = row.Text("person"), Name = row.Text("name"), Role = row.Text("role"),
            Organisation = row.Text("organisation"), Episode = row.Text("episode"), ChildId = row.Text("child_id"), Reason = row.Text("reason"),
            OpenedAt = row.Instant("opened_at"), ExpiresAt = row.Instant("expires_at"), AcknowledgedAt = row.InstantOrNull("acknowledged_at"),
            AcknowledgedBy = row.TextOrNull("acknowledged_by"),
        },
        cancel);

    /// <inheritdoc/>
    public async Task<int> WaitingAsync(string authority, CancellationToken cancel = default) => (int)(await _lists.ReadAsync(
        Waiting, parameters => parameters.AddText("authority", authority), row => row.GetInt64(0), cancel))[0];

    /// <inheritdoc/>
    public async Task<bool> AcknowledgeAsync(string authority, Guid id, string by, CancellationToken cancel = default) => !(await database.WriteAsync(
        Acknowledge,
        parameters => parameters.AddText("authority", authority).AddNamed("id", NpgsqlDbType.Uuid, id).AddText("by", by),
        row => row.GetGuid(0),
        cancel)).IsEmpty;
}
