using System.Collections.Immutable;
using Cme.Domain.Registers;

namespace Cme.Storage.Registers;

/// <summary>What schools have sent and what they owe, from calendars and sheets alone.</summary>
/// <remarks>Every method throws <see cref="StorageUnavailableException"/> when PostgreSQL cannot be reached.</remarks>
public interface IFeeds
{
    /// <summary>The registers that are held of a school's day, without their marks.</summary>
    Task<ImmutableArray<ReceivedRegister>> ReceivedAsync(string authority, string urn, DateOnly date, CancellationToken cancel = default);

    /// <summary>
    /// Every school of an authority with a published calendar, by name, and the registers of the day by which it is judged
    /// (<see cref="RegisterFeed.DayOfJudgement"/>) and of today.
    /// </summary>
    Task<ImmutableArray<SchoolFeed>> OfAuthorityAsync(string authority, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>The same of one school; null if it has published no calendar.</summary>
    Task<SchoolFeed?> OfSchoolAsync(string authority, string urn, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>The same of the providers with which a school placed pupils. Whoever placed them has no part in anything else of them.</summary>
    Task<ImmutableArray<SchoolFeed>> OfCommissionedAsync(string authority, string commissioner, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>The same of one school for its last school days, today among them if it is one; null if it has published no calendar.</summary>
    /// <param name="days">How many; 1 or more.</param>
    Task<SchoolFeed?> RecentAsync(string authority, string urn, int days, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Pupils of a school whose UPN belongs to another child, and whom a person has yet to settle.</summary>
    Task<ImmutableArray<UpnConflict>> ConflictsAsync(string authority, string urn, CancellationToken cancel = default);
}

/// <summary>How it stands with the registers of one school.</summary>
/// <param name="Registers">Those that were to be sent since the school first published a calendar here, oldest first.</param>
public sealed record SchoolFeed(string Urn, string Name, ImmutableArray<ExpectedRegister> Registers)
{
    /// <summary>Of a provider: the days of the last school week whose daily return is late, oldest first (SUF-11).</summary>
    public ImmutableArray<DateOnly> LateReturns { get; init; } = [];

    /// <summary>The registers that should have come and have not, oldest first. A school with one of them is silent.</summary>
    public IEnumerable<ExpectedRegister> Missing => Registers.Where(register => register.State == RegisterState.Missing);

    /// <summary>The registers that look wrong and are held.</summary>
    public IEnumerable<ExpectedRegister> LookWrong => Registers.Where(register => register.State == RegisterState.LooksWrong);

    public bool IsSilent => Missing.Any();
}

/// <param name="NotedAt">When the roll that has it came, system clock.</param>
public sealed record UpnConflict(string SchoolPupilId, string ChildId, string Upn, DateTimeOffset NotedAt);
