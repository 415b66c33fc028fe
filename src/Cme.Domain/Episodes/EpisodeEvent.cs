using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Episodes;

/// <summary>
/// What happened to an episode. <see cref="HappenedAt"/> is when it was so by the rule or the report,
/// <see cref="KnownAt"/> when it was known here; both UTC, business clock.
/// </summary>
public abstract record EpisodeEvent
{
    private EpisodeEvent(DateTimeOffset happenedAt, DateTimeOffset knownAt) => (HappenedAt, KnownAt) = (happenedAt, knownAt);

    public DateTimeOffset HappenedAt { get; init; }

    public DateTimeOffset KnownAt { get; init; }

    /// <summary>The child became unexplained at this school, or the authority opened a record that it leads.</summary>
    public sealed record EpisodeOpened(
        Subject Subject, PackVersion Pack, Absence Absence, long Sequence, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt)
    {
        /// <summary>Who opened it; null where the registers did.</summary>
        public string? By { get; init; }
    }

    /// <summary>The registers now have this run: it goes on, or a correction moved its first session.</summary>
    /// <param name="Held">True while the newest mark holds the run, so that a question asked before stands; false withdraws it.</param>
    public sealed record AbsenceStands(Absence Absence, bool Held, long Sequence, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The school's list no longer has the child, or says that the child left, without both ground and destination.</summary>
    public sealed record WentOffRoll(DateOnly? LeavingDate, long Sequence, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The child is on the list again (<see cref="BackOnRoll"/>), or the school has given ground and destination.</summary>
    public sealed record PlaceSettled(bool BackOnRoll, long Sequence, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>A code came that does not close by itself.</summary>
    public sealed record ConfirmationAsked(
        SessionOf Session, string Code, string? ReportedBy, string Why, long Sequence, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>Another school marked the child as seen. Whether it was this child, and what follows, is for a person to say.</summary>
    /// <param name="Urn">That school's. Not told to this one: where a child has moved to may have to stay hidden.</param>
    public sealed record SeenElsewhere(string Urn, SessionOf Session, string Code, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>Another place that expects the child was asked whether the child was seen there on that day.</summary>
    /// <param name="Urn">That place's. Not told to this school, as with <see cref="SeenElsewhere"/>.</param>
    public sealed record PlaceAsked(string Question, string Urn, DateOnly On, DateTimeOffset AnswerBy, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The place answered: one of <see cref="SeenToday.Answers"/>. <see cref="HappenedAt"/> is when the child was last seen there.</summary>
    public sealed record PlaceAnswered(string Question, string Urn, string Answer, Performer By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>A school of the authority has the child on its list. Whether the child really started there is for a person to confirm.</summary>
    public sealed record PlacedOnRoll(string Urn, DateOnly From, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>Another record of the child was linked with this one.</summary>
    public sealed record RecordLinked(LinkedRecord Other, string By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>A record that was linked with this one was closed, or opened again.</summary>
    public sealed record LinkedRecordClosed(string Reference, bool Reopened, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>Somebody did something.</summary>
    public sealed record ActionRecorded(Deed Deed, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>An obligation passed its act-by instant with nothing recorded. <see cref="HappenedAt"/> is that instant.</summary>
    public sealed record BecameOverdue(
        string ObligationId, string Step, string Clause, int Level, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>An overdue obligation climbed to the next level. <see cref="HappenedAt"/> is the instant the ladder gives.</summary>
    public sealed record Escalated(
        string ObligationId, string Step, string Clause, int Level, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>
    /// The earlier reading of a vague deadline has come: the obligation is not overdue, but time is short by that reading.
    /// <see cref="ToDesk"/> where its owner is closed then, so that the duty desk is told too.
    /// </summary>
    public sealed record AlertRaised(
        string ObligationId, string Step, string Clause, bool ToDesk, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The school closed for a holiday, and its authority is responsible until <see cref="Until"/> (null: not published).</summary>
    public sealed record HandedOver(string From, string To, DateOnly? Until, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The school is open again, and responsible again.</summary>
    public sealed record HandedBack(string From, string To, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The school's calendar, or its authority's, was published again, and deadlines of this episode moved.</summary>
    /// <param name="CalendarVersion">What it is judged by from now on.</param>
    public sealed record DeadlinesMoved(int CalendarVersion, ImmutableArray<MovedDeadline> Moved, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The school's calendar, or its authority's, was published again; no deadline of this episode moved.</summary>
    public sealed record CalendarTaken(int CalendarVersion, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>Closed, by a code or by a person (then <see cref="Sequence"/> is 0); <see cref="Mark"/> is the mark that closed it.</summary>
    public sealed record EpisodeClosed(
        string Reason, bool ByCode, ExplainingMark? Mark, long Sequence, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>A correction took away the code that had closed the episode, or a person opened it again.</summary>
    public sealed record EpisodeReopened(Absence Absence, long Sequence, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt)
    {
        public bool ByPerson { get; init; }

        /// <summary>The number of the act that had closed it and is corrected; null if it was opened again for another reason.</summary>
        public int? TakesBack { get; init; }

        /// <summary>Undone within moments: as if it had never been closed.</summary>
        public bool AtOnce { get; init; }
    }

    /// <summary>An officer took the episode on.</summary>
    public sealed record Claimed(Holder Holder, string By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>Whoever had the episode gave it up.</summary>
    public sealed record Released(Holder Holder, string By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt)
    {
        /// <summary>They no longer work there, and it was given up for them.</summary>
        public bool Left { get; init; }
    }

    /// <summary>The authority said whose case it is: <see cref="Org"/> owns it, and <see cref="Officer"/> works on it (null: nobody yet).</summary>
    public sealed record Assigned(string? Officer, string Org, string By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt)
    {
        /// <summary>Which of the organisation's people the officer is; null for whom a system names.</summary>
        public string? OfficerId { get; init; }
    }

    /// <summary>An officer gave the episode to a colleague.</summary>
    public sealed record GivenTo(Holder Holder, string By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The CME lead saw that it had climbed to the lead. It stands until something else climbs there.</summary>
    public sealed record Acknowledged(string Officer, string By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The child's flags became these.</summary>
    public sealed record FlagsChanged(ImmutableArray<string> Flags, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The child has gone missing again and again (DOR-51): with this episode that many times in the last 90 calendar days.</summary>
    public sealed record RepeatNoted(int Number, DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>A referral of the child joined this episode.</summary>
    public sealed record ReferralJoined(string Referral, string Kind, string By, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The school took the name off its roll, with these conditions of the ground not met; none for a lawful removal.</summary>
    /// <param name="On">The last day on roll.</param>
    /// <param name="Ground">The letter of regulation 9's ground.</param>
    public sealed record RemovedFromRoll(DateOnly On, string Ground, ImmutableArray<string> Unmet, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>The school put the name back on its roll.</summary>
    public sealed record PutBackOnRoll(DateTimeOffset HappenedAt, DateTimeOffset KnownAt) : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>
    /// Everything that a removal on the ground rests on had been shown, and now these conditions are open again: a mark was corrected, an
    /// act was taken back, or the authority changed its mind.
    /// </summary>
    public sealed record RemovalGateClosed(string Ground, ImmutableArray<string> Unmet, DateTimeOffset HappenedAt, DateTimeOffset KnownAt)
        : EpisodeEvent(HappenedAt, KnownAt);

    /// <summary>Who caused it, as recorded: a person, a key, or the product itself.</summary>
    public string Actor => this switch
    {
        EpisodeOpened { By: { } by } => by,
        RecordLinked e => e.By,
        PlaceAnswered e => e.By.RecordedBy,
        ActionRecorded e => e.Deed.By.RecordedBy,
        Claimed e => e.By,
        Released e => e.By,
        Assigned e => e.By,
        GivenTo e => e.By,
        Acknowledged e => e.By,
        ReferralJoined e => e.By,
        _ => "product",
    };

    /// <summary>The name under which the event is stored and published, such as <c>EpisodeOpened</c>.</summary>
    public string Name => GetType().Name;
}

/// <summary>A deadline (UTC) before and after a calendar was published again.</summary>
public sealed record MovedDeadline(string ObligationId, string Step, string Clause, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>When it was known to be done by the calendar before (UTC), by which what was done does no longer; null if it was owed then too.</summary>
    public DateTimeOffset? DoneBefore { get; init; }
}
