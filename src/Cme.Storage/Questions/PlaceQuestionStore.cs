using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Questions;

/// <summary>Reads what places were asked from PostgreSQL.</summary>
public sealed class PlaceQuestionStore(StorageDatabase database) : IPlaceQuestions
{
    private static readonly string List = Sql.Beside<PlaceQuestionStore>("List.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<PlaceQuestionRow>> ListAsync(PlaceQuestionFilter filter, CancellationToken cancel = default)
    {
        var asked = new Filters(
            ("status", NpgsqlDbType.Text, filter.Status), ("asking", NpgsqlDbType.Text, filter.Asking), ("episode", NpgsqlDbType.Text, filter.Episode),
            ("asked", NpgsqlDbType.Text, filter.Asked), ("question", NpgsqlDbType.Text, filter.Question));
        return database.ReadAsync(
            asked.In(List),
            parameters => asked.Bind(parameters.AddText("authority", filter.Authority)),
            row => new PlaceQuestionRow(
                row.Text("question"), row.Text("episode"), row.Text("urn"), row.Text("asked"), row.Text("child_id"), row.Day("day"), row.Instant("asked_at"),
                row.Instant("answer_by"), row.TextOrNull("answer"), row.InstantOrNull("answered_at"), row.InstantOrNull("seen_at")),
            cancel);
    }
}
