using System.Collections.Immutable;
using Cme.Storage.Episodes;

namespace Cme.Storage.Schools;

/// <summary>Who may be a child's family, for people who look for the child. No grain asks.</summary>
public interface IFamilies
{
    /// <summary>
    /// Other children on a list who share an address or a telephone number with a child, those of its address first.
    /// </summary>
    Task<ImmutableArray<FamilyMember>> FamilyAsync(
        CallerScope scope, string childId, int limit, CancellationToken cancel = default);
}
