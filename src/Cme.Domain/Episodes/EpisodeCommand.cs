using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Episodes;

/// <summary>What can be asked of an episode. Every command says when it was known here (business clock, UTC).</summary>
public abstract record EpisodeCommand
{
    private EpisodeCommand(DateTimeOffset knownAt) => KnownAt = knownAt;

    public DateTimeOffset KnownAt { get; init; }

    /// <summary>A pupil has become unexplained.</summary>
    public sealed record Open(Subject Subject, PackVersion Pack, Absence Absence, long Sequence) : EpisodeCommand(Absence.KnownAt)
    {
        /// <summary>The school owes the ground and the destination of this child already.</summary>
        public bool Owes { get; init; }

        /// <summary>The last day on roll, if the school has given one.</summary>
        public DateOnly? LeavingDate { get; init; }

        /// <summary>The newest mark, if it says where the child is without being enough: an earlier one was corrected since.</summary>
        public ExplainingMark? HeldBy { get; init; }

        /// <summary>The first days missing of the child's other episodes, without those that passed in a day.</summary>
        public ImmutableArray<DateOnly> Earlier { get; init; } = [];

        /// <summary>Who opened it, for a record that a person opens; null for what the registers open.</summary>
        public string? By { get; init; }

        /// <summary>What the person says with it, such as the reason; null if nothing.</summary>
        public Deed? Says { get; init; }
    }

