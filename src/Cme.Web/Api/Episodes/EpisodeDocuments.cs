using System.Collections.Immutable;
using System.ComponentModel;

namespace Cme.Web.Api.Episodes;

/// <summary>One episode, as lists, boards and the episode itself show it.</summary>
public sealed record EpisodeDocument
{
    public required string Reference { get; init; }
    [Description("whereabouts, cme, missing-person or home-education.")]
    public required string Kind { get; init; }
    [Description("open or closed.")]
    public required string Status { get; init; }
    public required string Stage { get; init; }
    public required ChildDocument Child { get; init; }
    [Description("The school's URN, or local:code.")]
    public required string School { get; init; }
    public required string SchoolName { get; init; }
    public required DateOnly FirstDayMissing { get; init; }
    [Description("School days from the first day missing to today or to the closure, both included, by the school's calendar.")]
    public required int SchoolDaysMissing { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? Closure { get; init; }
    [Description("Whose case it is: a URN or an authority's code.")]
    public string? Owner { get; init; }
    public required PackDocument Pack { get; init; }
    public required ImmutableArray<string> Flags { get; init; }
    [Description("Counted in school days as of now, or of the day of the closure. Not in live rows: they come by the thousand, so read the episode.")]
    public CountsDocument? Counts { get; init; }
    [Description("The register's last word: the code of the newest session of the absence, empty for a blank.")]
    public required string LastCode { get; init; }
    public ObligationDocument? NextObligation { get; init; }
    public required int OverdueCount { get; init; }
    [Description("How far it has climbed: 0 its owner, 1 DSL, 2 head, 3 duty desk, 4 CME lead.")]
    public required int Level { get; init; }
    public string? ClaimedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>The five counts of the pupil's register, in school days.</summary>
public sealed record CountsDocument
{
    [Description("The run without explanation that stands.")]
    public required int WhereaboutsDays { get; init; }
    [Description("Continuous days of G, N, O or U. The attendance return is owed at 10.")]
    public required int IrregularDays { get; init; }
    [Description("Continuous days of which every session is G, N or O. Ground i asks for 20.")]
    public required int GroundI { get; init; }
    [Description("Days of absence since the expected return from leave. Ground h asks for 10.")]
    public required int GroundH { get; init; }
    [Description("Days of illness in the school year. The sickness return is owed at 15.")]
    public required int Sickness { get; init; }
}

/// <summary>Whose episode it is.</summary>
public sealed record ChildDocument(string Id, string Forename, string Surname, string YearGroup, string SchoolPupilId);

/// <summary>The procedure that it follows.</summary>
public sealed record PackDocument(string Id, int Version);

/// <summary>A page of episodes.</summary>
public sealed record EpisodeList(ImmutableArray<EpisodeDocument> Data);

/// <summary>Something to be done about an episode: what, by whom, by when, and why.</summary>
public sealed record ObligationDocument
{
    [Description("Stays the same however often it is derived.")]
    public required string Id { get; init; }
    public required string Step { get; init; }
    [Description("The rule that requires it, such as NOR-06, or product.")]
    public required string Clause { get; init; }
    public required string Pack { get; init; }
    public required int PackVersion { get; init; }
    public required string What { get; init; }
    public required WhoDocument Who { get; init; }
    [Description("What the deadline is counted from.")]
    public required string Anchor { get; init; }
    public required ImmutableArray<ReadingDocument> Readings { get; init; }
    [Description("The rule's instant.")]
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset AlertAt { get; init; }
    [Description("What turns it overdue: the later of dueAt and when it was known, plus grace.")]
    public required DateTimeOffset ActBy { get; init; }
    [Description("pending, due, overdue, satisfied, suppressed or superseded; as of the answer, or the push.")]
    public required string State { get; init; }
    [Description("True of a satisfied one that nobody did: something else made it needless, such as that the child was seen. Left out otherwise.")]
    public bool? Needless { get; init; }
    [Description("From when it may be done: pending before, due from then on, overdue from actBy.")]
    public DateTimeOffset? OpensAt { get; init; }
    public required int Level { get; init; }
    public required ImmutableArray<SatisfierDocument> SatisfiedBy { get; init; }
    public required string Why { get; init; }
}

/// <summary>Whose task it is.</summary>
/// <param name="Org">A URN or an authority's code.</param>
public sealed record WhoDocument(string Role, string Org);

/// <summary>One reading of a deadline.</summary>
public sealed record ReadingDocument(string Unit, int Number, DateTimeOffset At);

/// <summary>An action that satisfies an obligation, with the outcomes that do; none means any.</summary>
/// <param name="Whom">Whom the action must have been about, any one of them; left out where that does not matter.</param>
public sealed record SatisfierDocument(string Action, ImmutableArray<string> Outcomes, ImmutableArray<string>? Whom = null);

/// <summary>The obligations of an episode at one instant.</summary>
public sealed record ObligationList(ImmutableArray<ObligationDocument> Data);

/// <summary>The history of an episode, oldest first.</summary>
public sealed record TimelineDocument(ImmutableArray<TimelineEntry> Data);

/// <summary>One thing that happened.</summary>
public sealed record TimelineEntry
{
    [Description("When it happened.")]
    public required DateTimeOffset At { get; init; }
    [Description("When it was known here.")]
    public required DateTimeOffset KnownAt { get; init; }
    public required string Type { get; init; }
    [Description("Who did it, or product for what the product noticed.")]
    public required string By { get; init; }
    public string? ObligationId { get; init; }
    public string? Clause { get; init; }
    public string? Action { get; init; }
    public string? Outcome { get; init; }
    public string? Note { get; init; }
    public string? Channel { get; init; }
    public string? ContactId { get; init; }
    public ImmutableArray<string>? Languages { get; init; }
    public ImmutableArray<EvidenceDocument>? Evidence { get; init; }
    [Description("Who was asked, searched, told, met or visited.")]
    public string? Whom { get; init; }
    [Description("The answers to the procedure's questions, each with its reason; left out for whom they are not to be read by.")]
    public ImmutableArray<AnswerDocument>? Answers { get; init; }
    [Description("Who assessed, went or met together with the performer.")]
    public string? Together { get; init; }
    [Description("What a review decided to do next.")]
    public PlanDocument? Plan { get; init; }
    [Description("The number of the action that this one took the place of.")]
    public long? Corrects { get; init; }
    [Description("The number of the action that took this one back: it no longer counts.")]
    public long? CorrectedBy { get; init; }
    [Description("What happened, as a sentence.")]
    public required string Text { get; init; }
    [Description("Its number in the episode's history, from 1.")]
    public required long Version { get; init; }
}

/// <summary>Something that somebody did about an episode.</summary>
public sealed record ActionDocument
{
    [Description("call, message, letter, reply, visit, risk-assessment and others; an unknown pair of action and outcome is answered with those allowed.")]
    public required string Action { get; init; }
    public string? Outcome { get; init; }
    [Description("When it was done: not in the future, not before the first day missing.")]
    public required DateTimeOffset At { get; init; }
    [Description("Which step is meant, where several are open.")]
    public string? ObligationId { get; init; }
    public required PerformerDocument PerformedBy { get; init; }
    public string? Channel { get; init; }
    public string? ContactId { get; init; }
    [Description("Of a letter: the languages that it was written in. A copy for a family that may not read English names theirs.")]
    public ImmutableArray<string> Languages { get; init; } = [];
    public string? Note { get; init; }
    [Description("1 attendance facts, 2 case actions. A key writes no higher.")]
    public int Layer { get; init; } = 2;
    [Description("What shows it: at most 50 things.")]
    public ImmutableArray<EvidenceDocument> Evidence { get; init; } = [];
    [Description("The number of an earlier action of this episode, which this one takes the place of. The action correct only takes it back.")]
    public int? Corrects { get; init; }
    [Description("Who was asked, searched, told, met or visited: of an enquiry such as staff or neighbours, of a check such as housing or origin-authority, of a notify such as commissioner, of a visit home or other-address. An unknown one is answered with those allowed. A step that asks for one of them (satisfiedBy.whom) is done by no other.")]
    public string? Whom { get; init; }
    [Description("Of a question-set: the answers to the questions of the episode's procedure, at most 50.")]
    public ImmutableArray<AnswerDocument> Answers { get; init; } = [];
    [Description("Who assessed, went or met together with the performer, by name.")]
    public string? Together { get; init; }
    [Description("Of a review: what is done next, who does it, and by which day (DOR-27).")]
    public PlanDocument? Plan { get; init; }
}

/// <summary>What a review decided to do to find the child.</summary>
/// <param name="What">What is done next.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="By">By the end of which day.</param>
public sealed record PlanDocument(string What, string Owner, DateOnly By);

/// <summary>An answer to a question of a procedure.</summary>
/// <param name="Question">The question's id, as the procedure has it.</param>
/// <param name="Answer">yes, no or unknown.</param>
/// <param name="Why">The reason.</param>
public sealed record AnswerDocument(string Question, string Answer, string? Why = null);

/// <summary>What shows that something was done.</summary>
/// <param name="Kind">Such as document, photo, call-recording.</param>
/// <param name="Ref">Where it is kept: an address or a number of your own system.</param>
public sealed record EvidenceDocument(string Kind, string Ref);

/// <summary>Who did it.</summary>
public sealed record PerformerDocument(string Name, string Role, string Org);

/// <summary>What recording an action came to.</summary>
/// <param name="Version">The episode's version now.</param>
/// <param name="Number">The action's own number, to be named in <c>corrects</c>.</param>
/// <param name="Events">The types of the events that were added; none if it was known already.</param>
/// <param name="Obligations">What is open now.</param>
public sealed record ActionReport(long Version, long Number, ImmutableArray<string> Events, ImmutableArray<ObligationDocument> Obligations);
