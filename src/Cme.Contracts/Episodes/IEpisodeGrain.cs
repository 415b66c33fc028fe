using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;
using Cme.Contracts.Children;
using Cme.Contracts.Schools;

namespace Cme.Contracts.Episodes;

/// <summary>
/// One missing-education episode, from first absence to closure. Key: its reference, <c>episode-7k3q92mxh4-t</c>.
/// </summary>
[Alias("cme.IEpisodeGrain")]
public interface IEpisodeGrain : IGrainWithStringKey
{
    /// <summary>Opens the whereabouts episode; safe to repeat.</summary>
    [SafeToRepeat, Alias("Open")] Task<Outcome> Open(OpenWhereabouts command);

    /// <summary>Opens a record that the authority leads; safe to repeat.</summary>
    [SafeToRepeat, Alias("OpenRecord")] Task<Outcome> OpenRecord(OpenRecord command);

    /// <summary>Another record of the child belongs to the same story; safe to repeat. Refused with <c>not-open</c>.</summary>
    [SafeToRepeat, Alias("Link")] Task<Outcome> Link(string reference, string kind, string recordedBy);

    /// <summary>A record that is linked with this one was closed, or opened again; safe to repeat. Refused with <c>not-open</c>.</summary>
    [SafeToRepeat, Alias("NoteLinked")] Task<Outcome> NoteLinked(string reference, bool isOver);

    /// <summary>A school has the child on its list, from that day on: somebody is to confirm it. Safe to repeat. Refused with <c>not-open</c>.</summary>
    [SafeToRepeat, Alias("NotePlaced")] Task<Outcome> NotePlaced(string urn, DateOnly from);

    /// <summary>
    /// Takes what the registers now say: goes on, is re-anchored, closes, asks to confirm, or reopens. That another school has seen
    /// the child (<see cref="AbsenceSignal.OfSightingOnly"/>) asks somebody to confirm it, and closes nothing.
    /// </summary>
    [SafeToRepeat, Alias("Observe")] Task<Outcome> Observe(AbsenceSignal signal);

    /// <summary>
    /// Other places expect the child, and are asked whether the child was seen there that day, each once a day. Safe to repeat; an episode that
    /// is closed asks nobody.
    /// </summary>
    [SafeToRepeat, Alias("AskPlaces")] Task<Outcome> AskPlaces(ImmutableArray<AskPlace> places, DateTimeOffset knownAt);

    /// <summary>
    /// A place answers what it was asked; the last answer counts. Refused with <c>unknown-question</c>, <c>no-longer-asked</c>,
    /// <c>outcome-not-allowed</c>, <c>at-in-future</c> or <c>seen-on-another-day</c>.
    /// </summary>
    [Alias("AnswerPlace")] Task<Outcome> AnswerPlace(PlaceAnswer answer);

    /// <summary>Where the episode stands, for its child's index.</summary>
    [SafeToRepeat, Alias("Standing")] Task<StandingView> Standing();

    /// <summary>Records what someone did. Refused with <c>not-open</c>, <c>closed</c>, <c>outcome-not-allowed</c>, <c>at-in-future</c>,
    /// <c>at-before-first-day</c> or <c>unknown-obligation</c>.</summary>
    [SafeToRepeat, Alias("Record")] Task<ActionAnswer> Record(RecordAction action);

    /// <summary>What recording it now would come to, or why it would be refused. Nothing is recorded.</summary>
    [SafeToRepeat, Alias("Preview")] Task<ActionPreview> Preview(RecordAction action);

    /// <summary>An officer takes the episode on. Refused with <c>claimed</c>, <c>not-open</c> or <c>closed</c>.</summary>
    [Alias("Claim")] Task<Outcome> Claim(ClaimEpisode claim);

    /// <summary>Gives up the claim; safe to repeat. Refused with <c>claimed</c> if it is not the sender's to give up.</summary>
    [Alias("Release")] Task<Outcome> Release(ClaimEpisode claim);

    /// <summary>The authority says whose case it is and who works on it. Refused with <c>not-open</c> or <c>closed</c>.</summary>
    [Alias("Assign")] Task<Outcome> Assign(ClaimEpisode claim);

