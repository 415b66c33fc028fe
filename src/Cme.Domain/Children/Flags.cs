using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cme.Domain.Children;

/// <summary>What a flag asks for.</summary>
public enum FlagSeverity
{
    /// <summary>A child missing with this flag is referred at once.</summary>
    ImmediateReferral,

    /// <summary>Weighed in the assessment of an absence.</summary>
    Judgement,

    /// <summary>Has a procedure of its own.</summary>
    SpecialFlow,

    /// <summary>A group that more often goes missing.</summary>
    VulnerableGroup,

    /// <summary>Found by looking at earlier episodes.</summary>
    Pattern,

    /// <summary>Changes what may be seen or done, and by whom.</summary>
    NeedToKnow,
}

/// <summary>A vulnerability or need-to-know flag that a child may carry.</summary>
/// <param name="Id">As published, such as <c>cp_plan</c>.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Severity">What it asks for.</param>
public sealed record Flag(string Id, string Label, FlagSeverity Severity);

/// <summary>Every flag there is. Source: the reference data, FACTS A6 and D4.</summary>
public static class Flags
{
    /// <summary>Family contact steps are suppressed and go to the DSL. Source: FACTS D4.</summary>
    public const string DoNotContactFamily = "do_not_contact_family";

    /// <summary>With one of these the address must be shown nowhere: who finds it out may harm somebody. Source: FACTS D4.</summary>
    public static ImmutableArray<string> HidingAddress { get; } =
        ["address_hidden_from", "refuge_placement", "refuge", "witness_protection", "adopted_identity_severed"];

    private static readonly FrozenDictionary<string, Flag> ById = ReadShipped().ToFrozenDictionary(flag => flag.Id);

    public static ImmutableArray<Flag> All => ById.Values;

    /// <summary>The flag of that id, or null if there is none.</summary>
    public static Flag? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>
    /// Whether a child with these flags is "flagged": on the duty desk from the start, called sooner, never held back by a
    /// mass error and never closed by a code.
    /// </summary>
    /// <remarks>
    /// Our choice: a flag of immediate referral, or <see cref="DoNotContactFamily"/>, because there the usual first call is
    /// itself the danger and somebody else has to act. The other need-to-know flags restrict what is shown; they do not by
    /// themselves make an absence more urgent. Unknown ids count for nothing here: whoever takes flags in refuses them.
    /// </remarks>
    public static bool IsFlagged(ImmutableArray<string> ids)
    {
        foreach (var id in ids)
        {
            if (id == DoNotContactFamily || Find(id)?.Severity == FlagSeverity.ImmediateReferral)
            {
                return true;
            }
        }

        return false;
    }

    private static Flag[] ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Cme.Domain.Children.Flags.json")
            ?? throw new InvalidOperationException("Flags.json is not embedded in Cme.Domain.");
        return JsonSerializer.Deserialize<Flag[]>(stream, Reading) ?? [];
    }

    private static JsonSerializerOptions Reading =>
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter<FlagSeverity>() } };
}
