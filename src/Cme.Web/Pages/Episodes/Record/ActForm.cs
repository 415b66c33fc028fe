using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>One answer of a form: an outcome of the published contract in plain words.</summary>
/// <param name="Hint">What it leads to, where that is not plain.</param>
public sealed record Choice(string Id, string Words, string Hint = "");

/// <summary>Answers under one heading; a form with a single group shows no heading.</summary>
/// <param name="Hint">What all of them lead to, where that is one thing.</param>
public sealed record ChoiceGroup(string Heading, ImmutableArray<Choice> Choices, string Hint = "");

/// <summary>The kinds of act under which the episode's page offers its forms.</summary>
public enum ActKind
{
    Family,
    Safeguarding,
    Enquiry,
    Provision,
    Roll,
    Case,
}

/// <summary>The form for one kind of act: what is asked, and what each answer leads to. Time, person and evidence are asked by all.</summary>
/// <param name="Kind">Where the page offers it.</param>
/// <param name="Action">The action of the published contract, such as <c>risk-assessment</c>; also the end of the form's address.</param>
/// <param name="Title">The page's heading, such as "Record a call".</param>
/// <param name="Done">What the person does, at the end of a sentence: "phone the child's home".</param>
public sealed record ActForm(ActKind Kind, string Action, string Title, string Done)
{
    /// <summary>The question over the answers; empty if the act has no outcome.</summary>
    public string Question { get; init; } = "";
    /// <summary>Said when nothing was chosen.</summary>
    public string Missing { get; init; } = "";
    public ImmutableArray<ChoiceGroup> Groups { get; init; } = [];

    /// <summary>True if the answer may be left out.</summary>
    public bool OutcomeOptional => Domain.Episodes.ActionCatalogue.MayBeLeftOut(Action) && Action != Domain.Episodes.ActionNames.QuestionSet;

    /// <summary>The question after the way in which it was done; empty if the form does not ask.</summary>
    public string ChannelQuestion { get; init; } = "";
    public ImmutableArray<Choice> Channels { get; init; } = [];
    /// <summary>True if the way must be said, because the record is worth little without it.</summary>
    public bool NeedsChannel { get; init; }

    /// <summary>True if the act reaches somebody of the child's contacts, whom the form then lists.</summary>
    public bool AsksContact { get; init; }
    /// <summary>True if doing it contacts the family: to be stopped where contact could put the child in danger.</summary>
    public bool ContactsFamily { get; init; }
    /// <summary>True of what is written, which may go out in the family's own language too.</summary>
    public bool AsksLanguages { get; init; }
    /// <summary>True of a note, whose readers are for the writer to say.</summary>
    public bool AsksReaders { get; init; }
    /// <summary>True if it answers the questions of the episode's procedure.</summary>
    public bool AsksQuestions { get; init; }
    /// <summary>True if it decides what is done next, by whom and by when.</summary>
    public bool AsksPlan { get; init; }
    /// <summary>True if somebody else may have done it together with the one who did it.</summary>
    public bool AsksTogether { get; init; }

    /// <summary>The question over those whom the act can be about.</summary>
    public string WhomQuestion { get; init; } = "Who or what was it about?";
    /// <summary>Whom the act can be about; none if that is not asked.</summary>
    public ImmutableArray<Party> Parties => Domain.Episodes.Parties.Of(Action);

    /// <summary>What the note is, such as "The reasons".</summary>
    public string NoteIs { get; init; } = "Note";
    public string NoteHint { get; init; } = "";
    /// <summary>Said when the note is empty; null if it may be.</summary>
    public string? NoteMissing { get; init; }
    /// <summary>The layer of the note (FACTS D3): 2 for what was done, 3 for what is told about the child's safety.</summary>
    public int Layer { get; init; } = 2;

    public string Button { get; init; } = "Record";

    public bool HasOutcomes => !Groups.IsEmpty;
    public string NoteLabel => NoteMissing is null ? $"{NoteIs} (optional)" : NoteIs;
}
