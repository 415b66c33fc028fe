using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Registers;

/// <summary>Reads a few pupils' marks out of stored sheets. A sheet is unpacked as it is read, and the others' marks are stepped over.</summary>
public sealed class PupilMarkStore(StorageDatabase database) : IPupilMarks
{
    private static readonly string Marks = Sql.Beside<PupilMarkStore>("PupilMarks.sql");
    private static readonly string Pupils = Sql.Beside<PupilMarkStore>("PupilsOnRoll.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<SessionMarks>> ReadAsync(
        string authority, string urn, IReadOnlyCollection<string> pupils, DateOnly from, DateOnly to, DateTimeOffset? knownBy = null,
        CancellationToken cancel = default)
    {
        var asked = new Filters(("known", NpgsqlDbType.TimestampTz, knownBy?.ToUniversalTime()));
        var wanted = SheetCodec.Wanted(pupils);
        return database.ReadAsync(
            asked.In(Marks),
            parameters => asked.Bind(parameters.AddText("authority", authority).AddText("urn", urn)
                .AddNamed("from", NpgsqlDbType.Date, from).AddNamed("to", NpgsqlDbType.Date, to)),
            row => new SessionMarks(
                row.Day("date"), row.Text("session"), row.Int("revision"), row.Instant("received_at"),
                SheetCodec.ReadOf(row.GetFieldValue<byte[]>(row.GetOrdinal("payload")), wanted)),
            cancel);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<PupilOnRoll>> PupilsAsync(
        string authority, string urn, IReadOnlyCollection<string> pupils, CancellationToken cancel = default) =>
        database.ReadAsync(
            Pupils,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn)
                .AddNamed("pupils", NpgsqlDbType.Array | NpgsqlDbType.Text, pupils.ToArray()),
            row => new PupilOnRoll(
                row.Text("school_pupil_id"), row.Text("child_id"), row.Text("year_group"), row.Day("entry_date"), row.DayOrNull("leaving_date"), row.TextOrNull("timetable")),
            cancel);
}
