using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;
using Cme.Contracts.Episodes;

namespace Cme.Contracts.Children;

/// <summary>
/// One child of an authority: decides whose case an absence is, and finds or opens the one whereabouts episode that the child
/// may have at a school. Key: <see cref="Keys.Child"/>.
/// </summary>
[Alias("cme.IChildGrain")]
public interface IChildGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes what a school's registers now say of the child. Idempotent: a signal whose sequence is not above the last one
    /// taken from that school changes nothing.
    /// </summary>
    [SafeToRepeat, Alias("Signal")] Task Signal(AbsenceSignal signal);

    /// <summary>
    /// A person opens a closed episode again. Refused with <c>another-open</c> if the child has an open one at that school, or as
    /// the episode refuses.
    /// </summary>
    [Alias("Reopen")] Task<ActionAnswer> Reopen(string urn, string reference, RecordAction action);

    /// <summary>
    /// Opens a record that the authority leads, or answers the one of its kind that is open: a child has one of each kind at a time. Either
    /// way it is linked with the record that led to it. Safe to repeat.
    /// </summary>
    [SafeToRepeat, Alias("OpenRecord")] Task<RecordAnswer> OpenRecord(OpenRecord command);

    /// <summary>Tells the child's other records whether this one is over; safe to repeat.</summary>
    [SafeToRepeat, Alias("TellLinked")] Task TellLinked(string reference);

    /// <summary>
    /// Replaces the flags that the authority set; those of the rolls are in force besides. Every open episode follows. Refused with
    /// <c>precondition-failed</c> or <c>if-match-required</c>.
    /// </summary>
    [Alias("PutFlags")] Task<FlagsAnswer> PutFlags(PutFlags command);

    /// <summary>The flags that the authority set.</summary>
    [SafeToRepeat, Alias("Flags")] Task<FlagsView> Flags();

    /// <summary>The references of the child's episodes, latest first.</summary>
    [SafeToRepeat, Alias("Episodes")] Task<ImmutableArray<string>> Episodes();
}

/// <summary>The record of a kind that a child has open now.</summary>
[GenerateSerializer, Immutable, Alias("cme.RecordAnswer")]
public sealed record RecordAnswer
{
    [Id(0)] public Outcome Outcome { get; init; } = new();
    [Id(1)] public string Reference { get; init; } = "";
    /// <summary>False if it was open already.</summary>
    [Id(2)] public bool IsNew { get; init; }
}

/// <summary>
/// What a school's registers say of one pupil after a change: the run of unexplained sessions that stands, or none and the
/// mark that explains. What the right-hand grains need (times, calendar version, pack) goes along.
/// </summary>
[GenerateSerializer, Immutable, Alias("cme.AbsenceSignal")]
public sealed record AbsenceSignal
{
    /// <summary>Grows with every signal of this school.</summary>
    [Id(0)] public long Sequence { get; init; }
    [Id(1)] public string Authority { get; init; } = "";
    [Id(2)] public string Urn { get; init; } = "";
    [Id(3)] public string ChildId { get; init; } = "";
    [Id(4)] public string YearGroup { get; init; } = "";
    [Id(5)] public ImmutableArray<string> Flags { get; init; } = [];
    /// <summary>When the change was known here (business clock, UTC).</summary>
    [Id(6)] public DateTimeOffset KnownAt { get; init; }
    /// <summary>The unexplained run that stands, oldest first; empty when no unexplained session stands.</summary>
    [Id(7)] public ImmutableArray<MissedSession> Run { get; init; } = [];
    /// <summary>
    /// The newest mark, if it explains: no run stands then, or the run holds until somebody verifies it. Null if the newest mark
    /// is unexplained, or if the marks of the run were simply taken away.
    /// </summary>
    [Id(8)] public ExplainingMark? Explained { get; init; }
    [Id(9)] public int CalendarVersion { get; init; }
    [Id(10)] public string Pack { get; init; } = "";
    /// <summary>While a run stands, the counts of the pupil that have come to a number that a rule names.</summary>
    [Id(11)] public ImmutableArray<ReachedCount> Reached { get; init; } = [];
    /// <summary>As the roll has it; null if it says nothing.</summary>
    [Id(12)] public string? FirstLanguage { get; init; }
    /// <summary>True if it says nothing of the registers: the roll changed the child's flags.</summary>
    [Id(13)] public bool FlagsOnly { get; init; }
    /// <summary>Where the pupil stands with the school's list.</summary>
    [Id(14)] public ListPlace Place { get; init; } = new();
    /// <summary>True in a signal that is about the place on the list and says nothing of the registers.</summary>
    [Id(15)] public bool OfPlaceOnly { get; init; }
    /// <summary>
    /// True in a signal to the child's episodes at other schools: this school has seen the child, <see cref="Explained"/> says in
    /// which session. It says nothing of this school's own episode.
    /// </summary>
    [Id(16)] public bool OfSightingOnly { get; init; }
}

/// <summary>Where a pupil stands with the list of a school.</summary>
[GenerateSerializer, Immutable, Alias("cme.ListPlace")]
public sealed record ListPlace
{
    /// <summary>The list no longer has the pupil, or says that the pupil has left.</summary>
    [Id(0)] public bool IsOffRoll { get; init; }
    /// <summary>The school owes the leaving date, the ground and the destination, or some of them.</summary>
    [Id(1)] public bool Owes { get; init; }
    /// <summary>The last day on roll, if the school has given one.</summary>
    [Id(2)] public DateOnly? LeavingDate { get; init; }
}

/// <summary>That a count of a pupil's register has come to a number of school days that a rule names.</summary>
[GenerateSerializer, Immutable, Alias("cme.ReachedCount")]
public sealed record ReachedCount
{
    /// <summary>A count by its published name, such as <c>groundI</c>.</summary>
    [Id(0)] public string Count { get; init; } = "";
    [Id(1)] public int Days { get; init; }
    /// <summary>The school day on which it was reached.</summary>
    [Id(2)] public DateOnly On { get; init; }
    /// <summary>When the last mark that it rests on was known here, UTC.</summary>
    [Id(3)] public DateTimeOffset KnownAt { get; init; }
}

/// <summary>An unexplained session of a run. <see cref="Code"/> is empty for a blank.</summary>
[GenerateSerializer, Immutable, Alias("cme.MissedSession")]
public sealed record MissedSession
{
    [Id(0)] public DateOnly Date { get; init; }
    [Id(1)] public string Session { get; init; } = "";
    [Id(2)] public string Code { get; init; } = "";
    /// <summary>When registration of this session closes, UTC.</summary>
    [Id(3)] public DateTimeOffset RegistrationCloses { get; init; }
    /// <summary>When the mark was known here (business clock, UTC).</summary>
    [Id(4)] public DateTimeOffset KnownAt { get; init; }
}

/// <summary>The mark that says where the child is, or why the child is away.</summary>
[GenerateSerializer, Immutable, Alias("cme.ExplainingMark")]
public sealed record ExplainingMark
{
    [Id(0)] public DateOnly Date { get; init; }
    [Id(1)] public string Session { get; init; } = "";
    [Id(2)] public string Code { get; init; } = "";
    [Id(3)] public string? ReportedBy { get; init; }
    [Id(4)] public string? ReasonText { get; init; }
    [Id(5)] public DateTimeOffset KnownAt { get; init; }
}
