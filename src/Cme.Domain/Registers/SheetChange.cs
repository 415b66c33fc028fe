using System.Collections.Immutable;

namespace Cme.Domain.Registers;

/// <summary>What a submission did to a register.</summary>
public enum SheetEffect
{
    /// <summary>The whole register was refused: <see cref="SheetChange.Refusal"/> says why.</summary>
    Refused,

    /// <summary>Nothing to store: every mark was held already, was older than the one held, or was rejected.</summary>
    Unchanged,

    /// <summary>
    /// The same marks, held by the source at a later time. The revision stays; the sheet replaces the stored one of that
    /// revision, or an older submission that arrives later would win over it (ADR 0040).
    /// </summary>
    Confirmed,

    /// <summary>A new revision.</summary>
    Changed,
}

/// <summary>The answer to a submission.</summary>
public sealed record SheetChange
{
    public required SheetEffect Effect { get; init; }

    /// <summary>The sheet as it now stands; null if no register of the session is held.</summary>
    public Sheet? Sheet { get; init; }

    public RegisterRefusal? Refusal { get; init; }

    /// <summary>Marks that are now held and were not before.</summary>
    public int Accepted { get; init; }

    /// <summary>Marks that were held already.</summary>
    public int Unchanged { get; init; }

    /// <summary>Marks older than the ones held.</summary>
    public int Superseded { get; init; }

    public int Rejected { get; init; }

    /// <summary>Marks rejected or accepted with a warning, by index.</summary>
    public ImmutableArray<MarkFault> Items { get; init; } = [];
}

/// <summary>Why a whole register was refused, with a stable code and what to do.</summary>
/// <param name="Code"><c>no-calendar</c>, <c>not-a-school-day</c>, <c>session-in-future</c> or <c>register-not-taken</c>.</param>
public sealed record RegisterRefusal(string Code, string Detail);

/// <summary>One mark of a submission that was rejected, or accepted with a warning.</summary>
/// <param name="Code">
/// Rejected: <c>unknown-pupil</c>, <c>duplicate-pupil</c>, <c>unknown-code</c>, <c>withdrawn-code</c>. A warning:
/// <c>code-of-other-session</c>, <c>not-on-roll-that-day</c>.
/// </param>
/// <param name="Detail">What to do. Never names the pupil.</param>
public readonly record struct MarkFault(int Index, bool Rejected, string Code, string Detail);
