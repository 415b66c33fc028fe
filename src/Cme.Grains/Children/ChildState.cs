using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Cme.Contracts.Children;
using Cme.Domain.Calendars;

namespace Cme.Grains.Children;

/// <summary>Which episodes a child has, school by school. Stored once something is tracked; a present child has no row.</summary>
public sealed record ChildState
{
    public ImmutableArray<AtSchool> Schools { get; init; } = [];

    /// <summary>The records that the authority leads, kind by kind.</summary>
    public ImmutableArray<OfAuthority> Records { get; init; } = [];

    /// <summary>The flags that the authority set, by id.</summary>
    public ImmutableArray<ChildFlag> Flags { get; init; } = [];

    public long FlagsVersion { get; init; }

    public ImmutableArray<FlagsChange> FlagHistory { get; init; } = [];

    /// <summary>What is in force: the authority's flags, and those of every roll.</summary>
    /// <param name="told">What a roll says now.</param>
    public ImmutableArray<string> FlagsInForce(ImmutableArray<string> told) =>
        [.. Flags.Select(flag => flag.Id).Concat(Schools.SelectMany(school => school.RollFlags)).Concat(told).Distinct().Order(StringComparer.Ordinal)];

    public AtSchool At(string urn) => Schools.FirstOrDefault(school => school.Urn == urn) ?? new AtSchool { Urn = urn };

    public OfAuthority Of(string kind) => Records.FirstOrDefault(record => record.Kind == kind) ?? new OfAuthority { Kind = kind };

    public ChildState With(OfAuthority records) => this with { Records = [.. Records.Where(other => other.Kind != records.Kind), records] };

    /// <summary>The latest episode of each school and of each kind of record: the only ones that may be open, or be opened again.</summary>
    [JsonIgnore]
    public IEnumerable<string> Latest =>
        Schools.Where(school => !school.Episodes.IsEmpty).Select(school => school.Episodes[^1]).Concat(Records.Where(record => !record.Episodes.IsEmpty).Select(record => record.Episodes[^1]));

    public ChildState With(AtSchool school) => this with { Schools = [.. Schools.Where(other => other.Urn != school.Urn), school] };
}

/// <summary>A child's episodes at one school.</summary>
public sealed record AtSchool
{
    public string Urn { get; init; } = "";

    /// <summary>References, oldest first. The last may not have been opened yet, if a fault came in between.</summary>
    public ImmutableArray<string> Episodes { get; init; } = [];

    /// <summary>The last session that an episode closed by a person spoke of, when the latest one began.</summary>
    public SessionOf? Covered { get; init; }

    /// <summary>The child's flags on the school's roll, in order, as its last signal told them.</summary>
    public ImmutableArray<string> RollFlags { get; init; } = [];

    /// <summary>The earlier episode that the latest one is linked to.</summary>
    public string? LinkedTo { get; init; }
}

/// <summary>A child's records of one kind that the authority leads.</summary>
public sealed record OfAuthority
{
    public string Kind { get; init; } = "";

    /// <summary>References, oldest first. The last may not have been opened yet, if a fault came in between.</summary>
    public ImmutableArray<string> Episodes { get; init; } = [];
}
