using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Registers;

/// <summary>What a school was to send on a day, what has come of it, and what in its data somebody must put right.</summary>
public sealed record FeedDocument
{
    public required DateOnly Date { get; init; }
    [Description("school-day, weekend, bank-holiday, inset, closed, between-terms or not-published.")]
    public required string Day { get; init; }
    [Description("A register is late when its first submission comes so many minutes after registration closes.")]
    public required int LateAfterMinutes { get; init; }
    [Description("A register is missing when nothing has come so many minutes after registration closes; the school is then silent.")]
    public required int MissingAfterMinutes { get; init; }
    [Description("The sessions that the calendar has on this day.")]
    public required ImmutableArray<SessionFeedDocument> Sessions { get; init; }
    [Description("As it is now, whatever the day: pupils whom the list no longer has, or who have left, and of whom the ground or the destination is not known.")]
    public required ImmutableArray<NotOnListDocument> NotOnList { get; init; }
    [Description("As it is now, whatever the day: marks N of the last 30 school days that are older than five school days. N becomes O if the reason is still not known.")]
    public required ImmutableArray<CodeToReplaceDocument> CodesToReplace { get; init; }
    [Description("As it is now, whatever the day: returns to the authority that the roll and the registers ask for, of pupils with an episode or without, whose cause lies in the last 30 school days. Which of them were given, only an episode knows.")]
    public required ImmutableArray<ReturnDocument> Returns { get; init; }
    [Description("Pupils whose UPN belongs to a child of another name and birth date. Each was kept as a child of its own until a person has decided.")]
    public required ImmutableArray<UpnConflictDocument> UpnConflicts { get; init; }
}

/// <summary>One session's register as it stands now.</summary>
public sealed record SessionFeedDocument
{
    [Description("AM or PM.")]
    public required string Session { get; init; }
    [Description("When the session starts.")]
    public required DateTimeOffset Opens { get; init; }
    public required DateTimeOffset RegistrationCloses { get; init; }
    [Description("From when on the register is missing if nothing has come.")]
    public required DateTimeOffset MissingFrom { get; init; }
    [Description("awaited, received, looks-wrong or missing.")]
    public required string State { get; init; }
    [Description("When the first submission came.")]
    public DateTimeOffset? ReceivedAt { get; init; }
    [Description("When the latest revision came.")]
    public DateTimeOffset? RevisedAt { get; init; }
    public int? Revision { get; init; }
    [Description("Whether a submission said that every pupil is listed.")]
    public bool? Complete { get; init; }
    public required bool Late { get; init; }
    public required bool Missing { get; init; }
    [Description("Registration has closed, and no submission has said that it is complete.")]
    public required bool Incomplete { get; init; }
    [Description("Set while the register looks wrong: too many pupils are newly unexplained in it. Its unflagged pupils have no episode until the hold ends.")]
    public LooksWrongDocument? LooksWrong { get; init; }
    [Description("Pupils without a mark in a register that was taken; listed once registration has closed.")]
    public required ImmutableArray<FeedPupilDocument> Blanks { get; init; }
    [Description("Pupils whose mark was rejected and who have no other: neither blank nor present.")]
    public required ImmutableArray<DataFaultDocument> DataFaults { get; init; }
}

/// <summary>Why a register is held.</summary>
public sealed record LooksWrongDocument
{
    public required DateTimeOffset Since { get; init; }
    [Description("When the hold ends unless the register is corrected.")]
    public required DateTimeOffset HoldEnds { get; init; }
    [Description("How many of its marks are unexplained.")]
    public required int Unexplained { get; init; }
}

/// <summary>A pupil of the school.</summary>
public record FeedPupilDocument
{
    public required string SchoolPupilId { get; init; }
    public string? ChildId { get; init; }
}

/// <summary>A mark that was sent and could not be taken.</summary>
public sealed record DataFaultDocument : FeedPupilDocument
{
    [Description("data-fault.")]
    public required string Code { get; init; }
    [Description("Why: unknown-code, withdrawn-code or duplicate-pupil.")]
    public string? Fault { get; init; }
}

/// <summary>A pupil of whom the school owes a ground and a destination.</summary>
public sealed record NotOnListDocument : FeedPupilDocument
{
    [Description("not-on-list.")]
    public required string Step { get; init; }
    public required string Clause { get; init; }
    public required string What { get; init; }
    public DateOnly? LeavingDate { get; init; }
    [Description("The child's open episode at this school, in which the same is owed with its deadline; absent if there is none.")]
    public string? Episode { get; init; }
}

/// <summary>A mark N that is to be replaced.</summary>
public sealed record CodeToReplaceDocument : FeedPupilDocument
{
    public required DateOnly Date { get; init; }
    public required string Session { get; init; }
    public required string Code { get; init; }
    [Description("When it should have been replaced: the end of the fifth school day after its own.")]
    public required DateTimeOffset DueAt { get; init; }
    public required string Clause { get; init; }
    public required string What { get; init; }
}

/// <summary>A return that the school owes about a pupil.</summary>
public sealed record ReturnDocument : FeedPupilDocument
{
    [Description("new-pupil-return, deletion-return, attendance-return or sickness-return.")]
    public required string Step { get; init; }
    public required string Clause { get; init; }
    public required string What { get; init; }
    [Description("The day of its cause: the name was entered or deleted, or the count came to its number.")]
    public required DateOnly Since { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    [Description("The child's open episode at this school, in which an attendance return is owed too and recorded as given; absent if there is none.")]
    public string? Episode { get; init; }
}

/// <summary>A UPN that two children have.</summary>
public sealed record UpnConflictDocument : FeedPupilDocument
{
    public required string Upn { get; init; }
    public required DateTimeOffset NotedAt { get; init; }
}
