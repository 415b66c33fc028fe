using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Records;

/// <summary>Asks PostgreSQL what the lists of schools mean for the records that authorities lead.</summary>
public sealed class RecordStore(StorageDatabase database) : IRecords
{
    private static readonly string Left = Sql.Beside<RecordStore>("Left.sql");
    private static readonly string Placed = Sql.Beside<RecordStore>("Placed.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<LeftRoll>> LeftAsync(DateOnly today, CancellationToken cancel = default) => database.ReadAsync(
        Left,
        parameters => parameters.AddNamed("today", NpgsqlDbType.Date, today),
        row => new LeftRoll(
            row.Text("authority"), row.Text("child_id"), row.Text("year_group"), row.TextOrNull("first_language"), row.Day("leaving_date"),
            row.Text("ground"), row.TextOrNull("destination"), row.TextOrNull("episode")),
        cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<PutOnRoll>> PlacedAsync(DateOnly today, CancellationToken cancel = default) => database.ReadAsync(
        Placed,
        parameters => parameters.AddNamed("today", NpgsqlDbType.Date, today),
        row => new PutOnRoll(row.Text("reference"), row.Text("urn"), row.Day("entry_date")),
        cancel);
}
