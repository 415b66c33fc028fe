using System.Collections.Immutable;

namespace Cme.Storage.People;

/// <summary>What happened to people's ways in: who did what to whom, and when. Entries of the chain of who read what, which none can be taken from.</summary>
public interface IPersonEvents
{
    /// <param name="businessAt">The business clock's.</param>
    /// <param name="source">The network address that it was asked from; empty for a command of the machine.</param>
    Task AddAsync(PersonEvent happened, DateTimeOffset businessAt, string source, CancellationToken cancel = default);

    /// <summary>The latest of one person, newest first.</summary>
    Task<ImmutableArray<PersonEvent>> OfPersonAsync(string authority, string person, int limit, CancellationToken cancel = default);
}

/// <param name="At">System clock.</param>
/// <param name="Authority">Empty if nobody has the address or passkey that was tried: the chain of nobody's authority.</param>
/// <param name="Actor">The id of whoever did it; "operator" for a command of the machine, "nobody" for somebody who did not get in.</param>
/// <param name="Person">Whom it concerns; null if nobody has the address that was tried, and for a key.</param>
/// <param name="What">A short stable name, such as <c>signed-in</c>.</param>
/// <param name="Detail">A role, a way of signing in; never a name or an address.</param>
public sealed record PersonEvent(DateTimeOffset At, string Authority, string Actor, string? Person, string What, string Detail = "");
