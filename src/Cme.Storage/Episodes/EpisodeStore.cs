using System.Collections.Immutable;
using System.Text.Json;
using Cme.Storage.Connections;
using Cme.Storage.History;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Episodes;

/// <summary>Episodes, their history and the feed, read from PostgreSQL.</summary>
public sealed class EpisodeStore(StorageDatabase database) : IEpisodes
{
    private static readonly string List = Sql.Beside<EpisodeStore>("List.sql");
    private static readonly string One = Sql.Beside<EpisodeStore>("One.sql");
    private static readonly string Events = Sql.Beside<EpisodeStore>("Events.sql");
    private static readonly string Histories = Sql.Beside<EpisodeStore>("Histories.sql");
    private static readonly string Obligations = Sql.Beside<EpisodeStore>("Obligations.sql");
    private static readonly string OpenOfSchool = Sql.Beside<EpisodeStore>("OpenOfSchool.sql");
    private static readonly string MissingElsewhere = Sql.Beside<EpisodeStore>("MissingElsewhere.sql");
    private static readonly string Feed = Sql.Beside<EpisodeStore>("Feed.sql");

    /// <inheritdoc/>
    public async Task<EpisodePage> ListAsync(EpisodeFilter filter, int limit, string? cursor, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        EpisodeCursor? after = cursor is null ? null : EpisodeCursor.Parse(cursor);
        var asked = new Filters(
            ("urn", NpgsqlDbType.Text, filter.Scope.Urn),
            ("school", NpgsqlDbType.Text, filter.School),
            ("child", NpgsqlDbType.Text, filter.ChildId),
            ("kind", NpgsqlDbType.Text, filter.Kind),
            ("stage", NpgsqlDbType.Text, filter.Stage),
            ("owner", NpgsqlDbType.Text, filter.Owner),
            ("claimedBy", NpgsqlDbType.Text, filter.ClaimedBy),
            ("flag", NpgsqlDbType.Text, filter.Flag),
            ("overdue", NpgsqlDbType.Boolean, filter.Overdue),
            ("actBefore", NpgsqlDbType.TimestampTz, filter.ActBefore?.ToUniversalTime()),
            ("updatedAfter", NpgsqlDbType.TimestampTz, filter.UpdatedAfter?.ToUniversalTime()),
            ("desk", NpgsqlDbType.Boolean, filter.Board == "desk" ? true : null),
            ("lead", NpgsqlDbType.Boolean, filter.Board == "lead" ? true : null),
            ("openedAt", NpgsqlDbType.TimestampTz, after?.OpenedAt),
            ("reference", NpgsqlDbType.Text, after?.Reference));
        var rows = await database.ReadAsync(
            asked.In(List),
            parameters => asked.Bind(parameters.AddText("authority", filter.Scope.Authority)
                .AddNamed("statuses", NpgsqlDbType.Array | NpgsqlDbType.Text, StatusesOf(filter.Status))
                .AddNamed("limit", NpgsqlDbType.Integer, limit + 1)),   // One more tells whether there is a next page.
            EpisodeRows.Of,
            cancel);
        return rows.Length <= limit
            ? new EpisodePage(rows, null)
            : new EpisodePage(rows[..limit], new EpisodeCursor(rows[limit - 1].OpenedAt, rows[limit - 1].Reference).ToString());
    }

