using System.Collections.Immutable;
using System.Text.Json;

namespace Cme.Storage.Episodes;

/// <summary>
/// Reads episodes for REST and pages. Every question names the caller's authority and, where the caller is a school, its URN:
/// what lies outside is answered as if it did not exist.
/// </summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IEpisodes
{
    /// <summary>
    /// A page of episodes, newest opened first. The order rests on what never changes, so that a list read page by page under
    /// concurrent changes misses nothing that was there throughout.
    /// </summary>
    /// <param name="cursor">As <see cref="EpisodePage.NextCursor"/> gave it; null starts at the top.</param>
    /// <exception cref="FormatException">The cursor is not one that this method gave.</exception>
    Task<EpisodePage> ListAsync(EpisodeFilter filter, int limit, string? cursor, CancellationToken cancel = default);

    /// <summary>One episode, or null if the caller has none of that reference and has broken no glass for it.</summary>
    Task<EpisodeRow?> GetAsync(CallerScope scope, string reference, CancellationToken cancel = default);

    /// <summary>The history of one episode, oldest first; empty if the caller has none of that reference.</summary>
    Task<ImmutableArray<EventRow>> EventsAsync(CallerScope scope, string reference, CancellationToken cancel = default);

    /// <summary>The histories of many episodes, each oldest first; those that the caller has none of are left out.</summary>
    Task<ImmutableArray<EventRow>> EventsAsync(CallerScope scope, IReadOnlyCollection<string> references, CancellationToken cancel = default);

    /// <summary>The history that the episode's own grain refolds; asks for no scope because it answers to nobody else.</summary>
    Task<ImmutableArray<EventRow>> HistoryAsync(string reference, CancellationToken cancel = default);

    /// <summary>The stored obligations of one episode in any state, by when they must be acted on.</summary>
    Task<ImmutableArray<StoredObligation>> ObligationsAsync(CallerScope scope, string reference, CancellationToken cancel = default);

    /// <summary>The open episodes of a school: whose they are, and whose deadlines a new calendar may move.</summary>
    Task<ImmutableArray<OpenEpisode>> OpenOfSchoolAsync(string authority, string urn, CancellationToken cancel = default);

    /// <summary>Those of a school's children who have an open whereabouts episode at another school.</summary>
    Task<ImmutableArray<string>> MissingElsewhereAsync(
        string authority, string urn, IReadOnlyCollection<string> children, CancellationToken cancel = default);

    /// <summary>What was published after a number, in order and without gaps for the scope.</summary>
    Task<FeedPage> FeedAsync(CallerScope scope, long after, int limit, CancellationToken cancel = default);
}

/// <summary>The authority that asks, or one school of it. A null <see cref="Urn"/> is the whole authority.</summary>
public readonly record struct CallerScope(string Authority, string? Urn = null);

/// <summary>An open episode, as its school's grain needs to know of it.</summary>
public sealed record OpenEpisode(string Reference, string ChildId, string Kind);

/// <summary>Which episodes. A null field does not restrict.</summary>
public sealed record EpisodeFilter
{
    public required CallerScope Scope { get; init; }
    /// <summary><c>open</c>, <c>closed</c> or <c>all</c>.</summary>
    public string Status { get; init; } = "open";
    public string? Kind { get; init; }
    public string? Stage { get; init; }
    /// <summary>A URN, for an authority that asks about one of its schools.</summary>
    public string? School { get; init; }
    public string? ChildId { get; init; }
    public string? Owner { get; init; }
    /// <summary>The name of the officer who has it.</summary>
    public string? ClaimedBy { get; init; }
    /// <summary>True: at least one obligation is stamped overdue; false: none is.</summary>
    public bool? Overdue { get; init; }
    /// <summary>Episodes with an open obligation that must be acted on before this instant.</summary>
    public DateTimeOffset? ActBefore { get; init; }
    public string? Flag { get; init; }
    /// <summary><c>desk</c> or <c>lead</c>: exactly what that board lists.</summary>
    public string? Board { get; init; }
    public DateTimeOffset? UpdatedAfter { get; init; }
}

/// <summary>A page; <see cref="NextCursor"/> is null on the last.</summary>
public sealed record EpisodePage(ImmutableArray<EpisodeRow> Rows, string? NextCursor);

/// <summary>An event as stored. <see cref="RecordedAt"/> is the system clock's, the other instants are the business clock's.</summary>
public sealed record EventRow(
    string Episode, long Version, string Type, int Schema, DateTimeOffset HappenedAt, DateTimeOffset KnownAt, string Actor,
    JsonElement Data, DateTimeOffset RecordedAt);

/// <summary>An obligation row with the episode it belongs to.</summary>
public sealed record StoredObligation(string Episode, History.ObligationRecord Obligation);

/// <summary>Published events. <see cref="Next"/> is the <c>after</c> of the following call; the epoch is the boards'.</summary>
public sealed record FeedPage(string Epoch, ImmutableArray<FeedEntry> Entries, long Next);

public sealed record FeedEntry(long Number, DateTimeOffset At, string Episode, string Type, long Version);
