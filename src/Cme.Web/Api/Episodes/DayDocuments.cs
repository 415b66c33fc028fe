using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Cme.Web.Api.Episodes;

/// <summary>An episode's school days, oldest first.</summary>
public sealed record DayList(ImmutableArray<DayDocument> Data);

/// <summary>One school day of the pupil, and what it did to each count.</summary>
public sealed record DayDocument
{
    public required DateOnly Date { get; init; }
    [Description("The codes of the day's sessions.")]
    public required SessionCodes Sessions { get; init; }
    [Description("The registers that the codes are from. A session without a register has none.")]
    public required SessionRegisters Registers { get; init; }
    public required DayCounts Counts { get; init; }
}

/// <summary>The codes of a day. Empty is a blank; null says that nothing is recorded, or that the pupil has no such session.</summary>
public sealed record SessionCodes
{
    [JsonPropertyName("AM"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string? Am { get; init; }
    [JsonPropertyName("PM"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string? Pm { get; init; }
}

/// <summary>The registers of a day.</summary>
public sealed record SessionRegisters
{
    [JsonPropertyName("AM")] public RegisterRead? Am { get; init; }
    [JsonPropertyName("PM")] public RegisterRead? Pm { get; init; }
}

/// <summary>The register that a code is from.</summary>
/// <param name="KnownAt">When the mark arrived here.</param>
/// <param name="ReportedBy">Who told the school the reason, if a reason was given.</param>
public sealed record RegisterRead(int Revision, DateTimeOffset KnownAt, string? ReportedBy);

/// <summary>What a day did to each of the five counts.</summary>
public sealed record DayCounts
{
    public required DayCountDocument WhereaboutsDays { get; init; }
    public required DayCountDocument IrregularDays { get; init; }
    public required DayCountDocument GroundI { get; init; }
    public required DayCountDocument GroundH { get; init; }
    public required DayCountDocument Sickness { get; init; }
}

/// <summary>What a day did to one count.</summary>
public sealed record DayCountDocument
{
    [Description("counted, skipped, held (until somebody verifies where the child is) or broke.")]
    public required string Effect { get; init; }
    [Description("The rule by which it did, such as B5, or product.")]
    public required string Clause { get; init; }
    [Description("The count at the end of the day. A day on which one run ended and another began is counted, as 1.")]
    public required int Days { get; init; }
}
