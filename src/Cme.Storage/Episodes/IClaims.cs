using System.Collections.Immutable;

namespace Cme.Storage.Episodes;

/// <summary>Which episodes an officer has taken on.</summary>
public interface IClaims
{
    /// <summary>The references of an officer's open episodes.</summary>
    /// <param name="school">The officer's school; null for an officer of the authority.</param>
    Task<ImmutableArray<string>> OfOfficerAsync(string authority, string? school, string officer, CancellationToken cancel = default);
}
