using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Removals;

/// <summary>Keeps what schools asked about removals, and what came off their rolls, in PostgreSQL.</summary>
public sealed class RemovalStore(StorageDatabase database) : IRemovals
{
    private static readonly string Add = Sql.Beside<RemovalStore>("Add.sql");
    private static readonly string Unnoted = Sql.Beside<RemovalStore>("Unnoted.sql");
    private static readonly string Note = Sql.Beside<RemovalStore>("Note.sql");
    private static readonly string PutBack = Sql.Beside<RemovalStore>("PutBack.sql");
    private static readonly string AllTheSame = Sql.Beside<RemovalStore>("AllTheSame.sql");
    private static readonly string List = Sql.Beside<RemovalStore>("List.sql");

    /// <inheritdoc/>
    public Task AddAsync(RemovalAsked asked, CancellationToken cancel = default) => database.WriteAsync(
        Add,
        parameters => parameters.AddText("authority", asked.Authority).AddText("urn", asked.Urn).AddText("id", asked.Id)
            .AddText("pupil", asked.SchoolPupilId).AddText("child", asked.ChildId).AddText("ground", asked.Ground).AddText("gate", asked.Gate)
            .AddNamed("evidence", NpgsqlDbType.Jsonb, asked.Evidence).AddNamed("conditions", NpgsqlDbType.Jsonb, asked.Conditions)
            .AddNamed("at", NpgsqlDbType.TimestampTz, asked.AskedAt.ToUniversalTime()).AddText("by", asked.AskedBy),
        _ => true,
        cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<UnnotedRemoval>> UnnotedAsync((string Authority, string Urn)? school, DateOnly today, CancellationToken cancel = default)
    {
        var asked = new Filters(("authority", NpgsqlDbType.Text, school?.Authority), ("urn", NpgsqlDbType.Text, school?.Urn));
        return database.ReadAsync(
            asked.In(Unnoted),
            parameters => asked.Bind(parameters.AddNamed("today", NpgsqlDbType.Date, today)),
            row => new UnnotedRemoval(
                row.Text("authority"), row.Text("urn"), row.Text("school_pupil_id"), row.Text("child_id"), row.Day("left_on"), row.Text("ground"),
                row.TextOrNull("episode"), row.Flag("put_back")),
            cancel);
    }

    /// <inheritdoc/>
    public Task NoteAsync(RemovalRecord removal, CancellationToken cancel = default) => database.WriteAsync(
        Note,
        parameters => parameters.AddText("authority", removal.Authority).AddText("urn", removal.Urn).AddText("pupil", removal.SchoolPupilId)
            .AddNamed("leftOn", NpgsqlDbType.Date, removal.LeftOn).AddText("ground", removal.Ground).AddText("child", removal.ChildId)
            .AddText("episode", removal.Episode).AddNamed("unmet", NpgsqlDbType.Array | NpgsqlDbType.Text, removal.Unmet.ToArray())
            .AddText("referral", removal.Referral).AddNamed("at", NpgsqlDbType.TimestampTz, removal.NotedAt.ToUniversalTime()),
        _ => true,
        cancel);

    /// <inheritdoc/>
    public Task PutBackAsync(UnnotedRemoval removal, DateTimeOffset at, CancellationToken cancel = default) => database.WriteAsync(
        PutBack,
        parameters => parameters.AddText("authority", removal.Authority).AddText("urn", removal.Urn).AddText("pupil", removal.SchoolPupilId)
            .AddNamed("leftOn", NpgsqlDbType.Date, removal.LeftOn).AddText("ground", removal.Ground)
            .AddNamed("at", NpgsqlDbType.TimestampTz, at.ToUniversalTime()),
        _ => true,
        cancel);

    /// <inheritdoc/>
    public async Task<int> AllTheSameAsync(string authority, string? urn, CancellationToken cancel = default)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, urn));
        return (int)(await database.ReadAsync(asked.In(AllTheSame), parameters => asked.Bind(parameters.AddText("authority", authority)), row => row.GetInt64(0), cancel))[0];
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<RemovalRecord>> ListAsync(
        string authority, string? urn, string? childId, bool allTheSame, (DateTimeOffset NotedAt, string Urn, string Pupil)? before, int limit,
        CancellationToken cancel = default)
    {
        var asked = new Filters(
            ("urn", NpgsqlDbType.Text, urn), ("child", NpgsqlDbType.Text, childId), ("allTheSame", NpgsqlDbType.Boolean, allTheSame ? true : null),
            ("before", NpgsqlDbType.TimestampTz, before?.NotedAt.ToUniversalTime()), ("beforeUrn", NpgsqlDbType.Text, before?.Urn),
            ("beforePupil", NpgsqlDbType.Text, before?.Pupil));
        return database.ReadAsync(
            asked.In(List),
            parameters => asked.Bind(parameters.AddText("authority", authority).AddNamed("limit", NpgsqlDbType.Integer, limit)),
            row => new RemovalRecord
            {
                Authority = row.Text("authority"), Urn = row.Text("urn"), SchoolPupilId = row.Text("school_pupil_id"), ChildId = row.Text("child_id"),
                LeftOn = row.Day("left_on"), Ground = row.Text("ground"), Episode = row.TextOrNull("episode"), Unmet = row.Texts("unmet"),
                Referral = row.TextOrNull("referral"), NotedAt = row.Instant("noted_at"), PutBackAt = row.InstantOrNull("put_back_at"),
                Forename = row.Text("forename"), Surname = row.Text("surname"), YearGroup = row.Text("year_group"), SchoolName = row.Text("school_name"),
            },
            cancel);
    }
}
