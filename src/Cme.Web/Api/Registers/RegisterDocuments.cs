using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Registers;

/// <summary>A register of one session, or a correction of some of its marks.</summary>
public sealed record RegisterDocument
{
    [Description("When your system held these marks. A mark older than the one held here is superseded.")]
    public required DateTimeOffset AsOf { get; init; }
    [Description("True if every pupil is listed: whoever is not has no mark, a blank once registration has closed. Not needed in a correction.")]
    public bool Complete { get; init; }
    public required ImmutableArray<MarkDocument> Marks { get; init; }
}

/// <summary>One pupil's mark.</summary>
public sealed record MarkDocument
{
    [Description("The pupil's UPN. Give this or schoolPupilId; where both are given, schoolPupilId counts.")]
    public string? Upn { get; init; }
    [Description("The pupil's id in your system, as on the roll.")]
    public string? SchoolPupilId { get; init; }
    [Description("The attendance code.")]
    public required string Code { get; init; }
    [Description("0 to 480.")]
    public int? MinutesLate { get; init; }
    public ReasonDocument? Reason { get; init; }
}

/// <summary>Why the pupil is away, and who said so.</summary>
public sealed record ReasonDocument
{
    public string? Text { get; init; }
    [Description("known-contact, other-contact, staff or unknown.")]
    public required string ReportedBy { get; init; }
}

/// <summary>What became of a register.</summary>
public sealed record RegisterReport
{
    [Description("Grows with every change; a register with nothing new keeps it.")]
    public required int Revision { get; init; }
    public required int Accepted { get; init; }
    public required int Unchanged { get; init; }
    [Description("Marks older than the one held.")]
    public required int Superseded { get; init; }
    public required int Rejected { get; init; }
    [Description("Only items that were rejected, or accepted with a warning.")]
    public required ImmutableArray<ItemReport> Items { get; init; }
}

/// <summary>A register as it is held, at one revision.</summary>
public sealed record HeldRegister
{
    public required DateOnly Date { get; init; }
    public required string Session { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required bool Complete { get; init; }
    public required ImmutableArray<HeldMark> Marks { get; init; }
}

/// <summary>The mark that is held for one pupil. An empty code is a blank.</summary>
public sealed record HeldMark
{
    public required string SchoolPupilId { get; init; }
    public required string Code { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required DateTimeOffset KnownAt { get; init; }
    public int? MinutesLate { get; init; }
    public ReasonDocument? Reason { get; init; }
}
