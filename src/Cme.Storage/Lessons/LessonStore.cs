using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Lessons;

/// <summary>Keeps when registers of lessons were taken in PostgreSQL.</summary>
public sealed class LessonStore(StorageDatabase database) : ILessons
{
    private static readonly string Take = Sql.Beside<LessonStore>("Take.sql");
    private static readonly string OfDay = Sql.Beside<LessonStore>("OfDay.sql");

    /// <inheritdoc/>
    public Task TakeAsync(string authority, string urn, DateOnly date, LessonTaken taken, DateTimeOffset receivedAt, CancellationToken cancel = default) => database.WriteAsync(
        Take,
        parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddNamed("date", NpgsqlDbType.Date, date).AddText("lesson", taken.Lesson)
            .AddText("group", taken.Group).AddNamed("taken", NpgsqlDbType.TimestampTz, taken.At.ToUniversalTime())
            .AddNamed("received", NpgsqlDbType.TimestampTz, receivedAt.ToUniversalTime()),
        _ => true,
        cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<LessonTaken>> OfDayAsync(string authority, string urn, DateOnly date, CancellationToken cancel = default) => database.ReadAsync(
        OfDay,
        parameters => parameters.AddText("authority", authority).AddText("urn", urn).AddNamed("date", NpgsqlDbType.Date, date),
        row => new LessonTaken(row.Text("lesson"), row.Text("teaching"), row.Instant("taken_at")), cancel);
}
