using System.Collections.Immutable;

namespace Cme.Storage.Contacts;

/// <summary>Whom schools name for others to turn to (MID-17).</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IContacts
{
    /// <summary>The schools of an authority by name, or one of them, each with the latest of every role that it ever named.</summary>
    Task<ImmutableArray<ContactsOfSchool>> ReadAsync(string authority, string? urn, CancellationToken cancel = default);

    /// <summary>Adds an entry for each role given.</summary>
    /// <returns>How many were added: fewer than given if somebody was quicker.</returns>
    Task<int> AddAsync(
        string authority, string urn, IReadOnlyCollection<ContactRecord> contacts, DateTimeOffset at, string by, CancellationToken cancel = default);
}

/// <summary>A school, and whom it names.</summary>
public sealed record ContactsOfSchool(string Urn, string Name, string Kind, ImmutableArray<ContactRecord> Contacts);

/// <summary>Whom a school names for a role.</summary>
/// <param name="Version">1 or more.</param>
/// <param name="Name">Null where nobody is named any more.</param>
/// <param name="ConfirmedOn">When somebody last said that it is so.</param>
public sealed record ContactRecord(string Role, int Version, string? Name, string? Phone, string? Email, DateOnly ConfirmedOn);
