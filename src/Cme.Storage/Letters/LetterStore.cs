using System.Collections.Immutable;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Letters;

/// <summary>Keeps letters in PostgreSQL.</summary>
public sealed class LetterStore(StorageDatabase database) : ILetters
{
    private static readonly string Add = Sql.Beside<LetterStore>("Add.sql");
    private static readonly string OfEpisode = Sql.Beside<LetterStore>("OfEpisode.sql");

    /// <inheritdoc/>
    public Task AddAsync(LetterRecord letter, CancellationToken cancel = default) => database.WriteAsync(
        Add,
        parameters => parameters.AddText("id", letter.Id).AddText("authority", letter.Authority).AddText("urn", letter.Urn).AddText("episode", letter.Episode)
            .AddText("kind", letter.Kind).AddText("contact", letter.Contact).AddText("addressee", letter.Addressee)
            .AddNamed("address", NpgsqlDbType.Array | NpgsqlDbType.Text, letter.Address.ToArray()).AddText("body", letter.Body)
            .AddText("language", letter.Language).AddText("translation", letter.Translation)
            .AddNamed("at", NpgsqlDbType.TimestampTz, letter.MadeAt.ToUniversalTime()).AddText("by", letter.MadeBy),
        _ => true,
        cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<LetterRecord>> OfEpisodeAsync(CallerScope scope, string episode, CancellationToken cancel = default) =>
        ReadAsync(scope, episode, null, cancel);

    /// <inheritdoc/>
    public async Task<LetterRecord?> GetAsync(CallerScope scope, string episode, string id, CancellationToken cancel = default) =>
        await ReadAsync(scope, episode, id, cancel) is [var letter] ? letter : null;

    private Task<ImmutableArray<LetterRecord>> ReadAsync(CallerScope scope, string episode, string? id, CancellationToken cancel)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, scope.Urn), ("id", NpgsqlDbType.Text, id));
        return database.ReadAsync(
            asked.In(OfEpisode), parameters => asked.Bind(parameters.AddText("episode", episode).AddText("authority", scope.Authority)), LetterOf, cancel);
    }

    private static LetterRecord LetterOf(NpgsqlDataReader row) => new()
    {
        Id = row.Text("id"), Authority = row.Text("authority"), Urn = row.Text("urn"), Episode = row.Text("episode"), Kind = row.Text("kind"),
        Contact = row.TextOrNull("contact"), Addressee = row.Text("addressee"), Address = row.Texts("address"), Body = row.Text("body"),
        Language = row.TextOrNull("language"), Translation = row.TextOrNull("translation"), MadeAt = row.Instant("made_at"), MadeBy = row.Text("made_by"),
        Number = (int)row.Long("number"),
    };
}
