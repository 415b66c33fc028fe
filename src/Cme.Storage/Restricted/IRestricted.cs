using System.Collections.Immutable;
using Cme.Storage.Connections;

namespace Cme.Storage.Restricted;

/// <summary>Who may read layer 4 of which record (FACTS D3): people named for it, and whoever broke the glass with a reason.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IRestricted
{
    /// <summary>Names a person.</summary>
    /// <returns>False if the person is named already, and then nothing was stored.</returns>
    Task<bool> NameAsync(NamedReader named, CancellationToken cancel = default);

    /// <summary>Ends it. The row stays: when somebody was named is evidence.</summary>
    /// <param name="subjects">The episode or the child whose list it is: one of another record is not found.</param>
    /// <returns>False if nobody is named under this id.</returns>
    Task<bool> EndAsync(string authority, IReadOnlyList<string> subjects, Guid id, string by, CancellationToken cancel = default);

    /// <summary>Those who are named for an episode or for its child, by name.</summary>
    Task<ImmutableArray<NamedReader>> NamedAsync(string authority, IReadOnlyList<string> subjects, CancellationToken cancel = default);

    /// <summary>What the <see cref="Reader.Current"/> reader may open with a reason; null for what is no business of the reader's at all.</summary>
    Task<Openable?> OpenableAsync(string reference, CancellationToken cancel = default);

    /// <summary>Opens a record for a limited time.</summary>
    Task OpenAsync(BrokenGlass opened, CancellationToken cancel = default);

    /// <summary>What was opened in an authority, what nobody has acknowledged first, then the newest.</summary>
    Task<ImmutableArray<BrokenGlass>> OpenedAsync(string authority, int limit, CancellationToken cancel = default);

    /// <summary>How many openings nobody has acknowledged.</summary>
    Task<int> WaitingAsync(string authority, CancellationToken cancel = default);

    /// <summary>Says that the CME lead has seen it.</summary>
    /// <returns>False if there is none of this id that waits.</returns>
    Task<bool> AcknowledgeAsync(string authority, Guid id, string by, CancellationToken cancel = default);
}

/// <summary>A person who is named for an episode or a child.</summary>
/// <param name="Subject">The episode's reference or the child's id.</param>
/// <param name="Id">Not written: the store gives it.</param>
public sealed record NamedReader(
    string Authority, string Subject, string Person, string Name, string NamedBy, string Reason, Guid Id = default, DateTimeOffset NamedAt = default);

/// <summary>An episode that a reader may open with a reason.</summary>
/// <param name="IsOpen">Layer 4 is open to the reader already.</param>
public sealed record Openable(string ChildId, string Urn, bool IsOpen);

/// <summary>A record that somebody opened with a reason.</summary>
public sealed record BrokenGlass
{
    /// <summary>Not written: the store gives it.</summary>
    public Guid Id { get; init; }
    public required string Authority { get; init; }
    public required string Person { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public required string Organisation { get; init; }
    public required string Episode { get; init; }
    public required string ChildId { get; init; }
    public required string Reason { get; init; }
    /// <summary>System clock.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>System clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
}
