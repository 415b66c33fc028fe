using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Episodes;

/// <summary>What can be asked of an episode. Every command says when it was known here (business clock, UTC).</summary>
public abstract record EpisodeCommand
{
    private EpisodeCommand(DateTimeOffset knownAt) => KnownAt = knownAt;

    public DateTimeOffset KnownAt { get; init; }

    /// <summary>A pupil has become unexplained.</summary>
    public sealed record Open(Subject Subject, PackVersion Pack, Absence Absence, long Sequence) : EpisodeCommand(Absence.KnownAt);

    /// <summary>
    /// The registers still have an unexplained run, perhaps another one than before. <see cref="HeldBy"/> is the newest mark if
    /// it says where the child is without being enough: the run holds until somebody verifies it.
    /// </summary>
    public sealed record Stands(Absence Absence, ExplainingMark? HeldBy, long Sequence, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>The registers have no unexplained run any more; <see cref="Mark"/> explains, or is null if marks were taken away.</summary>
    public sealed record Explained(ExplainingMark? Mark, long Sequence, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Somebody did something.</summary>
    public sealed record Record(Deed Deed, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Look whether something has become overdue.</summary>
    public sealed record Look(DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);
}

/// <summary>The mark that ends a run: its code, and who gave the reason (null: nobody said, which counts as staff).</summary>
public sealed record ExplainingMark(SessionOf Session, string Code, string? ReportedBy);

/// <summary>An act as reported: what, when it was done (UTC), by whom, and what came of it.</summary>
public sealed record Deed(
    string Action, string? Outcome, DateTimeOffset At, string? ObligationId, Performer By,
    string? Channel = null, string? ContactId = null, string? Note = null, int Layer = 2);

/// <summary>Who did it, and who recorded it: not always the same person.</summary>
public sealed record Performer(string Name, string Role, string Org, string RecordedBy);
