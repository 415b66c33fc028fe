using System.Collections.Immutable;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>The forms that an episode's page offers: one for every action of the published contract.</summary>
public static partial class ActForms
{
    /// <summary>Every form, in the order in which the page offers them.</summary>
    public static ImmutableArray<ActForm> All { get; } = [.. Family, .. Safeguarding, .. Enquiries, .. Roll, .. Case];

    /// <summary>The form for an action, or null if there is no such action.</summary>
    public static ActForm? For(string? action) => All.FirstOrDefault(form => form.Action == action);

    /// <summary>What the forms of a kind have in common, as a heading.</summary>
    public static string Heading(ActKind kind) => kind switch
    {
        ActKind.Family => "Contact with the family",
        ActKind.Safeguarding => "Safeguarding",
        ActKind.Enquiry => "Enquiries and reports",
        ActKind.Roll => "The roll and the child’s records",
        _ => "This episode",
    };

    /// <summary>A single group of answers, without a heading.</summary>
    private static ImmutableArray<ChoiceGroup> Answers(params ImmutableArray<Choice> choices) => [new("", choices)];
}
