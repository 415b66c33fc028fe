using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Demo;

/// <summary>The demo's business clock in PostgreSQL.</summary>
public sealed class DemoClockStore(StorageDatabase database) : IDemoClockStore
{
    private const string ReadOffset = "select c.offset_ms from cme.demo_clock c";

    private static readonly string SaveOffset = Sql.Beside<DemoClockStore>("SaveOffset.sql");
    private static readonly string NextInstant = Sql.Beside<DemoClockStore>("NextInstant.sql");

    /// <inheritdoc/>
    public async Task<TimeSpan> ReadOffsetAsync(CancellationToken cancel = default) =>
        await database.ReadAsync(ReadOffset, _ => { }, row => TimeSpan.FromMilliseconds(row.GetInt64(0)), cancel) is [var offset]
            ? offset
            : TimeSpan.Zero;

    /// <inheritdoc/>
    public Task SaveOffsetAsync(TimeSpan offset, CancellationToken cancel = default) =>
        database.WriteAsync(
            SaveOffset,
            parameters => parameters.AddNamed("offset", NpgsqlDbType.Bigint, (long)offset.TotalMilliseconds),
            _ => true,
            cancel);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> NextInstantAsync(DateTimeOffset after, CancellationToken cancel = default) =>
        (await database.ReadAsync(
            NextInstant,
            parameters => parameters.AddNamed("after", NpgsqlDbType.TimestampTz, after.ToUniversalTime()),
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(0),
            cancel))[0];
}
