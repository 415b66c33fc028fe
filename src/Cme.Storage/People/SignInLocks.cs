using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.People;

/// <summary>Failed sign-ins in PostgreSQL, so that every node counts the same.</summary>
public sealed class SignInLocks(StorageDatabase database) : ISignInLocks
{
    private const string LockSql = "update cme.sign_in_lock l set locked_until = @until, failures = 0 where l.key = @key returning l.failures";
    private const string HeldSql = "select l.locked_until from cme.sign_in_lock l where l.key = @key and l.locked_until is not null";
    private const string ForgetSql = "delete from cme.sign_in_lock l where l.key = @key returning l.failures";

    private static readonly string Failed = Sql.Beside<SignInLocks>("Failed.sql");

    /// <inheritdoc/>
    public async Task<int> FailedAsync(byte[] key, DateTimeOffset now, TimeSpan within, CancellationToken cancel = default) =>
        (await database.WriteAsync(
            Failed,
            parameters => parameters.AddNamed("key", NpgsqlDbType.Bytea, key).AddNamed("now", NpgsqlDbType.TimestampTz, now)
                .AddNamed("since", NpgsqlDbType.TimestampTz, now - within),
            row => row.GetInt32(0), cancel))[0];

    /// <inheritdoc/>
    public Task LockAsync(byte[] key, DateTimeOffset? until, CancellationToken cancel = default) => database.WriteAsync(
        LockSql, parameters => parameters.AddNamed("key", NpgsqlDbType.Bytea, key).AddNamed("until", NpgsqlDbType.TimestampTz, until),
        row => row.GetInt32(0), cancel);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> LockedUntilAsync(byte[] key, CancellationToken cancel = default) =>
        await database.ReadOwnAsync(
            HeldSql, parameters => parameters.AddNamed("key", NpgsqlDbType.Bytea, key), row => row.Instant("locked_until"), cancel) is [var until]
            ? until : null;

    /// <inheritdoc/>
    public Task ForgetAsync(byte[] key, CancellationToken cancel = default) => database.WriteAsync(
        ForgetSql, parameters => parameters.AddNamed("key", NpgsqlDbType.Bytea, key), row => row.GetInt32(0), cancel);
}
