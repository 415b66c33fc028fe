using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Grains.Children;

/// <summary>Which episodes a child has, school by school. Stored once something is tracked; a present child has no row.</summary>
public sealed record ChildState
{
    public ImmutableArray<AtSchool> Schools { get; init; } = [];

    public AtSchool At(string urn) => Schools.FirstOrDefault(school => school.Urn == urn) ?? new AtSchool { Urn = urn };

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

    /// <summary>The earlier episode that the latest one is linked to.</summary>
    public string? LinkedTo { get; init; }
}
