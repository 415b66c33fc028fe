using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Episodes;

/// <summary>Episodes by who has taken them on, from PostgreSQL.</summary>
/// <remarks>Read as the product, for an administrator who ends somebody's access and sees no case.</remarks>
public sealed class ClaimStore(StorageDatabase database) : IClaims
{
    private static readonly string OfOfficer = Sql.Beside<ClaimStore>("OfOfficer.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> OfOfficerAsync(string authority, string? school, string officer, CancellationToken cancel = default)
    {
        var asked = new Filters(("authority", NpgsqlDbType.Text, authority), ("officer", NpgsqlDbType.Text, officer), ("urn", NpgsqlDbType.Text, school));
        return database.ReadOwnAsync(asked.In(OfOfficer), asked.Bind, row => row.Text("reference"), cancel);
    }
}
