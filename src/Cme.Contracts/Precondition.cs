using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Cme.Contracts;

/// <summary>
/// Which version of a thing the sender has read, so that nobody overwrites what they have not seen. It goes along to the grain,
/// because only there does nothing come between the look and the change. None given: any version will do.
/// </summary>
[GenerateSerializer, Immutable, Alias("cme.Precondition")]
public sealed record Precondition
{
    /// <summary>True if the sender named what must be held (<c>If-Match</c>).</summary>
    [Id(0)] public bool IsGiven { get; init; }
    /// <summary>True if any version will do, so long as there is one (<c>If-Match: *</c>).</summary>
    [Id(1)] public bool AnyVersion { get; init; }
    /// <summary>The versions one of which must be held.</summary>
    [Id(2)] public ImmutableArray<long> Versions { get; init; } = [];
    /// <summary>True if there must be nothing yet (<c>If-None-Match: *</c>).</summary>
    [Id(3)] public bool MustBeNew { get; init; }
    /// <summary>True if whoever changes what exists must name its version.</summary>
    [Id(4)] public bool IsDemanded { get; init; }

    /// <summary>Why the change may not be made, or null if it may.</summary>
    /// <param name="held">The version that is held; null if there is nothing yet.</param>
    /// <param name="changes">False if what was sent is what is held: repeating it needs no precondition.</param>
    public Outcome? Refusal(long? held, bool changes = true) => held switch
    {
        { } version when MustBeNew => Outcome.Refused("precondition-failed", "It exists already. Read it, and send its ETag as If-Match.", version),
        { } version when IsGiven && !AnyVersion && !Versions.Contains(version) =>
            Outcome.Refused("precondition-failed", "It has changed since you read it. Read it again, and send the new ETag as If-Match.", version),
        null when IsGiven => Outcome.Refused("precondition-failed", "There is nothing yet that could match. Leave out If-Match."),
        { } version when IsDemanded && !IsGiven && changes =>
            Outcome.Refused("if-match-required", "It exists already. Read it, and send its ETag as If-Match.", version),
        _ => null,
    };
}