    /// <summary>An officer gives the episode to a colleague of the same organisation. Refused with <c>claimed</c> if somebody else has it than
    /// <see cref="ClaimEpisode.Had"/> says, or with <c>not-open</c> or <c>closed</c>.</summary>
    [Alias("GiveTo")] Task<Outcome> GiveTo(ClaimEpisode claim);

    /// <summary>The CME lead has seen that it has climbed to the lead; safe to repeat.</summary>
    [SafeToRepeat, Alias("Acknowledge")] Task<Outcome> Acknowledge(string officer, string recordedBy);

    /// <summary>Takes the child's flags as they now are; safe to repeat.</summary>
    [SafeToRepeat, Alias("ChangeFlags")] Task<Outcome> ChangeFlags(ImmutableArray<string> flags);

    /// <summary>Joins a referral to the episode; safe to repeat. Refused with <c>not-open</c> or <c>closed</c>.</summary>
    [SafeToRepeat, Alias("Join")] Task<Outcome> Join(string referral, string kind, string recordedBy);

    /// <summary>Everything to be done or done about the episode, derived for <paramref name="at"/> (null: now).</summary>
    [SafeToRepeat, Alias("Obligations")] Task<ImmutableArray<ObligationView>> Obligations(DateTimeOffset? at);

    /// <summary>
    /// Works the deadlines out again by the calendars as published under this version, unless it has done so; answers what it moved.
    /// </summary>
    [SafeToRepeat, Alias("TakeCalendar")] Task<ImmutableArray<MovedDeadline>> TakeCalendar(int version);

    /// <summary>The deadlines that would move if the episode's school published this year, which has passed its check; nothing changes.</summary>
    [SafeToRepeat, Alias("WouldMove")] Task<ImmutableArray<MovedDeadline>> WouldMove(SchoolYearCalendar calendar);

    /// <summary>
    /// The school took the name off its roll, or put it back (<see cref="RemovalNoted.PutBack"/>); safe to repeat. Refused with
    /// <c>not-open</c>.
    /// </summary>
    [SafeToRepeat, Alias("NoteRemoval")] Task<Outcome> NoteRemoval(RemovalNoted removal);

    /// <summary>Looks whether anything has become overdue. A nudge, safe at any time; the auditor uses it for what was missed.</summary>
    [SafeToRepeat, Alias("Look")] Task Look();
}

/// <summary>A deadline before and after a calendar was published again.</summary>
[GenerateSerializer, Immutable, Alias("cme.MovedDeadline")]
public sealed record MovedDeadline
{
    [Id(0)] public string Reference { get; init; } = "";
    [Id(1)] public string Step { get; init; } = "";
    [Id(2)] public string ObligationId { get; init; } = "";
    [Id(3)] public DateTimeOffset From { get; init; }
    [Id(4)] public DateTimeOffset To { get; init; }
}

/// <summary>That a name came off its school's roll, or was put back.</summary>
[GenerateSerializer, Immutable, Alias("cme.RemovalNoted")]
public sealed record RemovalNoted
{
    /// <summary>The last day on roll.</summary>
    [Id(0)] public DateOnly On { get; init; }
    /// <summary>The letter of regulation 9's ground.</summary>
    [Id(1)] public string Ground { get; init; } = "";
    /// <summary>The conditions of the ground that were not met; none for a lawful removal.</summary>
    [Id(2)] public ImmutableArray<string> Unmet { get; init; } = [];
    /// <summary>True if the name is on the roll again, and the rest says nothing.</summary>
    [Id(3)] public bool PutBack { get; init; }
}

[GenerateSerializer, Immutable, Alias("cme.OpenWhereabouts")]
public sealed record OpenWhereabouts
{
    [Id(0)] public AbsenceSignal Signal { get; init; } = new();
    /// <summary>The episode that a person closed earlier in the same absence, if there is one.</summary>
    [Id(1)] public string? LinkedTo { get; init; }
    /// <summary>The first days missing of the child's other episodes, at whatever school, without those that passed in a day.</summary>
    [Id(2)] public ImmutableArray<DateOnly> Earlier { get; init; } = [];
}

