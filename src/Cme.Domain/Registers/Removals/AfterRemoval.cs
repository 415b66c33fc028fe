using Cme.Domain.Episodes;

namespace Cme.Domain.Registers.Removals;

/// <summary>What a child whose name came off a roll leaves to the authority, where no other school has the child (FACTS B2, B4).</summary>
public static class AfterRemoval
{
    /// <summary>Grounds that leave a child of compulsory school age without a school, wherever the child is.</summary>
    private static readonly string[] WithoutSchool = ["e", "h", "i", "o"];

    /// <summary>Grounds that mostly lead to another school; where the school cannot say which, the child is without one.</summary>
    private static readonly string[] UnlessPlaced = ["g", "m", "n"];

    /// <summary>The kind of record that the authority opens; null where nothing is left to do.</summary>
    /// <param name="ground">The letter of regulation 9, as the school gave it.</param>
    /// <param name="destination">Where the child went, as the school gave it; null or empty where it does not know.</param>
    public static string? LeadsTo(string ground, string? destination) =>
        ground == "f" ? EpisodeKinds.HomeEducation
        : WithoutSchool.Contains(ground) || (UnlessPlaced.Contains(ground) && string.IsNullOrWhiteSpace(destination)) ? EpisodeKinds.Cme
        : null;
}
