using System.Collections.Immutable;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Admissions;

/// <summary>Documents of admissions in PostgreSQL.</summary>
public sealed class AdmissionStore(StorageDatabase database) : IAdmissions
{
    private static readonly string Pupils = Sql.Beside<AdmissionStore>("Pupils.sql");
    private static readonly string Add = Sql.Beside<AdmissionStore>("Add.sql");

    /// <inheritdoc/>
    public async Task<ImmutableArray<AdmittedPupil>> PupilsAsync(AdmissionsAsked asked, CancellationToken cancel = default)
    {
        var filters = new Filters(
            ("urn", NpgsqlDbType.Text, asked.Urn), ("pupil", NpgsqlDbType.Text, asked.Pupil), ("child", NpgsqlDbType.Text, asked.ChildId),
            ("since", NpgsqlDbType.Date, asked.Since), ("open", NpgsqlDbType.Integer, asked.SeenFewerThan));
        var rows = await database.ReadAsync(
            filters.In(Pupils),
            parameters => filters.Bind(parameters.AddText("authority", asked.Authority).AddNamed("today", NpgsqlDbType.Date, asked.Today)
                .AddNamed("limit", NpgsqlDbType.Integer, asked.Limit)),
            row => (Pupil: PupilOf(row), Entry: EntryOf(row)),
            cancel);
        return
        [
            .. rows.GroupBy(row => (row.Pupil.Urn, row.Pupil.SchoolPupilId))
                .Select(same => same.First().Pupil with { Entries = [.. same.Select(row => row.Entry).OfType<DocumentEntry>()] }),
        ];
    }

    /// <inheritdoc/>
    public async Task<bool> AddAsync(string authority, string urn, string pupil, DocumentEntry entry, CancellationToken cancel = default) =>
        (await database.WriteAsync(
            Add,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddText("pupil", pupil).AddText("proof", entry.Proof)
                .AddNamed("version", NpgsqlDbType.Integer, entry.Version).AddText("document", entry.Document)
                .AddNamed("seenOn", NpgsqlDbType.Date, entry.SeenOn).AddText("seenBy", entry.SeenBy)
                .AddNamed("takenBack", NpgsqlDbType.Boolean, entry.TakenBack)
                .AddNamed("at", NpgsqlDbType.TimestampTz, entry.RecordedAt.ToUniversalTime()).AddText("by", entry.RecordedBy),
            row => row.GetInt32(0),
            cancel)).Length > 0;

    private static AdmittedPupil PupilOf(NpgsqlDataReader row) => new()
    {
        Urn = row.Text("urn"), SchoolName = row.Text("school_name"), SchoolPupilId = row.Text("school_pupil_id"), ChildId = row.Text("child_id"),
        Forename = row.Text("forename"), Surname = row.Text("surname"), YearGroup = row.Text("year_group"), EntryDate = row.Day("entry_date"),
    };

    private static DocumentEntry? EntryOf(NpgsqlDataReader row) => row.TextOrNull("proof") is not { } proof ? null : new()
    {
        Proof = proof, Version = row.Int("version"), Document = row.TextOrNull("document"), SeenOn = row.Day("seen_on"), SeenBy = row.Text("seen_by"),
        TakenBack = row.Flag("taken_back"), RecordedAt = row.Instant("recorded_at"),
    };
}