/// <summary>A record that an authority leads, to be opened.</summary>
[GenerateSerializer, Immutable, Alias("cme.OpenRecord")]
public sealed record OpenRecord
{
    [Id(0)] public string Authority { get; init; } = "";
    [Id(1)] public string ChildId { get; init; } = "";
    /// <summary><c>cme</c>, <c>missing-person</c> or <c>home-education</c>.</summary>
    [Id(2)] public string Kind { get; init; } = "";
    /// <summary>The first day of what it is about, such as the first day without a school.</summary>
    [Id(3)] public DateOnly Since { get; init; }
    /// <summary>The record of the child that led to it, if there is one.</summary>
    [Id(4)] public string? LinkedTo { get; init; }
    [Id(5)] public string YearGroup { get; init; } = "";
    [Id(6)] public string? FirstLanguage { get; init; }
    /// <summary>The child's flags; empty where the child's grain is asked, which knows them.</summary>
    [Id(7)] public ImmutableArray<string> Flags { get; init; } = [];
    [Id(8)] public string RecordedBy { get; init; } = "";
    /// <summary>What whoever opens it says with it, such as the reason; null if nothing.</summary>
    [Id(9)] public RecordAction? Says { get; init; }
}

/// <summary>A place that is asked whether it has seen a child on a day, and by when it is to answer.</summary>
[GenerateSerializer, Immutable, Alias("cme.AskPlace")]
public sealed record AskPlace([property: Id(0)] string Urn, [property: Id(1)] DateOnly On, [property: Id(2)] DateTimeOffset AnswerBy)
{
    public AskPlace() : this("", default, default) { }
}

/// <summary>What a place answers.</summary>
[GenerateSerializer, Immutable, Alias("cme.PlaceAnswer")]
public sealed record PlaceAnswer
{
    [Id(0)] public string Question { get; init; } = "";
    /// <summary><c>seen</c>, <c>not-seen</c> or <c>not-expected</c>.</summary>
    [Id(1)] public string Answer { get; init; } = "";
    /// <summary>When the child was last seen there; of no account where the child was not.</summary>
    [Id(2)] public DateTimeOffset SeenAt { get; init; }
    /// <summary>The place's URN.</summary>
    [Id(3)] public string Urn { get; init; } = "";
    [Id(4)] public string PerformerName { get; init; } = "";
    [Id(5)] public string PerformerRole { get; init; } = "";
    [Id(6)] public string RecordedBy { get; init; } = "";
    /// <summary>The organisation of whoever is signed in, or whose key it is: a URN or an authority's code.</summary>
    [Id(7)] public string? RecordedFor { get; init; }
}

/// <summary>Where an episode stands, as its child's index needs it.</summary>
[GenerateSerializer, Immutable, Alias("cme.StandingView")]
public sealed record StandingView
{
    /// <summary><c>not-started</c>, <c>open</c> or <c>closed</c>.</summary>
    [Id(0)] public string Status { get; init; } = "not-started";
    [Id(1)] public bool ByCode { get; init; }
    [Id(2)] public DateOnly FirstDate { get; init; }
    [Id(3)] public string FirstSession { get; init; } = "AM";
    [Id(4)] public DateOnly ThroughDate { get; init; }
    [Id(5)] public string ThroughSession { get; init; } = "AM";
    [Id(6)] public long Heard { get; init; }
    /// <summary>There was nothing to it, or a code closed it on its first day.</summary>
    [Id(7)] public bool WasPassing { get; init; }
}

/// <summary>An act as someone reports it.</summary>
[GenerateSerializer, Immutable, Alias("cme.RecordAction")]
public sealed record RecordAction : ITellsRepeats
{
    /// <inheritdoc/>
    public bool IsSafeToRepeat => Sending is not null;

