using System.Collections.Immutable;
using Cme.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Boards;

/// <summary>Forecasts read from PostgreSQL.</summary>
public sealed class ForecastStore(StorageDatabase database) : IForecasts
{
    private static readonly string DueByDay = Sql.Beside<ForecastStore>("DueByDay.sql");
    private static readonly string DueBetween = Sql.Beside<ForecastStore>("DueBetween.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<DueDay>> DueByDayAsync(string authority, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel = default) =>
        database.ReadAsync(DueByDay, parameters => Bind(parameters, authority, from, until), row => new DueDay(row.Day("day"), row.Int("steps")), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<DueStep>> DueBetweenAsync(
        string authority, DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancel = default) => database.ReadAsync(
            DueBetween,
            parameters => Bind(parameters, authority, from, until).AddNamed("limit", NpgsqlDbType.Integer, limit),
            row => new DueStep(
                row.Text("reference"), row.Text("forename"), row.Text("surname"), row.Text("year_group"), row.Text("urn"), row.Text("school_name"),
                row.TextOrNull("claimed_by"), row.Text("step"), row.Text("clause"), row.Text("role"), row.Instant("act_by")),
            cancel);

    private static NpgsqlParameterCollection Bind(NpgsqlParameterCollection parameters, string authority, DateTimeOffset from, DateTimeOffset until) =>
        parameters.AddText("authority", authority)
            .AddNamed("from", NpgsqlDbType.TimestampTz, from.ToUniversalTime()).AddNamed("until", NpgsqlDbType.TimestampTz, until.ToUniversalTime());
}
