using System.Collections.Immutable;

namespace Cme.Storage.People;

/// <summary>The people who sign in, with what they sign in by.</summary>
public interface IPeople
{
    Task<Person?> FindAsync(string id, CancellationToken cancel = default);

    /// <summary>Who has this address, or this name of a demo; null if nobody has now.</summary>
    /// <param name="key">In the form in which addresses are compared.</param>
    Task<Person?> FindByKeyAsync(string key, CancellationToken cancel = default);

    /// <summary>The people of an authority, or of one of its schools, by name; those who left come last.</summary>
    Task<ImmutableArray<Person>> ListAsync(string authority, string? school = null, CancellationToken cancel = default);

    /// <summary>Whether anybody with this role has access in any authority.</summary>
    Task<bool> AnyAsync(string role, CancellationToken cancel = default);

    /// <returns>False if the address belongs to somebody already.</returns>
    Task<bool> AddAsync(Person person, CancellationToken cancel = default);

    /// <summary>Stores what was changed, and counts the version up.</summary>
    /// <returns>False if the person was changed since they were read, and then nothing was stored.</returns>
    Task<bool> SaveAsync(Person person, CancellationToken cancel = default);

    /// <summary>Remembers that the code of a time step was used.</summary>
    /// <param name="step">The number of 30-second steps since 1970.</param>
    /// <returns>False if the code of that step, or of a later one, was used before.</returns>
    Task<bool> UseStepAsync(string id, long step, CancellationToken cancel = default);

    /// <summary>Adds a passkey, or stores it as it is after it was used.</summary>
    Task PutPasskeyAsync(PasskeyRecord passkey, CancellationToken cancel = default);

    Task<ImmutableArray<PasskeyRecord>> PasskeysAsync(string person, CancellationToken cancel = default);

    Task<PasskeyRecord?> FindPasskeyAsync(byte[] credentialId, CancellationToken cancel = default);

    Task RemovePasskeyAsync(string person, byte[] credentialId, CancellationToken cancel = default);

    /// <summary>What the sessions of these people are held against. Somebody unknown is left out.</summary>
    Task<ImmutableArray<Standing>> StandingsAsync(IReadOnlyCollection<string> ids, CancellationToken cancel = default);
}