    [Id(0)] public string Action { get; init; } = "";
    [Id(1)] public string? Outcome { get; init; }
    /// <summary>When it was done.</summary>
    [Id(2)] public DateTimeOffset At { get; init; }
    [Id(3)] public string? ObligationId { get; init; }
    [Id(4)] public string PerformerName { get; init; } = "";
    [Id(5)] public string PerformerRole { get; init; } = "";
    [Id(6)] public string PerformerOrg { get; init; } = "";
    [Id(7)] public string? Channel { get; init; }
    [Id(8)] public string? ContactId { get; init; }
    [Id(9)] public string? Note { get; init; }
    /// <summary>1 attendance facts, 2 case actions, 3 safeguarding narrative, 4 restricted.</summary>
    [Id(10)] public int Layer { get; init; } = 2;
    /// <summary>Who is signed in, or which key: not the same as who performed the act.</summary>
    [Id(11)] public string RecordedBy { get; init; } = "";
    /// <summary>The number of an earlier action, which this one takes the place of.</summary>
    [Id(12)] public int? Corrects { get; init; }
    [Id(13)] public ImmutableArray<EvidenceWire> Evidence { get; init; } = [];
    [Id(14)] public ImmutableArray<string> Languages { get; init; } = [];
    /// <summary>Tells this sending from another of the same words; one that comes again after a fault is recorded once.</summary>
    [Id(15)] public string? Sending { get; init; }
    [Id(16)] public Precondition IfMatch { get; init; } = new();
    /// <summary>Undoes the latest act, which <see cref="Corrects"/> names, moments after it was recorded.</summary>
    [Id(17)] public bool Undo { get; init; }
    /// <summary>Who was asked, searched, told, met or visited; null if nobody said.</summary>
    [Id(18)] public string? Whom { get; init; }
    /// <summary>Answers to the questions of the episode's procedure.</summary>
    [Id(19)] public ImmutableArray<AnswerWire> Answers { get; init; } = [];
    /// <summary>Who assessed, went or met together with the performer.</summary>
    [Id(20)] public string? Together { get; init; }
    /// <summary>The organisation of whoever is signed in, or whose key it is: a URN or an authority's code.</summary>
    [Id(21)] public string? RecordedFor { get; init; }
    /// <summary>What a review decided to do next.</summary>
    [Id(22)] public PlanWire? Plan { get; init; }
}

/// <summary>What a review decided: what is done next, who does it, and by when.</summary>
[GenerateSerializer, Immutable, Alias("cme.Plan")]
public sealed record PlanWire([property: Id(0)] string What, [property: Id(1)] string Owner, [property: Id(2)] DateOnly By)
{
    public PlanWire() : this("", "", default) { }
}

/// <summary>An answer to a question of a procedure: <c>yes</c>, <c>no</c> or <c>unknown</c>, and the reason.</summary>
[GenerateSerializer, Immutable, Alias("cme.Answer")]
public sealed record AnswerWire([property: Id(0)] string Question, [property: Id(1)] string Answer, [property: Id(2)] string? Why)
{
    public AnswerWire() : this("", "", null) { }
}

/// <summary>What shows that something was done, and where it is kept.</summary>
[GenerateSerializer, Immutable, Alias("cme.Evidence")]
public sealed record EvidenceWire([property: Id(0)] string Kind, [property: Id(1)] string Ref)
{
    public EvidenceWire() : this("", "") { }
}

/// <summary>Who takes an episode on, gives it up or is given it.</summary>
[GenerateSerializer, Immutable, Alias("cme.ClaimEpisode")]
public sealed record ClaimEpisode
{
    /// <summary>The officer's name; null gives up whoever's claim it is, or assigns to an organisation alone.</summary>
    [Id(0)] public string? Officer { get; init; }
    /// <summary>The organisation that claims or gives up, or that the case is assigned to: a URN or an authority's code.</summary>
    [Id(1)] public string Org { get; init; } = "";
    [Id(2)] public string RecordedBy { get; init; } = "";
    [Id(3)] public Precondition IfMatch { get; init; } = new();
    /// <summary>Which of the organisation's people the officer is; null for whom a system names.</summary>
    [Id(4)] public string? OfficerId { get; init; }
    /// <summary>Who had it when its giver last looked; null for nobody.</summary>
    [Id(5)] public string? Had { get; init; }
    /// <summary>The officer no longer works for the organisation, and it is given up for them.</summary>
    [Id(6)] public bool Left { get; init; }
}

