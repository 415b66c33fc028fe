using System.Collections.Immutable;

namespace Cme.Domain.Children;

/// <summary>
/// What a school asks a parent to show when a child is admitted. It helps to find the child later, and nothing of the admission waits for it:
/// what was not seen is reminded of for a year, and blocks nothing. Source: DOR-03 (ADR 0311).
/// </summary>
public static class AdmissionProofs
{
    /// <summary>That it was seen is kept, and not on which document: a document tells the status itself (FACTS D4).</summary>
    public const string UkStatus = "uk-status";

    /// <summary>For how many calendar days after the first day on roll a school is reminded.</summary>
    public const int DaysReminded = 365;

    /// <summary>The four that the document names, in its order.</summary>
    public static readonly ImmutableArray<AdmissionProof> All =
    [
        new("parent-identity", "who the parent or carer is", "Such as a passport or a driving licence"),
        new("child-identity", "who the child is", "Such as a birth certificate or a passport"),
        new(UkStatus, "their status in the United Kingdom", "Only that it was seen is kept, and not on which document"),
        new("address", "where they live", "Such as a council tax bill or a tenancy agreement"),
    ];

    /// <summary>The proof of that id, or null.</summary>
    public static AdmissionProof? Find(string? id) => All.FirstOrDefault(proof => proof.Id == id);

    /// <summary>Those that were not seen, in the order of <see cref="All"/>.</summary>
    /// <param name="seen">The ids of those that were.</param>
    public static ImmutableArray<AdmissionProof> NotSeen(IEnumerable<string> seen) => [.. All.Where(proof => !seen.Contains(proof.Id))];

    /// <summary>Who came on this day or later is reminded of.</summary>
    public static DateOnly RemindedSince(DateOnly today) => today.AddDays(-DaysReminded);
}

/// <param name="Id">As published.</param>
/// <param name="What">What it shows, as part of a sentence.</param>
/// <param name="Hint">For whoever records it.</param>
public sealed record AdmissionProof(string Id, string What, string Hint);
