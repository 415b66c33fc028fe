using System.Collections.Immutable;
using Cme.Storage.Episodes;

namespace Cme.Storage.Letters;

/// <summary>Letters to parents, each version as it was written. None is changed or deleted.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface ILetters
{
    /// <summary>Keeps a letter; safe to repeat.</summary>
    Task AddAsync(LetterRecord letter, CancellationToken cancel = default);

    /// <summary>The letters of an episode, the newest first; none if the caller has none of that reference.</summary>
    Task<ImmutableArray<LetterRecord>> OfEpisodeAsync(CallerScope scope, string episode, CancellationToken cancel = default);

    /// <summary>One letter of an episode, or null.</summary>
    Task<LetterRecord?> GetAsync(CallerScope scope, string episode, string id, CancellationToken cancel = default);
}

/// <summary>A letter as it was written.</summary>
public sealed record LetterRecord
{
    public string Id { get; init; } = "";
    public string Authority { get; init; } = "";
    public string Urn { get; init; } = "";
    public string Episode { get; init; } = "";
    /// <summary>Which letter it is, such as <c>no-news</c>.</summary>
    public string Kind { get; init; } = "";
    /// <summary>Whom of the roll's contacts it is to; null for nobody by name.</summary>
    public string? Contact { get; init; }
    public string Addressee { get; init; } = "";
    /// <summary>None where the address is hidden, or not known.</summary>
    public ImmutableArray<string> Address { get; init; } = [];
    public string Body { get; init; } = "";
    /// <summary>Of the translated copy; null if there is none.</summary>
    public string? Language { get; init; }
    public string? Translation { get; init; }
    /// <summary>Business clock, UTC.</summary>
    public DateTimeOffset MadeAt { get; init; }
    /// <summary>The person who wrote it, by id.</summary>
    public string MadeBy { get; init; } = "";
    /// <summary>Its number among the episode's letters, from 1; only read.</summary>
    public int Number { get; init; }
}
