using System.Collections.Immutable;

namespace Cme.Domain.Concerns;

/// <summary>
/// What somebody of the public told the council of a child, from its receipt to its outcome. Its history is its state: everything else
/// is read off what was done, in the order in which it was recorded.
/// </summary>
public sealed record Concern(Reception Received, ImmutableArray<ConcernDeed> Deeds)
{
    /// <summary>How great the risk is, as somebody judged last; null while nobody has.</summary>
    public string? Risk => Last(ConcernActs.Screen)?.Outcome;

    /// <summary>The child that it is about; null while nobody knows, or if nobody here is the child.</summary>
    public string? Child => Last(ConcernActs.Match)?.Child;

    /// <summary>Somebody looked and found nobody here whom it could be about.</summary>
    public bool IsNotKnown => Last(ConcernActs.Match) is { Child: null };

    /// <summary>What the checks led to: may the family be contacted? Null until somebody has said so.</summary>
    public string? Conclusion => Last(ConcernActs.ConcludeChecks)?.Outcome;

    /// <summary>Somebody found out where the child is, or somebody of the family was reached.</summary>
    public ConcernDeed? Traced => Deeds.FirstOrDefault(deed =>
        deed.Action == ConcernActs.Locate || (deed.Action == ConcernActs.ContactFamily && ConcernActs.Reached.Contains(deed.Outcome)));

    /// <summary>Why it was closed; null while it is open.</summary>
    public string? Outcome => Deeds.LastOrDefault(deed => deed.Action is ConcernActs.Close or ConcernActs.Reopen) is { Action: ConcernActs.Close } closed
        ? closed.Outcome : null;

    public bool IsOpen => Outcome is null;

    /// <summary>Who works on it; null while it is the whole duty desk's.</summary>
    public (string Id, string Name)? Holder => Deeds.LastOrDefault(deed => deed.Action is ConcernActs.TakeOn or ConcernActs.GiveTo or ConcernActs.Release) switch
    {
        { Action: ConcernActs.TakeOn } taken => (taken.By, taken.ByName),
        { Action: ConcernActs.GiveTo, Officer: { } officer } given => (officer, given.OfficerName ?? officer),
        _ => null,
    };

    /// <summary>How far it has come, in one word for lists.</summary>
    public ConcernStage Stage =>
        !IsOpen ? ConcernStage.Closed
        : Last(ConcernActs.ContactFamily) is not null ? ConcernStage.FamilyContacted
        : Conclusion is not null ? ConcernStage.Checked
        : Child is not null ? ConcernStage.Matched
        : IsNotKnown ? ConcernStage.NotKnown
        : Risk is not null ? ConcernStage.Screened
        : ConcernStage.Received;

    /// <summary>The latest deed of that action, or null.</summary>
    public ConcernDeed? Last(string action) => Deeds.LastOrDefault(deed => deed.Action == action);

    /// <summary>The first deed of that action, or null.</summary>
    public ConcernDeed? First(string action) => Deeds.FirstOrDefault(deed => deed.Action == action);

    /// <summary>The concern after one more deed.</summary>
    public Concern After(ConcernDeed deed) => this with { Deeds = Deeds.Add(deed) };
}

/// <summary>That it was received.</summary>
/// <param name="At">Business clock, UTC; when the council heard of it, whoever wrote it down later.</param>
/// <param name="KnownAt">When it was known here.</param>
/// <param name="Channel">One of <see cref="ConcernActs.Channels"/> (CHE-04).</param>
/// <param name="Worry">One of <see cref="ConcernActs.Worries"/> (CHE-04).</param>
/// <param name="Danger">Whether the reporter thinks the child in danger now: <c>yes</c>, <c>no</c> or <c>unknown</c>.</param>
public sealed record Reception(DateTimeOffset At, DateTimeOffset KnownAt, string Channel, string Worry, string Danger);

/// <summary>Something that an officer did about a concern.</summary>
/// <param name="Action">One of <see cref="ConcernActs.All"/>.</param>
/// <param name="At">When it was done, UTC.</param>
/// <param name="KnownAt">When it was known here.</param>
/// <param name="By">Who recorded it: stable and without personal data.</param>
/// <param name="ByName">What that officer was called then.</param>
public sealed record ConcernDeed(string Action, string? Outcome, DateTimeOffset At, DateTimeOffset KnownAt, string By, string ByName)
{
    /// <summary>Who was asked, searched or told: one of <c>Parties</c>. Null: nobody said.</summary>
    public string? Whom { get; init; }

    /// <summary>How the family was contacted: one of <see cref="ConcernActs.Ways"/>.</summary>
    public string? Way { get; init; }

    /// <summary>The child that it is about; of a match only.</summary>
    public string? Child { get; init; }

    /// <summary>To whom it was given; of a giving only.</summary>
    public string? Officer { get; init; }

    public string? OfficerName { get; init; }

    public string? Note { get; init; }

    /// <summary>Tells this sending from another of the same words, so that one repeated after a fault is recorded once. Null: nobody said.</summary>
    public string? Sending { get; init; }
}

/// <summary>How far a concern has come.</summary>
public enum ConcernStage
{
    Received,
    Screened,
    Matched,
    NotKnown,
    Checked,
    FamilyContacted,
    Closed,
}
