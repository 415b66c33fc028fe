using System.Collections.Immutable;

namespace Cme.Storage.People;

/// <summary>What happened to people's ways in: who did what to whom, and when by the system's clock. Append-only.</summary>
public interface IPersonEvents
{
    Task AddAsync(PersonEvent happened, CancellationToken cancel = default);

    /// <summary>The latest of one person, newest first.</summary>
    Task<ImmutableArray<PersonEvent>> OfPersonAsync(string person, int limit, CancellationToken cancel = default);
}

/// <param name="Authority">Null if nobody has the address that was tried.</param>
/// <param name="Actor">The id of whoever did it; "operator" for a command of the machine, "nobody" for somebody who did not get in.</param>
/// <param name="Person">Whom it concerns; null if nobody has the address that was tried.</param>
/// <param name="What">A short stable name, such as <c>signed-in</c>.</param>
/// <param name="Detail">A role, a way of signing in; never a name or an address.</param>
public sealed record PersonEvent(DateTimeOffset At, string? Authority, string Actor, string? Person, string What, string Detail = "");
