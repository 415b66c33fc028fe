using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Idempotency;

/// <summary>Keys and answers in PostgreSQL, where every web node sees them.</summary>
public sealed class IdempotencyStore(StorageDatabase database) : IIdempotency
{
    private static readonly string Receive = Sql.Beside<IdempotencyStore>("Receive.sql");
    private static readonly string Held = Sql.Beside<IdempotencyStore>("Held.sql");
    private static readonly string Keep = Sql.Beside<IdempotencyStore>("Keep.sql");
    private static readonly string GiveUp = Sql.Beside<IdempotencyStore>("GiveUp.sql");
    private static readonly string Purge = Sql.Beside<IdempotencyStore>("Purge.sql");

    /// <inheritdoc/>
    public async Task<Reception> ReceiveAsync(Posted posted, DateTimeOffset now, CancellationToken cancel = default)
    {
        var attempt = Guid.NewGuid();
        var taken = await database.WriteAsync(
            Receive,
            parameters => Name(parameters, posted).AddNamed("request", NpgsqlDbType.Bytea, posted.Request)
                .AddNamed("sending", NpgsqlDbType.Uuid, Guid.NewGuid()).AddNamed("attempt", NpgsqlDbType.Uuid, attempt)
                .AddNamed("now", NpgsqlDbType.TimestampTz, now.ToUniversalTime())
                .AddNamed("forgotten", NpgsqlDbType.TimestampTz, (now - IdempotencyTerms.KeptFor).ToUniversalTime())
                .AddNamed("abandoned", NpgsqlDbType.TimestampTz, (now - IdempotencyTerms.GivenUpAfter).ToUniversalTime()),
            row => row.GetGuid(0),
            cancel);
        if (taken is [var sending])
        {
            return new Reception.Fresh(attempt, sending);
        }
        var held = await database.ReadOneAsync(Held, parameters => Name(parameters, posted), EntryOf, cancel);
        return held switch
        {
            null => new Reception.InProgress(),                      // Purged in between: the sender asks again in a moment.
            { Request: var request } when !request.AsSpan().SequenceEqual(posted.Request) => new Reception.Reused(),
            { Answer: { } answer } => new Reception.Answered(answer),
            _ => new Reception.InProgress(),
        };
    }

    /// <inheritdoc/>
    public Task KeepAsync(Posted posted, Guid attempt, KeptAnswer answer, CancellationToken cancel = default) => database.WriteAsync(
        Keep,
        parameters => Name(parameters, posted).AddNamed("attempt", NpgsqlDbType.Uuid, attempt)
            .AddNamed("status", NpgsqlDbType.Integer, answer.Status).AddNamed("headers", NpgsqlDbType.Jsonb, answer.Headers)
            .AddNamed("body", NpgsqlDbType.Bytea, answer.Body),
        row => row.GetString(0),
        cancel);

    /// <inheritdoc/>
    public Task GiveUpAsync(Posted posted, Guid attempt, CancellationToken cancel = default) => database.WriteAsync(
        GiveUp, parameters => Name(parameters, posted).AddNamed("attempt", NpgsqlDbType.Uuid, attempt), row => row.GetString(0), cancel);

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancel = default) => (await database.WriteAsync(
        Purge,
        parameters => parameters.AddNamed("forgotten", NpgsqlDbType.TimestampTz, (now - IdempotencyTerms.KeptFor).ToUniversalTime()),
        row => row.GetString(0),
        cancel)).Length;

    private static NpgsqlParameterCollection Name(NpgsqlParameterCollection parameters, Posted posted) =>
        parameters.AddText("authority", posted.Authority).AddText("organisation", posted.Organisation).AddText("key", posted.Key);

    private static Entry EntryOf(NpgsqlDataReader row) => new(
        row.GetFieldValue<byte[]>(0),
        row.IsDBNull(1) ? null : new KeptAnswer(row.Int("status"), row.Text("headers"), row.GetFieldValue<byte[]>(3)));

    private sealed record Entry(byte[] Request, KeptAnswer? Answer);
}
