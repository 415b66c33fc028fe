using System.Collections.Immutable;

namespace Cme.Storage.Episodes;

/// <summary>Which episodes a person has taken on.</summary>
public interface IClaims
{
    /// <summary>The references of a person's open episodes, in whatever organisation's name the person has them.</summary>
    Task<ImmutableArray<string>> OfPersonAsync(string authority, string person, CancellationToken cancel = default);
}
