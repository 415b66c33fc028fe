using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Pictures;

/// <summary>Counts episodes in PostgreSQL.</summary>
public sealed class PictureStore(StorageDatabase database) : IPictures
{
    private static readonly string OfTimeMissing = Sql.Beside<PictureStore>("TimeMissing.sql");
    private static readonly string Weeks = Sql.Beside<PictureStore>("Weeks.sql");
    private static readonly string Calls = Sql.Beside<PictureStore>("Calls.sql");
    private static readonly string BySchool = Sql.Beside<PictureStore>("BySchool.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<TimeMissing>> TimeMissingAsync(string authority, string? urn, DateOnly since, DateOnly today, CancellationToken cancel = default) =>
        ReadAsync(
            OfTimeMissing, authority, urn, since, today,
            parameters => parameters.AddNamed("upto", NpgsqlDbType.Array | NpgsqlDbType.Integer, TimeMissing.Upto.ToArray()),
            row => new TimeMissing((int)row.Long("bucket") - 1, row.Int("closed"), row.Int("open")), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<OpenedAndClosed>> WeeksAsync(string authority, string? urn, DateOnly from, DateOnly today, CancellationToken cancel = default) =>
        ReadAsync(
            Weeks, authority, urn, from, today, parameters => parameters.AddNamed("from", NpgsqlDbType.Date, from),
            row => new OpenedAndClosed(row.Day("week"), row.Int("opened"), row.Int("closed")), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<CallsOfWeek>> CallsAsync(string authority, string? urn, DateOnly from, DateOnly today, CancellationToken cancel = default) =>
        ReadAsync(
            Calls, authority, urn, from, today,
            parameters => parameters.AddNamed("from", NpgsqlDbType.Date, from)
                .AddNamed("unanswered", NpgsqlDbType.Array | NpgsqlDbType.Text, ActionCatalogue.Unanswered.ToArray()),
            row => new CallsOfWeek(row.Day("week"), row.Int("safe"), row.Int("answered"), row.Int("unanswered")), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<OpenedInMonth>> SchoolsAsync(string authority, DateOnly from, DateOnly today, CancellationToken cancel = default) =>
        ReadAsync(
            BySchool, authority, null, from, today, parameters => parameters.AddNamed("from", NpgsqlDbType.Date, from),
            row => new OpenedInMonth(row.Text("urn"), row.Text("name"), row.Day("month"), row.Int("opened")), cancel);

    private Task<ImmutableArray<T>> ReadAsync<T>(
        string sql, string authority, string? urn, DateOnly since, DateOnly today, Action<NpgsqlParameterCollection> more, Func<NpgsqlDataReader, T> row,
        CancellationToken cancel)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, urn));
        return database.ReadAsync(
            asked.In(sql),
            parameters =>
            {
                asked.Bind(parameters.AddText("authority", authority).AddNamed("today", NpgsqlDbType.Date, today)
                    .AddNamed("since", NpgsqlDbType.TimestampTz, London.At(since, TimeOnly.MinValue).ToUniversalTime()));
                more(parameters);
            },
            row, cancel);
    }
}
