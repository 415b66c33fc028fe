using System.Collections.Immutable;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>One answer of a form: an outcome of the published contract in plain words.</summary>
/// <param name="Hint">What it leads to, where that is not plain.</param>
public sealed record Choice(string Id, string Words, string Hint = "");

/// <summary>Answers under one heading; a form with a single group shows no heading.</summary>
/// <param name="Hint">What all of them lead to, where that is one thing.</param>
public sealed record ChoiceGroup(string Heading, ImmutableArray<Choice> Choices, string Hint = "");

/// <summary>The form for one kind of act: what is asked, and what each answer leads to.</summary>
public sealed record ActForm
{
    /// <summary>The action of the published contract, such as <c>risk-assessment</c>; also the end of the form's address.</summary>
    public required string Action { get; init; }
    /// <summary>The page's heading, such as "Record a call".</summary>
    public required string Title { get; init; }
    /// <summary>What the person does, at the end of a sentence: "phone the child's home".</summary>
    public required string Done { get; init; }
    /// <summary>The question over the answers; empty if the act has no outcome.</summary>
    public string Question { get; init; } = "";
    /// <summary>Said when nothing was chosen.</summary>
    public string Missing { get; init; } = "";
    public ImmutableArray<ChoiceGroup> Groups { get; init; } = [];
    /// <summary>The label of the note.</summary>
    public string NoteLabel { get; init; } = "Note (optional)";
    public string NoteHint { get; init; } = "";
    /// <summary>The layer of the note (FACTS D3): 2 for what was done, 3 for what is told about the child's safety.</summary>
    public int Layer { get; init; } = 2;
    /// <summary>True of a letter, which may go out in the family's own language too.</summary>
    public bool AsksLanguages { get; init; }
    public string Button { get; init; } = "Record";

    public bool HasOutcomes => !Groups.IsEmpty;
}
