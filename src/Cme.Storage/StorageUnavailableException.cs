namespace Cme.Storage;

/// <summary>
/// PostgreSQL cannot be reached, or does not keep up: nothing was stored, and the same request may be sent again shortly.
/// The edge answers 503 <c>storage-unavailable</c> with Retry-After.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The connection was lost while a commit was under way: it may or may not have landed, and only the database knows. Whoever
/// wrote must forget what it holds and read again.
/// </summary>
public sealed class CommitUnknownException(string message, Exception? inner = null) : Exception(message, inner);
