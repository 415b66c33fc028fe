using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Domain.Episodes;
using Cme.Storage.Connections;
using Cme.Storage.Pictures;
using NpgsqlTypes;

namespace Cme.Storage.Reports;

/// <summary>Counts for reports in PostgreSQL.</summary>
public sealed class ReportStore(StorageDatabase database) : IReports
{
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;

    private static readonly string Counted = Sql.Beside<ReportStore>("Counted.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<ReportCount>> CountAsync(
        string authority, string? urn, DateOnly from, DateOnly before, DateOnly today, CancellationToken cancel = default)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, urn));
        return database.ReadAsync(
            asked.In(Counted),
            parameters => asked.Bind(parameters.AddText("authority", authority)
                .AddNamed("since", NpgsqlDbType.TimestampTz, MidnightOf(from))
                .AddNamed("before", NpgsqlDbType.TimestampTz, MidnightOf(before))
                .AddNamed("today", NpgsqlDbType.Date, today)
                .AddNamed("care", Texts, RepeatEpisodes.InCare.ToArray())
                .AddNamed("hiding", Texts, Flags.HidingAddress.ToArray())
                .AddNamed("mistakes", Texts, ClosureReasons.Mistakes.ToArray())
                .AddNamed("upto", NpgsqlDbType.Array | NpgsqlDbType.Integer, TimeMissing.Upto.ToArray())),
            row => new ReportCount(row.Text("part"), row.Text("name"), row.Int("number")), cancel);
    }

    private static DateTimeOffset MidnightOf(DateOnly day) => London.At(day, TimeOnly.MinValue).ToUniversalTime();
}
