using System.Collections.Immutable;
using System.Security.Cryptography;
using Cme.Domain.Children;
using Cme.Storage.Connections;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using NpgsqlTypes;

namespace Cme.Storage.Searches;

/// <summary>Searches in PostgreSQL.</summary>
public sealed class SearchStore(StorageDatabase database) : ISearches
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly string Add = Sql.Beside<SearchStore>("Add.sql");
    private static readonly string One = Sql.Beside<SearchStore>("One.sql");
    private static readonly string Find = Sql.Beside<SearchStore>("Find.sql");
    private static readonly string Purge = Sql.Beside<SearchStore>("Purge.sql");

    /// <inheritdoc/>
    public async Task<string> AddAsync(CallerScope scope, SearchCriteria criteria, DateTimeOffset now, CancellationToken cancel = default)
    {
        var id = RandomNumberGenerator.GetString(Letters, 26);       // 130 bits: nobody guesses another's search.
        await database.WriteAsync(
            Add,
            parameters => parameters.AddText("id", id).AddText("authority", scope.Authority).AddText("organisation", scope.Urn ?? scope.Authority)
                .AddNamed("criteria", NpgsqlDbType.Bytea, StateJson.Write(criteria))
                .AddNamed("expiresAt", NpgsqlDbType.TimestampTz, (now + SearchCriteria.KeptFor).ToUniversalTime()),
            row => row.GetString(0),
            cancel);
        return id;
    }

    /// <inheritdoc/>
    public async Task<(SearchCriteria Criteria, DateTimeOffset ExpiresAt)?> GetAsync(
        CallerScope scope, string id, DateTimeOffset now, CancellationToken cancel = default) =>
        await database.ReadAsync(
            One,
            parameters => parameters.AddText("id", id).AddText("authority", scope.Authority).AddText("organisation", scope.Urn ?? scope.Authority)
                .AddNamed("now", NpgsqlDbType.TimestampTz, now.ToUniversalTime()),
            row => (StateJson.Read<SearchCriteria>(row.GetFieldValue<byte[]>(0)), row.Instant("expires_at")),
            cancel) is [var found] ? found : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<FoundPupil>> FindAsync(CallerScope scope, SearchCriteria criteria, int limit, CancellationToken cancel = default)
    {
        // The longest word first: that is the one that an index serves.
        var words = (criteria.Name ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).OrderByDescending(word => word.Length).ToArray();
        return database.ReadAsync(
            Find,
            parameters => parameters.AddText("authority", scope.Authority).AddText("urn", scope.Urn)
                .AddNamed("layers", NpgsqlDbType.Integer, Reader.Current?.Layers ?? 0)
                .AddNamed("hiding", NpgsqlDbType.Array | NpgsqlDbType.Text, Flags.HidingAddress.ToArray())
                .AddText("upn", criteria.Upn).AddText("reference", criteria.Reference)
                .AddText("postcode", criteria.Postcode?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant())
                .AddNamed("born", NpgsqlDbType.Date, criteria.DateOfBirth)
                .AddNamed("words", NpgsqlDbType.Array | NpgsqlDbType.Text, words).AddNamed("limit", NpgsqlDbType.Integer, limit),
            row => new FoundPupil(
                row.Text("urn"), row.Text("school_name"), row.Text("school_pupil_id"), row.Text("child_id"), row.TextOrNull("upn"), row.Text("forename"),
                row.Text("surname"), row.Day("date_of_birth"), row.Text("year_group"), row.Flag("on_list")),
            cancel);
    }

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancel = default) => (await database.WriteAsync(
        Purge, parameters => parameters.AddNamed("now", NpgsqlDbType.TimestampTz, now.ToUniversalTime()), row => row.GetString(0), cancel)).Length;
}
