using System.Collections.Immutable;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Transfers;

/// <summary>Leavers and their files in PostgreSQL.</summary>
public sealed class TransferStore(StorageDatabase database) : ITransfers
{
    private static readonly string Leavers = Sql.Beside<TransferStore>("Leavers.sql");
    private static readonly string Add = Sql.Beside<TransferStore>("Add.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<Leaver>> LeaversAsync(LeaversAsked asked, CancellationToken cancel = default)
    {
        var filters = new Filters(
            ("urn", NpgsqlDbType.Text, asked.Urn), ("pupil", NpgsqlDbType.Text, asked.Pupil), ("owed", NpgsqlDbType.Boolean, asked.Owed ? true : null));
        return database.ReadAsync(
            filters.In(Leavers),
            parameters => filters.Bind(parameters.AddText("authority", asked.Authority).AddNamed("since", NpgsqlDbType.Date, asked.Since)
                .AddNamed("today", NpgsqlDbType.Date, asked.Today).AddNamed("limit", NpgsqlDbType.Integer, asked.Limit)),
            LeaverOf,
            cancel);
    }

    /// <inheritdoc/>
    public async Task<bool> AddAsync(string authority, string urn, TransferRecord transfer, CancellationToken cancel = default) => (await database.WriteAsync(
        Add,
        parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddText("pupil", transfer.SchoolPupilId)
            .AddNamed("leftOn", NpgsqlDbType.Date, transfer.LeftOn).AddNamed("version", NpgsqlDbType.Integer, transfer.Version)
            .AddText("route", transfer.Route).AddText("destination", transfer.Destination).AddText("reference", transfer.Reference)
            .AddText("doneBy", transfer.DoneBy).AddNamed("doneAt", NpgsqlDbType.TimestampTz, transfer.DoneAt.ToUniversalTime()).AddText("note", transfer.Note)
            .AddNamed("at", NpgsqlDbType.TimestampTz, transfer.RecordedAt.ToUniversalTime()).AddText("by", transfer.RecordedBy),
        row => row.GetInt32(0),
        cancel)).Length > 0;

    private static Leaver LeaverOf(NpgsqlDataReader row) => new()
    {
        Urn = row.Text("urn"), SchoolName = row.Text("school_name"), Pack = row.TextOrNull("pack"), SchoolPupilId = row.Text("school_pupil_id"),
        ChildId = row.Text("child_id"), Forename = row.Text("forename"), Surname = row.Text("surname"), YearGroup = row.Text("year_group"),
        EntryDate = row.Day("entry_date"), LeftOn = row.Day("leaving_date"), Ground = row.TextOrNull("ground"), Destination = row.TextOrNull("destination"),
        Episode = row.TextOrNull("episode"),
        Transfer = row.TextOrNull("route") is not { } route ? null : new TransferRecord
        {
            SchoolPupilId = row.Text("school_pupil_id"), LeftOn = row.Day("leaving_date"), Version = row.Int("version"), Route = route,
            Destination = row.TextOrNull("sent_to"), Reference = row.Text("reference"), DoneBy = row.Text("done_by"), DoneAt = row.Instant("done_at"),
            Note = row.TextOrNull("note"), RecordedAt = row.Instant("recorded_at"),
        },
    };
}
