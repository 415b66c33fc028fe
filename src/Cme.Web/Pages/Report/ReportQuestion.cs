using System.Collections.Immutable;
using Cme.Web.Pages.Shared;

namespace Cme.Web.Pages.Report;

/// <summary>One question of the public's form, which is one page.</summary>
/// <param name="Id">Its place in the address.</param>
/// <param name="Heading">What is asked.</param>
public sealed record ReportQuestion(string Id, string Heading)
{
    public string Hint { get; init; } = "";
    /// <summary>Sentences above the fields.</summary>
    public ImmutableArray<string> Says { get; init; } = [];
    /// <summary>The group under which the answers are checked.</summary>
    public required string Group { get; init; }
    /// <summary>One of these is chosen; empty where something is written.</summary>
    public ImmutableArray<ReportChoice> Choices { get; init; } = [];
    /// <summary>What to say where nothing was chosen; empty where nothing need be.</summary>
    public string Missing { get; init; } = "";
    /// <summary>What is written; empty where something is chosen, or the page only says something.</summary>
    public ImmutableArray<ReportField> Fields { get; init; } = [];
    /// <summary>Whether it is asked of whoever has answered so far.</summary>
    public Func<ReportAnswers, bool> IsAsked { get; init; } = _ => true;
    /// <summary>True if it is asked because of the answer to the question before it.</summary>
    public bool Follows { get; init; }

    public string Address => $"{ReportQuestions.Start}/{Id}";

    /// <summary>The names under which its answers are kept.</summary>
    public IEnumerable<string> Names => Choices.IsEmpty ? Fields.Select(one => one.Name) : [Id];

    /// <summary>What was answered, as it is shown to be checked; empty if nothing was.</summary>
    public string Answered(ReportAnswers answers) => Choices.IsEmpty
        ? string.Join("\n", Fields.Select(one => answers[one.Name]).Where(answer => answer is not null))
        : Choices.FirstOrDefault(choice => choice.Value == answers[Id])?.Words ?? "";
}

/// <param name="Name">Under which the answer is kept and sent.</param>
public sealed record ReportField(string Name, string Label)
{
    public string Hint { get; init; } = "";
    public int Rows { get; init; } = 1;
    public int Width { get; init; }
    public string Autocomplete { get; init; } = "off";
    public string Type { get; init; } = "text";

    /// <summary>As the form shows it.</summary>
    /// <param name="alone">True if the question asks for nothing else: its label is then the page's heading.</param>
    public FieldView View(ReportAnswers answers, bool alone) => new(Name, Label)
    {
        Hint = Hint, Rows = Rows, Width = Width, Autocomplete = Autocomplete, Type = Type, Value = answers[Name], IsHeading = alone,
    };
}

public sealed record ReportChoice(string Value, string Words, string Hint = "");
