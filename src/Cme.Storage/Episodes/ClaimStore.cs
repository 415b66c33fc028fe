using System.Collections.Immutable;
using Cme.Storage.Connections;

namespace Cme.Storage.Episodes;

/// <summary>Episodes by who has taken them on, from PostgreSQL.</summary>
/// <remarks>Read as the product, for an administrator who ends somebody's access and sees no case.</remarks>
public sealed class ClaimStore(StorageDatabase database) : IClaims
{
    private static readonly string OfPerson = Sql.Beside<ClaimStore>("OfPerson.sql");

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> OfPersonAsync(string authority, string person, CancellationToken cancel = default) =>
        database.ReadOwnAsync(
            OfPerson, parameters => parameters.AddText("authority", authority).AddText("person", person), row => row.Text("reference"), cancel);
}
