using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Concerns;

/// <summary>Forms of the public in PostgreSQL.</summary>
public sealed class ConcernDraftStore(StorageDatabase database) : IConcernDrafts
{
    private static readonly string Keep = Sql.Beside<ConcernDraftStore>("KeepDraft.sql");
    private static readonly string One = Sql.Beside<ConcernDraftStore>("Draft.sql");
    private static readonly string Forget = Sql.Beside<ConcernDraftStore>("ForgetDraft.sql");
    private static readonly string Purge = Sql.Beside<ConcernDraftStore>("PurgeDrafts.sql");

    /// <inheritdoc/>
    public Task KeepAsync(byte[] id, byte[] content, DateTimeOffset expiresAt, CancellationToken cancel = default) => database.WriteAsync(
        Keep,
        parameters => parameters.AddNamed("id", NpgsqlDbType.Bytea, id).AddNamed("content", NpgsqlDbType.Bytea, content).AddInstant("expiresAt", expiresAt),
        row => row.GetDateTime(0),
        cancel);

    /// <inheritdoc/>
    /// <remarks>On the product's own behalf: a visitor who is signed in as well fills in the public's form like anybody.</remarks>
    public async Task<byte[]?> GetAsync(byte[] id, DateTimeOffset now, CancellationToken cancel = default) => await database.ReadOwnAsync(
        One, parameters => parameters.AddNamed("id", NpgsqlDbType.Bytea, id).AddInstant("now", now), row => row.GetFieldValue<byte[]>(0), cancel)
        is [var found] ? found : null;

    /// <inheritdoc/>
    public Task ForgetAsync(byte[] id, CancellationToken cancel = default) =>
        database.WriteAsync(Forget, parameters => parameters.AddNamed("id", NpgsqlDbType.Bytea, id), row => row.GetDateTime(0), cancel);

    /// <inheritdoc/>
    public Task PurgeAsync(DateTimeOffset now, CancellationToken cancel = default) =>
        database.WriteAsync(Purge, parameters => parameters.AddInstant("now", now), row => row.GetDateTime(0), cancel);
}
