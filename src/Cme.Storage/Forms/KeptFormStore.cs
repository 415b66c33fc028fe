using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Forms;

/// <summary>Kept forms in PostgreSQL.</summary>
public sealed class KeptFormStore(StorageDatabase database) : IKeptForms
{
    private static readonly string Keep = Sql.Beside<KeptFormStore>("Keep.sql");
    private static readonly string One = Sql.Beside<KeptFormStore>("One.sql");
    private static readonly string Forget = Sql.Beside<KeptFormStore>("Forget.sql");
    private static readonly string Purge = Sql.Beside<KeptFormStore>("Purge.sql");

    /// <inheritdoc/>
    public Task KeepAsync(FormKey key, byte[] content, DateTimeOffset expiresAt, CancellationToken cancel = default) => database.WriteAsync(
        Keep,
        parameters => Bind(parameters, key).AddNamed("content", NpgsqlDbType.Bytea, content)
            .AddNamed("expiresAt", NpgsqlDbType.TimestampTz, expiresAt.ToUniversalTime()),
        row => row.GetString(0),
        cancel);

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(FormKey key, DateTimeOffset now, CancellationToken cancel = default) => await database.ReadAsync(
        One,
        parameters => Bind(parameters, key).AddNamed("now", NpgsqlDbType.TimestampTz, now.ToUniversalTime()),
        row => row.GetFieldValue<byte[]>(0),
        cancel) is [var found] ? found : null;

    /// <inheritdoc/>
    public Task ForgetAsync(FormKey key, CancellationToken cancel = default) =>
        database.WriteAsync(Forget, parameters => Bind(parameters, key), row => row.GetString(0), cancel);

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancel = default) => (await database.WriteAsync(
        Purge, parameters => parameters.AddNamed("now", NpgsqlDbType.TimestampTz, now.ToUniversalTime()), row => row.GetString(0), cancel)).Length;

    private static NpgsqlParameterCollection Bind(NpgsqlParameterCollection parameters, FormKey key) =>
        parameters.AddText("authority", key.Authority).AddText("person", key.Person).AddText("episode", key.Episode).AddText("form", key.Form);
}
