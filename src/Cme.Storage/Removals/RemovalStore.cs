using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Removals;

/// <summary>Keeps what schools asked about removals in PostgreSQL.</summary>
public sealed class RemovalStore(StorageDatabase database) : IRemovals
{
    private static readonly string Add = Sql.Beside<RemovalStore>("Add.sql");

    /// <inheritdoc/>
    public Task AddAsync(RemovalAsked asked, CancellationToken cancel = default) => database.WriteAsync(
        Add,
        parameters => parameters.AddText("authority", asked.Authority).AddText("urn", asked.Urn).AddText("id", asked.Id)
            .AddText("pupil", asked.SchoolPupilId).AddText("child", asked.ChildId).AddText("ground", asked.Ground).AddText("gate", asked.Gate)
            .AddNamed("evidence", NpgsqlDbType.Jsonb, asked.Evidence).AddNamed("conditions", NpgsqlDbType.Jsonb, asked.Conditions)
            .AddNamed("at", NpgsqlDbType.TimestampTz, asked.AskedAt.ToUniversalTime()).AddText("by", asked.AskedBy),
        _ => true,
        cancel);
}
