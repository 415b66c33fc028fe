using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Access;

/// <summary>Keys of organisations' systems in PostgreSQL, by their SHA-256.</summary>
public sealed class ApiKeys(StorageDatabase database) : IApiKeys
{
    private const int Bits = 256;

    private static readonly string Create = Sql.Beside<ApiKeys>("Create.sql");
    private static readonly string Keys = Sql.Beside<ApiKeys>("Keys.sql");
    private static readonly string Revoke = Sql.Beside<ApiKeys>("Revoke.sql");

    /// <inheritdoc/>
    public async Task<NewApiKey> CreateAsync(ApiKeyGrant grant, CancellationToken cancel = default)
    {
        var key = "cme_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bits / 8));
        return new NewApiKey(await StoreAsync(key, grant, cancel), key);
    }

    /// <inheritdoc/>
    public Task ImportAsync(string key, ApiKeyGrant grant, CancellationToken cancel = default) => StoreAsync(key, grant, cancel);

    /// <inheritdoc/>
    public async Task<ApiKeyRecord?> FindAsync(string key, CancellationToken cancel = default) =>
        await ReadAsync(new Filters(("hash", NpgsqlDbType.Bytea, HashOf(key))), cancel) is [var one] ? one : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<ApiKeyRecord>> ListAsync(string authority, CancellationToken cancel = default) =>
        ReadAsync(new Filters(("authority", NpgsqlDbType.Text, authority)), cancel);

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(string authority, Guid id, CancellationToken cancel = default)
    {
        var revoked = await database.WriteAsync(
            Revoke,
            parameters => parameters.AddNamed("id", NpgsqlDbType.Uuid, id).AddText("authority", authority),
            row => row.GetGuid(0),
            cancel);
        return !revoked.IsEmpty;
    }

    private async Task<Guid> StoreAsync(string key, ApiKeyGrant grant, CancellationToken cancel) =>
        await database.AddOrFindAsync(
            Create,
            parameters => parameters.AddNamed("hash", NpgsqlDbType.Bytea, HashOf(key)).AddText("kind", grant.Kind)
                .AddText("authority", grant.Authority).AddText("urn", grant.Urn)
                .AddNamed("scopes", NpgsqlDbType.Array | NpgsqlDbType.Text, grant.Scopes.ToArray()).AddText("label", grant.Label),
            row => row.GetGuid(0),
            cancel);

    private Task<ImmutableArray<ApiKeyRecord>> ReadAsync(Filters asked, CancellationToken cancel) =>
        database.ReadAsync(
            asked.In(Keys),
            asked.Bind,
            row => new ApiKeyRecord(
                row.GetGuid(0),
                new ApiKeyGrant(row.Text("kind"), row.Text("authority"), row.TextOrNull("urn"), row.Texts("scopes"), row.Text("label")),
                row.Instant("created_at"), row.InstantOrNull("revoked_at")),
            cancel);

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
