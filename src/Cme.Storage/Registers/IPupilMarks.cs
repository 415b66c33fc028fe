using System.Collections.Immutable;

namespace Cme.Storage.Registers;

/// <summary>A few pupils' marks out of a school's registers, of any length of time and as they were known at any instant.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IPupilMarks
{
    /// <summary>The registers from <paramref name="from"/> to <paramref name="to"/>, both included, oldest first, with the marks of these pupils alone.</summary>
    /// <param name="pupils">School pupil ids.</param>
    /// <param name="knownBy">
    /// Of each session the latest revision that had arrived by then (business clock); null for the latest of all.
    /// </param>
    Task<ImmutableArray<SessionMarks>> ReadAsync(
        string authority, string urn, IReadOnlyCollection<string> pupils, DateOnly from, DateOnly to, DateTimeOffset? knownBy = null,
        CancellationToken cancel = default);

    /// <summary>What the roll says of these pupils; one whom it does not know is missing.</summary>
    Task<ImmutableArray<PupilOnRoll>> PupilsAsync(
        string authority, string urn, IReadOnlyCollection<string> pupils, CancellationToken cancel = default);
}

/// <summary>A register of one session, read for a few pupils.</summary>
/// <param name="Session"><c>AM</c> or <c>PM</c>.</param>
/// <param name="ReceivedAt">When the revision arrived, business clock, UTC.</param>
/// <param name="Marks">Empty if the register says nothing of them.</param>
public sealed record SessionMarks(
    DateOnly Date, string Session, int Revision, DateTimeOffset ReceivedAt, ImmutableArray<MarkRecord> Marks);

/// <summary>A pupil as counts need to know the pupil.</summary>
/// <param name="Until">The last day on roll; null if none is known.</param>
public sealed record PupilOnRoll(string SchoolPupilId, string ChildId, string YearGroup, DateOnly From, DateOnly? Until, string? Timetable = null);