    /// <inheritdoc/>
    public Task<EpisodeRow?> GetAsync(CallerScope scope, string reference, CancellationToken cancel = default)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, scope.Urn));
        return database.ReadOneAsync(
            asked.In(One),
            parameters => asked.Bind(parameters.AddText("reference", reference).AddText("authority", scope.Authority)),
            row => EpisodeRows.Of(row) with { Fourth = row.Flag("fourth"), MovedOn = row.DayOrNull("moved_on") },
            cancel);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> EventsAsync(CallerScope scope, string reference, CancellationToken cancel = default) =>
        EventsAsync(reference, new(("authority", NpgsqlDbType.Text, scope.Authority), ("urn", NpgsqlDbType.Text, scope.Urn)), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> EventsAsync(CallerScope scope, IReadOnlyCollection<string> references, CancellationToken cancel = default)
    {
        var asked = new Filters(("authority", NpgsqlDbType.Text, scope.Authority), ("urn", NpgsqlDbType.Text, scope.Urn));
        return EventsAsync(Histories, parameters => asked.Bind(parameters.AddNamed("references", NpgsqlDbType.Array | NpgsqlDbType.Text, references.ToArray())), asked, cancel);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> HistoryAsync(string reference, CancellationToken cancel = default) =>
        EventsAsync(reference, new Filters(), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<StoredObligation>> ObligationsAsync(CallerScope scope, string reference, CancellationToken cancel = default)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, scope.Urn));
        return database.ReadAsync(
            asked.In(Obligations),
            parameters => asked.Bind(parameters.AddText("reference", reference).AddText("authority", scope.Authority)),
            ObligationOf,
            cancel);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<OpenEpisode>> OpenOfSchoolAsync(string authority, string urn, CancellationToken cancel = default) =>
        database.ReadAsync(
            OpenOfSchool,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn),
            row => new OpenEpisode(row.GetString(0), row.GetString(1), row.GetString(2)),
            cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> MissingElsewhereAsync(
        string authority, string urn, IReadOnlyCollection<string> children, CancellationToken cancel = default) =>
        database.ReadAsync(
            MissingElsewhere,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn)
                .AddNamed("children", NpgsqlDbType.Array | NpgsqlDbType.Text, children.ToArray()),
            row => row.GetString(0),
            cancel);

    /// <inheritdoc/>
    public async Task<FeedPage> FeedAsync(CallerScope scope, long after, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var asked = new Filters(("urn", NpgsqlDbType.Text, scope.Urn));
        var rows = await database.ReadAsync(
            asked.In(Feed),
            parameters => asked.Bind(parameters.AddText("authority", scope.Authority)
                .AddNamed("after", NpgsqlDbType.Bigint, after).AddNamed("limit", NpgsqlDbType.Integer, limit)),
            row => (Epoch: row.GetGuid(0).ToString("n"), Last: row.GetInt64(1), Entry: row.IsDBNull(2) ? null : EntryOf(row)),
            cancel);
        if (rows is not [var first, ..])
        {
            return new FeedPage("", [], 0);   // An authority that was never made.
        }
        ImmutableArray<FeedEntry> entries = [.. rows.Select(row => row.Entry).OfType<FeedEntry>()];
        // A page that is not full has seen everything up to the last number, so the next one need not look there again.
        return new FeedPage(first.Epoch, entries, entries.Length == limit ? entries[^1].Number : first.Last);
    }

    private Task<ImmutableArray<EventRow>> EventsAsync(string reference, Filters asked, CancellationToken cancel) =>
        EventsAsync(Events, parameters => asked.Bind(parameters.AddText("reference", reference)), asked, cancel);

    private Task<ImmutableArray<EventRow>> EventsAsync(string sql, Action<NpgsqlParameterCollection> bind, Filters asked, CancellationToken cancel) =>
        database.ReadAsync(
            asked.In(sql),
            bind,
            row => new EventRow(
                row.Text("episode"), row.Long("version"), row.Text("type"), row.Int("schema"), row.Instant("happened_at"),
                row.Instant("known_at"), row.Text("actor"), JsonElement.Parse(row.Text("data")), row.Instant("recorded_at")),
            cancel);

    private static string[] StatusesOf(string status) => status switch
    {
        "open" or "closed" => [status],
        "all" => ["open", "closed"],
        _ => throw new ArgumentException($"'{status}' is no status of an episode: open, closed or all.", nameof(status)),
    };

    private static FeedEntry EntryOf(NpgsqlDataReader row) =>
        new(row.Long("number"), row.Instant("at"), row.Text("episode"), row.Text("type"), row.Long("version"));

    private static StoredObligation ObligationOf(NpgsqlDataReader row) => new(row.Text("episode"), new ObligationRecord
    {
        Id = row.Text("id"),
        Step = row.Text("step"),
        Clause = row.Text("clause"),
        Role = row.Text("role"),
        Org = row.Text("org"),
        DueAt = row.Instant("due_at"),
        AlertAt = row.Instant("alert_at"),
        ActBy = row.Instant("act_by"),
        OverdueAt = row.InstantOrNull("overdue_at"),
        Level = row.Int("level"),
        State = row.Text("state"),
        NextAt = row.InstantOrNull("next_at"),
        PackVersion = row.Int("pack_version"),
        CalendarVersion = row.Int("calendar_version"),
        EngineVersion = row.Int("engine_version"),
    });
}