[GenerateSerializer, Immutable, Alias("cme.ActionAnswer")]
public sealed record ActionAnswer
{
    [Id(0)] public Outcome Outcome { get; init; } = new();
    /// <summary>What is open after the act.</summary>
    [Id(1)] public ImmutableArray<ObligationView> Obligations { get; init; } = [];
    /// <summary>The number of the act in the history; 0 if none was recorded.</summary>
    [Id(3)] public long Number { get; init; }
}

/// <summary>What recording an act would come to.</summary>
[GenerateSerializer, Immutable, Alias("cme.ActionPreview")]
public sealed record ActionPreview
{
    /// <summary>The refusal that it would meet; else the types of the events it would add, and the version that it would be added to.</summary>
    [Id(0)] public Outcome Outcome { get; init; } = new();
    /// <summary>Why the episode would be closed; null if it would be open.</summary>
    [Id(1)] public string? Closure { get; init; }
    /// <summary>What is open now.</summary>
    [Id(2)] public ImmutableArray<ObligationView> Before { get; init; } = [];
    /// <summary>What would be open then.</summary>
    [Id(3)] public ImmutableArray<ObligationView> After { get; init; } = [];
}

/// <summary>Something to be done about an episode: what, by whom, by when and why.</summary>
[GenerateSerializer, Immutable, Alias("cme.ObligationView")]
public sealed record ObligationView
{
    [Id(0)] public string Id { get; init; } = "";
    [Id(1)] public string Step { get; init; } = "";
    /// <summary>The rule that requires it, such as <c>NOR-06</c>, or <c>product</c>.</summary>
    [Id(2)] public string Clause { get; init; } = "";
    [Id(3)] public string Pack { get; init; } = "";
    [Id(4)] public int PackVersion { get; init; }
    [Id(5)] public string What { get; init; } = "";
    [Id(6)] public string Role { get; init; } = "";
    /// <summary>The organisation whose task it is: a URN or an authority code.</summary>
    [Id(7)] public string Org { get; init; } = "";
    /// <summary>What the deadline is counted from, in words with its instant.</summary>
    [Id(8)] public string Anchor { get; init; } = "";
    [Id(9)] public ImmutableArray<ReadingView> Readings { get; init; } = [];
    [Id(10)] public DateTimeOffset DueAt { get; init; }
    [Id(11)] public DateTimeOffset AlertAt { get; init; }
    /// <summary>What turns it overdue: the later of the rule's instant and when it was known plus grace.</summary>
    [Id(12)] public DateTimeOffset ActBy { get; init; }
    /// <summary><c>pending due overdue satisfied suppressed superseded</c>.</summary>
    [Id(13)] public string State { get; init; } = "";
    /// <summary>0 its owner, 1 DSL, 2 head, 3 duty desk, 4 CME lead.</summary>
    [Id(14)] public int Level { get; init; }
    [Id(15)] public ImmutableArray<SatisfierView> SatisfiedBy { get; init; } = [];
    [Id(16)] public string Why { get; init; } = "";
    /// <summary>When it may be done: until then it is pending. Null if it lies beyond the published calendar.</summary>
    [Id(17)] public DateTimeOffset? OpensAt { get; init; }
    /// <summary>When it was done; null while it is not.</summary>
    [Id(18)] public DateTimeOffset? SatisfiedAt { get; init; }
    /// <summary>Satisfied though nobody did it: something else made it needless.</summary>
    [Id(19)] public bool IsNeedless { get; init; }
}

[GenerateSerializer, Immutable, Alias("cme.ReadingView")]
public sealed record ReadingView([property: Id(0)] string Unit, [property: Id(1)] int Number, [property: Id(2)] DateTimeOffset At)
{
    public ReadingView() : this("", 0, default) { }
}

[GenerateSerializer, Immutable, Alias("cme.SatisfierView")]
public sealed record SatisfierView([property: Id(0)] string Action, [property: Id(1)] ImmutableArray<string> Outcomes)
{
    public SatisfierView() : this("", []) { }

    /// <summary>Whom the act must have been about, any one of them; none means that it does not matter.</summary>
    [Id(2)] public ImmutableArray<string> Whom { get; init; } = [];
}