    /// <summary>
    /// The registers still have an unexplained run, perhaps another one than before. <see cref="HeldBy"/> is the newest mark if
    /// it says where the child is without being enough: the run holds until somebody verifies it.
    /// </summary>
    public sealed record Stands(Absence Absence, ExplainingMark? HeldBy, long Sequence, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>The registers have no unexplained run any more; <see cref="Mark"/> explains, or is null if marks were taken away.</summary>
    public sealed record Explained(ExplainingMark? Mark, long Sequence, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt)
    {
        /// <summary>The child is on roll no longer: that the marks were taken away is then no news of the child.</summary>
        public bool IsOffRoll { get; init; }
    }

    /// <summary>The school's list says something else of the child than before.</summary>
    /// <param name="Owes">The school owes the ground and the destination.</param>
    /// <param name="IsOffRoll">The child is not on roll, or has left.</param>
    /// <param name="LeavingDate">The last day on roll, if the school has given one.</param>
    public sealed record NotePlace(bool Owes, bool IsOffRoll, DateOnly? LeavingDate, long Sequence, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Another school, of that URN, marked the child as seen.</summary>
    public sealed record NoteSeenElsewhere(string Urn, SessionOf Session, string Code, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Other places expect the child, and are asked whether the child was seen there.</summary>
    public sealed record AskPlaces(ImmutableArray<PlaceToAsk> Places, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>A place answers what it was asked.</summary>
    /// <param name="SeenAt">When the child was last seen there (UTC), where that is the answer.</param>
    public sealed record AnswerPlace(string Question, string Answer, DateTimeOffset SeenAt, Performer By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>A school of that URN has the child on its list, from that day on.</summary>
    public sealed record NotePlaced(string Urn, DateOnly From, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Another record of the child belongs to the same story.</summary>
    public sealed record Link(LinkedRecord Other, string By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>A linked record of the child is over, or open again.</summary>
    public sealed record NoteLinked(string Reference, bool IsOver, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Somebody did something.</summary>
    public sealed record Record(Deed Deed, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>An officer takes the episode on.</summary>
    public sealed record Claim(Holder Holder, string By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Whoever has the episode gives it up. A named <see cref="Officer"/> gives up only what is that officer's.</summary>
    /// <param name="Org">The organisation that asks: a URN or an authority's code.</param>
    public sealed record Release(string? Officer, string Org, string By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt)
    {
        /// <summary>Which of the organisation's people the officer is; null for whom a system names.</summary>
        public string? OfficerId { get; init; }

        /// <summary>The officer no longer works there, and somebody else gives it up for them.</summary>
        public bool Left { get; init; }
    }

    /// <summary>The authority says whose case it is, and who works on it (null: nobody yet), whoever has it now.</summary>
    public sealed record Assign(string? Officer, string Org, string By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt)
    {
        /// <summary>Which of the organisation's people the officer is; null for whom a system names.</summary>
        public string? OfficerId { get; init; }

        /// <summary>Who works on it from now on; null for nobody yet.</summary>
        internal Holder? Holder => Officer is null ? null : new(Officer, Org) { Id = OfficerId };
    }

    /// <summary>An officer gives the episode to a colleague; whose case it is stays as it was.</summary>
    /// <param name="Had">Who had it when the giver last looked, null for nobody: it is given only if that still holds.</param>
    public sealed record GiveTo(Holder Holder, string? Had, string By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>The CME lead has seen that it has climbed to the lead.</summary>
    public sealed record Acknowledge(string Officer, string By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>The child's flags are now these.</summary>
    public sealed record ChangeFlags(ImmutableArray<string> Flags, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Somebody referred the child, and the referral belongs to this episode.</summary>
    public sealed record Join(string Referral, string Kind, string By, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>The school's calendar, or its authority's, was published again: <see cref="Rules"/> are those that it makes.</summary>
    public sealed record TakeCalendar(int Version, Procedures.Ruleset Rules, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>
    /// The school took the name off its roll. <see cref="Unmet"/> are the conditions of the ground that were not met then: none for a lawful
    /// removal.
    /// </summary>
    /// <param name="On">The last day on roll.</param>
    /// <param name="Ground">The letter of regulation 9's ground.</param>
    public sealed record NoteRemoval(DateOnly On, string Ground, ImmutableArray<string> Unmet, DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>The school put the name back on its roll.</summary>
    public sealed record NotePutBack(DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);

    /// <summary>Look whether something has become overdue.</summary>
    public sealed record Look(DateTimeOffset KnownAt) : EpisodeCommand(KnownAt);
}

/// <summary>The mark that ends a run: its code, and who gave the reason (null: nobody said, which counts as staff).</summary>
public sealed record ExplainingMark(SessionOf Session, string Code, string? ReportedBy);

/// <summary>An act as reported: what, when it was done (UTC), by whom, and what came of it.</summary>
public sealed record Deed(
    string Action, string? Outcome, DateTimeOffset At, string? ObligationId, Performer By,
    string? Channel = null, string? ContactId = null, string? Note = null, int Layer = 2)
{
    /// <summary>The number of the earlier act that this one takes the place of: that one no longer counts, and both stay in the history.</summary>
    public int? Corrects { get; init; }

    /// <summary>
    /// Undoes the latest act within moments of its recording (<see cref="Corrects"/> names it): as if it had never been, so that no
    /// deadline gains by it.
    /// </summary>
    public bool Undo { get; init; }

    public ImmutableArray<Evidence> Evidence { get; init; } = [];

    /// <summary>The languages of a letter or message.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Who was asked, searched, told, met or visited: one of <see cref="Parties"/>. Null: nobody said.</summary>
    public string? Whom { get; init; }

    /// <summary>The answers to the questions of a procedure, each with its reason.</summary>
    public ImmutableArray<JudgementAnswer> Answers { get; init; } = [];

    /// <summary>Who assessed, went or met together with the performer; null if nobody did.</summary>
    public string? Together { get; init; }

    /// <summary>What a review decided to do next; null if it left no plan.</summary>
    public ReviewPlan? Plan { get; init; }

    /// <summary>Tells this sending from another of the same words, so that one repeated after a fault is recorded once. Null: nobody said.</summary>
    public string? Sending { get; init; }
}

/// <summary>What a review decided to do to find the child (DOR-27).</summary>
/// <param name="Owner">Who does it.</param>
/// <param name="By">By the end of which day.</param>
public sealed record ReviewPlan(string What, string Owner, DateOnly By);

/// <summary>What shows that it was done: a kind such as <c>document</c> or <c>photo</c>, and where it is kept.</summary>
public sealed record Evidence(string Kind, string Ref);

/// <summary>An answer to a question of a procedure (DOR-09).</summary>
/// <param name="Question">Its id in the pack.</param>
/// <param name="Answer"><c>yes</c>, <c>no</c> or <c>unknown</c>.</param>
/// <param name="Why">The reason; null if none was given.</param>
public sealed record JudgementAnswer(string Question, string Answer, string? Why)
{
    /// <summary>What may be answered.</summary>
    public static readonly ImmutableArray<string> Values = ["yes", "no", "unknown"];
}

/// <summary>Who has an episode: an officer of an organisation (a URN or an authority's code).</summary>
public sealed record Holder(string Officer, string Org)
{
    /// <summary>Which of the organisation's people that is, where somebody signed in; null for whom a system names.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the two are one officer: by id where both have one, since two colleagues may have the same name.</summary>
    public bool Is(Holder other) => Org == other.Org && (Id is null || other.Id is null ? Officer == other.Officer : Id == other.Id);
}

/// <summary>Who did it, and who recorded it: not always the same person.</summary>
public sealed record Performer(string Name, string Role, string Org, string RecordedBy)
{
    /// <summary>
    /// The organisation (a URN or an authority's code) of whoever recorded it. Null in histories from before it was noted: what they say of
    /// <see cref="Org"/> and <see cref="Role"/> is then believed.
    /// </summary>
    public string? RecordedFor { get; init; }

    /// <summary>Whether it was the authority's own act: a school's system may name anybody, and what it says is the school's all the same.</summary>
    public bool IsOf(string authority) =>
        (Org == authority || Procedures.Roles.IsAuthority(Role)) && (RecordedFor is null || RecordedFor == authority);
}
