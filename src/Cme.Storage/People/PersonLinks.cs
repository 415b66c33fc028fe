using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.People;

/// <summary>One-time links in PostgreSQL, by their SHA-256.</summary>
public sealed class PersonLinks(StorageDatabase database) : IPersonLinks
{
    private const int Bits = 256;

    private static readonly string Make = Sql.Beside<PersonLinks>("MakeLink.sql");
    private static readonly string Links = Sql.Beside<PersonLinks>("Links.sql");
    private static readonly string Use = Sql.Beside<PersonLinks>("UseLink.sql");
    private static readonly string Revoke = Sql.Beside<PersonLinks>("RevokeLinks.sql");

    /// <inheritdoc/>
    public async Task<string> MakeAsync(string person, string madeBy, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancel = default)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bits / 8));
        await database.WriteAsync(
            Make,
            parameters => parameters.AddNamed("hash", NpgsqlDbType.Bytea, HashOf(secret)).AddText("person", person).AddText("made_by", madeBy)
                .AddNamed("now", NpgsqlDbType.TimestampTz, now).AddNamed("expires_at", NpgsqlDbType.TimestampTz, expires),
            row => row.GetString(0), cancel);
        return secret;
    }

    /// <inheritdoc/>
    public async Task<PersonLink?> FindAsync(string secret, DateTimeOffset now, CancellationToken cancel = default) =>
        await ReadAsync(new Filters(("hash", NpgsqlDbType.Bytea, HashOf(secret)), ("now", NpgsqlDbType.TimestampTz, now)), cancel) is [var one] ? one : null;

    /// <inheritdoc/>
    public async Task<bool> UseAsync(string secret, DateTimeOffset now, CancellationToken cancel = default) =>
        !(await database.WriteAsync(
            Use, parameters => parameters.AddNamed("hash", NpgsqlDbType.Bytea, HashOf(secret)).AddNamed("now", NpgsqlDbType.TimestampTz, now),
            row => row.GetString(0), cancel)).IsEmpty;

    /// <inheritdoc/>
    public Task RevokeAsync(string person, DateTimeOffset now, CancellationToken cancel = default) => database.WriteAsync(
        Revoke, parameters => parameters.AddText("person", person).AddNamed("now", NpgsqlDbType.TimestampTz, now), row => row.GetString(0), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<PersonLink>> OpenAsync(string authority, DateTimeOffset now, CancellationToken cancel = default) =>
        ReadAsync(new Filters(("authority", NpgsqlDbType.Text, authority), ("now", NpgsqlDbType.TimestampTz, now)), cancel);

    private Task<ImmutableArray<PersonLink>> ReadAsync(Filters asked, CancellationToken cancel) => database.ReadOwnAsync(
        asked.In(Links), asked.Bind,
        row => new PersonLink(row.Text("person"), row.Text("made_by"), row.Instant("made_at"), row.Instant("expires_at")), cancel);

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
