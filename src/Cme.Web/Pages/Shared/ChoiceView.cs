using System.Collections.Immutable;

namespace Cme.Web.Pages.Shared;

/// <summary>A question of which one answer is chosen.</summary>
public sealed record ChoiceView(string Name, string Question, ImmutableArray<(string Value, string Words, string Hint)> Choices, string? Chosen);
