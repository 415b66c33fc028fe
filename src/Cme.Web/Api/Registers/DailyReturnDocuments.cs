using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Registers;

/// <summary>What a provider reports of a day to whoever placed its pupils.</summary>
public sealed record DailyReturnDocument
{
    public required DateOnly Date { get; init; }
    [Description("awaited, made or overdue; none on a day on which the provider does not meet.")]
    public required string State { get; init; }
    [Description("When the day ends.")]
    public DateTimeOffset? DueAt { get; init; }
    [Description("The school that placed the pupils; left out where the authority did.")]
    public string? Commissioner { get; init; }
    [Description("On which legal basis it is shared.")]
    public required string Basis { get; init; }
    public required ImmutableArray<ReturnSessionDocument> Sessions { get; init; }
    [Description("Those whom the reader has a part in: a commissioning school reads of the pupils on its own roll.")]
    public required ImmutableArray<ReturnPupilDocument> Pupils { get; init; }
}

/// <summary>A session of the day.</summary>
/// <param name="Session">AM or PM.</param>
/// <param name="ReportBy">By then not attending was to be reported: fifteen minutes after the start.</param>
/// <param name="InTime">Left out while it still can be.</param>
public sealed record ReturnSessionDocument(string Session, DateTimeOffset Starts, DateTimeOffset ReportBy, DateTimeOffset? ReceivedAt, bool Complete, bool? InTime);

/// <summary>A pupil of the return.</summary>
public sealed record ReturnPupilDocument
{
    public required string SchoolPupilId { get; init; }
    public required string ChildId { get; init; }
    public string? Upn { get; init; }
    public required string Forename { get; init; }
    public required string Surname { get; init; }
    [Description("One for each session for which the pupil comes.")]
    public required ImmutableArray<ReturnMarkDocument> Marks { get; init; }
    [Description("Absent sessions in the last ten school days, this one among them.")]
    public required int AbsentSessions { get; init; }
    [Description("Three or more of them: a pattern that raises concern.")]
    public required bool Pattern { get; init; }
}

/// <summary>What the register of a session says of a pupil.</summary>
/// <param name="Session">AM or PM.</param>
/// <param name="Code">Left out while no register has come; empty for a blank.</param>
/// <param name="Late">Came more than fifteen minutes late, which counts as absence.</param>
public sealed record ReturnMarkDocument(string Session, string? Code, int? MinutesLate, bool Late, bool Absent);
