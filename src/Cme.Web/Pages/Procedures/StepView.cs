using System.Collections.Immutable;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Procedures;

/// <summary>A step in words: everything that the picture shows of it, and what it has no room for.</summary>
public sealed record StepView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string What { get; init; }
    public required string Why { get; init; }
    public required string Who { get; init; }
    public required bool ContactsFamily { get; init; }
    public required ImmutableArray<string> When { get; init; }
    public required string DoneBy { get; init; }
    /// <summary>Empty if nothing makes it needless.</summary>
    public required string NotNeededAfter { get; init; }
    public required string Late { get; init; }
    public required string Clause { get; init; }
    /// <summary>The heading under which the clause stands in its document, if it is noted.</summary>
    public required string? Heading { get; init; }
    /// <summary>The document that the step was written from.</summary>
    public required string Source { get; init; }
    /// <summary>The pack whose own step it is.</summary>
    public required PackVersion Origin { get; init; }

    public static StepView Of(Step step, ProcedurePack origin) => new()
    {
        Id = step.Id,
        Name = Labels.Words(step.Id),
        What = step.What.Replace("{days}", "so many", StringComparison.Ordinal),
        Why = step.Why,
        Who = Labels.Role(step.Who),
        ContactsFamily = step.ContactsFamily,
        When = [.. step.Starts.Select(start => Labels.Sentence(StepWords.When(start, ActWords.Of)))],
        DoneBy = Labels.Sentence(StepWords.DoneBy(step, ActWords.Of)),
        NotNeededAfter = step.NoNeedAfter.IsEmpty ? "" : Labels.Sentence(StepWords.Acts(step.NoNeedAfter, ActWords.Of)),
        Late = Labels.Sentence(StepWords.Late(step)),
        Clause = Labels.Clause(step.Clause),
        Heading = Clauses.HeadingOf(step.Clause),
        Source = origin.Source,
        Origin = new(origin.Id, origin.Version),
    };
}
