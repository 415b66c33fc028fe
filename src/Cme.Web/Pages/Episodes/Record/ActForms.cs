using System.Collections.Immutable;
using Cme.Domain.Episodes;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>The forms that an episode's page offers: one for every action of the published contract.</summary>
public static partial class ActForms
{
    /// <summary>Every form, in the order in which the page offers them.</summary>
    public static ImmutableArray<ActForm> All { get; } = [.. Family, .. Safeguarding, .. Enquiries, .. Provision, .. Roll, .. Case];

    /// <summary>The form for an action, or null if there is no such action.</summary>
    public static ActForm? For(string? action) => All.FirstOrDefault(form => form.Action == action);

    /// <summary>Those that a record of that kind has, in the order in which its page offers them.</summary>
    public static IEnumerable<ActForm> Of(string kind) => All.Select(form => For(form.Action, kind)).OfType<ActForm>();

    /// <summary>The form as a record of that kind has it, or null if it has no such action.</summary>
    public static ActForm? For(string? action, string kind) => For(action) is not { } form || !ActionCatalogue.IsOf(form.Action, kind) ? null
        : kind == EpisodeKinds.Whereabouts ? form
        : form with { Groups = [.. form.Groups.Select(group => OfAuthority(form, group, kind))] };

    /// <summary>What a form says of the school's own procedure does not hold in a record that the authority leads.</summary>
    private static ChoiceGroup OfAuthority(ActForm form, ChoiceGroup group, string kind)
    {
        var allowed = ActionCatalogue.OutcomesOf(form.Action, kind);
        var own = group.Choices.Where(choice => allowed.Contains(choice.Id));
        return form.Kind is ActKind.Family or ActKind.Safeguarding
            ? new(group.Heading, [.. own.Select(choice => choice with { Hint = "" })]) : group with { Choices = [.. own] };
    }

    /// <summary>What the forms of a kind have in common, as a heading.</summary>
    public static string Heading(ActKind kind) => kind switch
    {
        ActKind.Family => "Contact with the family",
        ActKind.Safeguarding => "Safeguarding",
        ActKind.Enquiry => "Enquiries and reports",
        ActKind.Provision => "A school place or education at home",
        ActKind.Roll => "The roll and the child’s records",
        _ => "This episode",
    };

    /// <summary>A single group of answers, without a heading.</summary>
    private static ImmutableArray<ChoiceGroup> Answers(params ImmutableArray<Choice> choices) => [new("", choices)];
}
