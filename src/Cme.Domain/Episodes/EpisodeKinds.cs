using System.Collections.Immutable;

namespace Cme.Domain.Episodes;

/// <summary>The four linked records of a child, under their published names (FACTS B2). Only <see cref="Cme"/> counts in the national return.</summary>
public static class EpisodeKinds
{
    /// <summary>A pupil whom a school misses without explanation: one child and one school, led by the school.</summary>
    public const string Whereabouts = "whereabouts";

    /// <summary>A child of compulsory school age on no roll and without suitable education: one child, led by the authority.</summary>
    public const string Cme = "cme";

    /// <summary>A child reported to the police as missing: the police lead, and the authority keeps track.</summary>
    public const string MissingPerson = "missing-person";

    /// <summary>A child whom a parent has said is educated at home, and what the authority found of that education.</summary>
    public const string HomeEducation = "home-education";

    public static readonly ImmutableArray<string> All = [Whereabouts, Cme, MissingPerson, HomeEducation];

    /// <summary>The records that the authority keeps: no school has a part in them, and no register speaks of them.</summary>
    public static readonly ImmutableArray<string> OfAuthority = [Cme, MissingPerson, HomeEducation];
}
