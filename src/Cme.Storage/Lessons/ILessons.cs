using System.Collections.Immutable;

namespace Cme.Storage.Lessons;

/// <summary>When the registers of lessons were taken.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface ILessons
{
    /// <summary>Keeps when a register was taken; what is known already stands.</summary>
    Task TakeAsync(string authority, string urn, DateOnly date, LessonTaken taken, DateTimeOffset receivedAt, CancellationToken cancel = default);

    /// <summary>The registers of a day that were taken.</summary>
    Task<ImmutableArray<LessonTaken>> OfDayAsync(string authority, string urn, DateOnly date, CancellationToken cancel = default);
}

/// <param name="Group">The teaching group.</param>
/// <param name="At">UTC.</param>
public sealed record LessonTaken(string Lesson, string Group, DateTimeOffset At);
