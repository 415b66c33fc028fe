using System.Collections.Immutable;

namespace Cme.Storage.Registers;

/// <summary>A register as it stands at one revision: the marks of every submission so far, merged.</summary>
public sealed record SheetRecord
{
    public DateOnly Date { get; init; }
    /// <summary><c>AM</c> or <c>PM</c>.</summary>
    public string Session { get; init; } = "";
    /// <summary>1 for the first; every revision is kept.</summary>
    public int Revision { get; init; }
    /// <summary>
    /// True if this revision is held already and its source now says the same at a later time (<see cref="AsOf"/>): that too is
    /// kept, or an older submission that arrives later would win. Not read back.
    /// </summary>
    public bool Confirms { get; init; }
    /// <summary>The source's time of the latest submission, UTC.</summary>
    public DateTimeOffset AsOf { get; init; }
    /// <summary>When that submission arrived, business clock, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
    public bool Complete { get; init; }
    /// <summary>From when and until when the register looks wrong, UTC; null if it does not. For lists; not read back with the marks.</summary>
    public DateTimeOffset? DoubtedFrom { get; init; }
    public DateTimeOffset? DoubtedUntil { get; init; }
    public ImmutableArray<MarkRecord> Marks
    {
        get => _marks ??= SheetCodec.Read(Stored.Span);
        init => (_marks, _stored) = (value, default);
    }

    /// <summary>The marks as bytes of <see cref="SheetCodec"/>, of a sheet that was read back; otherwise empty.</summary>
    public ReadOnlyMemory<byte> Stored
    {
        get => _stored;
        init => (_stored, _marks) = (value, null);
    }

    private ReadOnlyMemory<byte> _stored;
    private ImmutableArray<MarkRecord>? _marks = [];
}

/// <summary>The mark that is held for one pupil, with the time of the submission that brought it.</summary>
public sealed record MarkRecord
{
    public string SchoolPupilId { get; init; } = "";
    /// <summary>The attendance code; empty for a blank.</summary>
    public string Code { get; init; } = "";
    public DateTimeOffset AsOf { get; init; }
    public DateTimeOffset KnownAt { get; init; }
    public int? MinutesLate { get; init; }
    public string? ReasonText { get; init; }
    /// <summary><c>known-contact other-contact staff unknown</c>, or null.</summary>
    public string? ReportedBy { get; init; }
}
