using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;

namespace Cme.Domain.Episodes;

/// <summary>
/// One of a child's records, from its opening to its closure: a whereabouts episode (one child, one school, from the first unexplained
/// session on), or a record that the authority leads (<see cref="EpisodeKinds"/>). All of them live by the same rules.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(NotStarted), "not-started")]
[JsonDerivedType(typeof(Underway), "underway")]
[JsonDerivedType(typeof(Closed), "closed")]
public abstract record Episode
{
    /// <summary>Nothing has happened yet.</summary>
    public sealed record NotStarted : Episode;

    /// <summary>The child is missing without explanation, or the explanation is still to be confirmed.</summary>
    /// <param name="Heard">The sequence of the last signal of the school that was taken; an older one, delivered again, changes nothing.</param>
    /// <param name="Through">The last session that the registers spoke of: of the run, or of the mark that explained it.</param>
    /// <param name="Run">The disappearance that the ladder is for.</param>
    public sealed record Underway(
        Subject Subject, PackVersion Pack, DateTimeOffset OpenedAt, Absence Absence, Run Run, Facts Known, SessionOf Through, long Heard) : Episode
    {
        /// <summary>Who is responsible: the school, or its authority while the school is closed for a holiday.</summary>
        public Care Care { get; init; } = new(false, OpenedAt);

        /// <summary>The organisation that is responsible: a URN or an authority's code. There always is one (NOR-01).</summary>
        [JsonIgnore]
        public string Owner => Care.WithAuthority ? Subject.Authority : Known.Owner ?? Subject.Urn;
    }

    /// <summary>Closed, by a code of the register or by a person. Reopening gives back <see cref="Before"/>.</summary>
    /// <param name="KnownAt">When the closure was known here, UTC.</param>
    public sealed record Closed(string Reason, DateTimeOffset At, DateTimeOffset KnownAt, bool ByCode, Underway Before) : Episode
    {
        /// <summary>
        /// There was nothing to it, or a code closed it on its first day: who comes late to register is not missing again and again (DOR-51).
        /// </summary>
        [JsonIgnore]
        public bool IsPassing => ClosureReasons.IsMistake(Reason) || (ByCode && London.DateOf(At) == Before.Absence.First.Date);

        /// <summary>What a person did that closed it; null if a code of the register did.</summary>
        [JsonIgnore]
        public Act? ByAct => !ByCode && Before.Known.Acts is [.., var last] ? last : null;
    }

    private Episode()
    {
    }

    /// <summary>The episode as it is, or was when it closed; null before its first event.</summary>
    [JsonIgnore]
    public Underway? Begun => this switch { Underway now => now, Closed was => was.Before, _ => null };

    /// <summary>Where the work stands, in one word for lists.</summary>
    [JsonIgnore]
    public string Stage => this switch { Closed => "closed", Underway now => Stages.Of(now), _ => Stages.Enquiring };

    /// <summary>The same, seen as the child's index sees it.</summary>
    [JsonIgnore]
    public EpisodeStanding Standing => this switch
    {
        Underway now => new(EpisodeStatus.Open, false, now.Absence.First, now.Through, now.Heard),
        Closed was => new(EpisodeStatus.Closed, was.ByCode, was.Before.Absence.First, was.Before.Through, was.Before.Heard, was.IsPassing),
        _ => EpisodeStanding.None,
    };

    /// <summary>What every episode is before its first event.</summary>
    public static Episode Initial { get; } = new NotStarted();
}

/// <summary>
/// Which episode it is and whose. The child and the school never change; a child who moves gets another episode.
/// </summary>
public sealed record Subject(
    string Reference, string Authority, string Urn, string Child, string YearGroup, ImmutableArray<string> Flags, string? LinkedTo = null)
{
    /// <summary>As the roll has it; null if it says nothing. A letter goes out in it too (NOR-11).</summary>
    public string? FirstLanguage { get; init; }

    /// <summary>One of <see cref="EpisodeKinds"/>. A record that the authority leads has the authority's code in the place of a URN.</summary>
    public string Kind { get; init; } = EpisodeKinds.Whereabouts;

    /// <summary>True if the authority leads it and no school has a part in it.</summary>
    [JsonIgnore]
    public bool IsLedByAuthority => Kind != EpisodeKinds.Whereabouts;

    /// <summary>True if any flag asks for an immediate referral or forbids ordinary contact.</summary>
    [JsonIgnore]
    public bool IsFlagged => Children.Flags.IsFlagged(Flags);

    /// <summary>True if the family must not be contacted (forced marriage, honour-based abuse: FACTS A7.13).</summary>
    [JsonIgnore]
    public bool DoNotContactFamily => Flags.Contains(Children.Flags.DoNotContactFamily);
}

/// <summary>An episode as its child's index needs it.</summary>
/// <param name="Status">Whether it began and whether it is open.</param>
/// <param name="ByCode">True if a code closed it, so that a correction may open it again.</param>
/// <param name="First">The first session missing.</param>
/// <param name="Through">The last session that the episode speaks of.</param>
/// <param name="Heard">The last signal it took.</param>
/// <param name="WasPassing">See <see cref="Episode.Closed.IsPassing"/>.</param>
public readonly record struct EpisodeStanding(
    EpisodeStatus Status, bool ByCode, SessionOf First, SessionOf Through, long Heard, bool WasPassing = false)
{
    public static EpisodeStanding None { get; } = new(EpisodeStatus.NotStarted, false, default, default, 0);
}

public enum EpisodeStatus
{
    NotStarted,
    Open,
    Closed,
}

/// <summary>The pack an episode started under; it keeps it.</summary>
public readonly record struct PackVersion(string Id, int Version);

/// <summary>
/// The unexplained run as the registers now have it. <see cref="First"/> is the anchor of the ladder; its registration closed
/// at <see cref="Closes"/> (UTC), and it was known here at <see cref="KnownAt"/> (UTC).
/// </summary>
public sealed record Absence(
    SessionOf First, DateTimeOffset Closes, DateTimeOffset KnownAt, SessionOf Last, string LastCode, int CalendarVersion)
{
    /// <summary>
    /// What a record that the authority leads has in the place of a run: no register speaks of it. Its deadlines count from its opening,
    /// which is when the authority knew.
    /// </summary>
    /// <param name="since">The first day of what it is about, such as the first day without a school.</param>
    /// <param name="openedAt">UTC.</param>
    /// <param name="calendarVersion">Of the authority's own calendar; 0 while it has published none.</param>
    public static Absence OfRecord(DateOnly since, DateTimeOffset openedAt, int calendarVersion) =>
        new(new SessionOf(since, Session.Am), openedAt, openedAt, new SessionOf(since, Session.Am), "", calendarVersion);

    /// <summary>
    /// The counts of the pupil that have come to a number that a rule names, each once. A correction that takes a count below its
    /// number takes it from here.
    /// </summary>
    public ImmutableArray<CountReached> Reached { get; init; } = [];

    /// <summary>The oldest session of the run that is still marked N; null if none is.</summary>
    public SessionOf? OldestN { get; init; }

    /// <summary>Once ground i has its days: sessions inside the run that have no code, each of which a removal would have to wait for.</summary>
    public int Blanks { get; init; }

    /// <summary>The same run, with the same counts reached.</summary>
    public bool Equals(Absence? other) =>
        other is not null
        && (First, Closes, KnownAt, Last, LastCode, CalendarVersion, OldestN, Blanks)
            == (other.First, other.Closes, other.KnownAt, other.Last, other.LastCode, other.CalendarVersion, other.OldestN, other.Blanks)
        && Reached.AsSpan().SequenceEqual(other.Reached.AsSpan());

    public override int GetHashCode() => HashCode.Combine(First, Last, LastCode, KnownAt, Reached.Length);
}

/// <summary>
/// One disappearance. An episode that no code closes may see a second one: its ladder begins anew, and what was done before does
/// not count for it. A correction moves a run's first session and leaves it the same run.
/// </summary>
/// <param name="Number">The event that began it, which is part of obligation ids; 1 for the opening.</param>
/// <param name="Began">Its first session, before any correction.</param>
public sealed record Run(int Number, SessionOf Began)
{
    /// <summary>True for the run that opened the episode: every act of the episode is about it, or about a later one.</summary>
    [JsonIgnore]
    public bool IsFirst => Number == 1;
}

/// <summary>What has been done and noticed in an episode, in the order in which it was recorded.</summary>
/// <param name="Asked">The codes of this run that somebody is to confirm, or has confirmed.</param>
public sealed record Facts(
    ImmutableArray<Act> Acts, ImmutableArray<Stamp> Stamps, ImmutableArray<Interruption> Interruptions, ImmutableArray<Confirmation> Asked, int Recorded)
{
    public static Facts None { get; } = new([], [], [], [], 0);

    /// <summary>The alerts of vague deadlines that were raised.</summary>
    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>True once police or social care have been told: from then on no code closes the episode (DESIGN 5).</summary>
    [JsonIgnore]
    public bool IsReferred => !Referrals.IsEmpty
        || Acts.Any(act => act.Action is ActionNames.ReferPolice or ActionNames.ReferCsc or ActionNames.ReferAuthority);

    /// <summary>When the child went off the school's list without ground and destination, and what became of it.</summary>
    public ImmutableArray<OffRoll> OffRoll { get; init; } = [];

    /// <summary>Whether the school owes the ground and the destination.</summary>
    [JsonIgnore]
    public bool OwesPlace => OffRoll is [.., { SettledAt: null }];

    /// <summary>When the school took the name off its roll, and what became of it.</summary>
    public ImmutableArray<Removal> Removals { get; init; } = [];

    /// <summary>Where other schools saw the child, once for each school and disappearance.</summary>
    public ImmutableArray<SeenAt> Elsewhere { get; init; } = [];

    /// <summary>The other places that were asked whether they have seen the child, day by day, and what they answered.</summary>
    public ImmutableArray<PlaceQuestion> Questions { get; init; } = [];

    /// <summary>The schools that have put the child on their list since the record opened, once for each time.</summary>
    public ImmutableArray<PlacedAt> Placed { get; init; } = [];

    /// <summary>The child's other records that this one led to, or that were linked with it.</summary>
    public ImmutableArray<LinkedRecord> Linked { get; init; } = [];

    /// <summary>Acts that were taken back: they count for nothing, and whoever relied on one is given time again.</summary>
    public ImmutableArray<Withdrawal> Withdrawn { get; init; } = [];

    /// <summary>Who has the episode; null if nobody has claimed it.</summary>
    public Holder? Holder { get; init; }

    /// <summary>When the CME lead acknowledged what had climbed to the lead; null if nobody has, or something has climbed since.</summary>
    public DateTimeOffset? Acknowledged { get; init; }

    /// <summary>Whether something has climbed to the CME lead that the lead has not acknowledged.</summary>
    [JsonIgnore]
    public bool AwaitsLead => Acknowledged is null && Stamps.Any(stamp => stamp.Level >= Levels.CmeLead);

    /// <summary>Whose case the authority said it is: a URN or the authority's code. Null: the school's.</summary>
    public string? Owner { get; init; }

    /// <summary>Those of the child's flags that came after the episode opened, and when they were known here.</summary>
    public ImmutableArray<FlagAdded> FlagsAdded { get; init; } = [];

    /// <summary>Times that are over, in which the family was not to be contacted.</summary>
    public ImmutableArray<Interruption> NoContact { get; init; } = [];

    /// <summary>What another calendar made owed that had passed for done.</summary>
    public ImmutableArray<OwedAgain> OwedAgain { get; init; } = [];

    /// <summary>The references of referrals that joined the episode.</summary>
    public ImmutableArray<string> Referrals { get; init; } = [];

    /// <summary>Which episode of the child it is in 90 days, where that was noted; null where it was not (DOR-51).</summary>
    public int? Repeat { get; init; }

    /// <summary>The number of the act of this sending, or of the latest act.</summary>
    public int NumberOf(string? sending) =>
        Acts.Concat(Withdrawn.Select(withdrawn => withdrawn.Act)).Where(act => sending is null || act.Sending == sending).Max(act => (int?)act.Number) ?? 0;

    /// <summary>Whether this is the last act that was recorded: only that one can be undone.</summary>
    public bool IsLatest(int? number) => Acts is [.., var last] && last.Number == number;

    /// <summary>Whether this sending was recorded before, though it may since have been taken back.</summary>
    public bool HasHeard(string sending) =>
        Acts.Any(act => act.Sending == sending) || Withdrawn.Any(withdrawn => withdrawn.Act.Sending == sending);
}

/// <summary>An act that was taken back, and when that was known here (UTC).</summary>
public sealed record Withdrawal(Act Act, DateTimeOffset KnownAt)
{
    /// <summary>The number of the act that took it back.</summary>
    public int By { get; init; }

    /// <summary>Undone at once: nobody can have relied on it, so that nobody is given time again.</summary>
    public bool AtOnce { get; init; }
}

/// <summary>A flag that came while the episode was open, and when it was known here (UTC).</summary>
/// <param name="Number">The event that added it, which is part of obligation ids.</param>
public sealed record FlagAdded(string Flag, DateTimeOffset KnownAt, int Number);

/// <summary>Something that a person did. <see cref="Number"/> is its place in the history and part of obligation ids.</summary>
public sealed record Act(
    int Number, string Action, string? Outcome, DateTimeOffset HappenedAt, DateTimeOffset KnownAt, string? ObligationId,
    string? Sending = null)
{
    /// <summary>The languages of a letter; none said is English.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Who was asked, searched, told, met or visited: one of <see cref="Parties"/>. Null: nobody said.</summary>
    public string? Whom { get; init; }

    /// <summary>Who did it; null for an act of a snapshot from before it was kept, which is refolded before anybody asks.</summary>
    public Performer? By { get; init; }

    /// <summary>Whether something was written with it: a statement without words states nothing.</summary>
    public bool HasWords { get; init; }
}

/// <summary>That an obligation was found overdue, or climbed, at an instant that the rule gives.</summary>
public sealed record Stamp(string ObligationId, int Level, DateTimeOffset At);

/// <summary>That the earlier reading of an obligation's deadline alerted, at an instant that the rule gives.</summary>
public sealed record Alert(string ObligationId, DateTimeOffset At);

/// <summary>Who is responsible, and since when (UTC) the history says so.</summary>
public readonly record struct Care(bool WithAuthority, DateTimeOffset Since);

/// <summary>A time (UTC) during which a code had closed the episode, so that nobody could be expected to act.</summary>
public sealed record Interruption(DateTimeOffset From, DateTimeOffset To);

/// <summary>That an obligation is owed which had passed for done: from when it did until another calendar was known.</summary>
public sealed record OwedAgain(string ObligationId, Interruption While);

/// <summary>
/// That a child went off the school's list. The school owes ground and destination from <see cref="From"/> on: once known, and
/// not before the last day on roll is over.
/// </summary>
/// <param name="SettledAt">When it was settled; null while it is not.</param>
/// <param name="Withdrawn">Settled because the child is on the list again: then nothing was owed.</param>
public sealed record OffRoll(int Number, DateTimeOffset From, DateTimeOffset KnownAt, DateTimeOffset? SettledAt = null, bool Withdrawn = false);

/// <summary>That the school took the name off its roll on a ground of regulation 9.</summary>
/// <param name="On">The last day on roll.</param>
/// <param name="Unmet">The conditions of the ground that were not met then.</param>
/// <param name="PutBackAt">When the name was put back; null while it is off.</param>
public sealed record Removal(int Number, DateOnly On, string Ground, ImmutableArray<string> Unmet, DateTimeOffset KnownAt, DateTimeOffset? PutBackAt = null);

/// <summary>That another school marked the child as seen: somebody is to confirm it, since a mark may be a slip.</summary>
public sealed record SeenAt(int Number, string Urn, SessionOf Session, DateTimeOffset KnownAt);

/// <summary>That a school has the child on its list, from that day on: somebody is to confirm that the child really started there.</summary>
public sealed record PlacedAt(int Number, string Urn, DateOnly From, DateTimeOffset KnownAt);

/// <summary>Another record of the same child.</summary>
public sealed record LinkedRecord(string Reference, string Kind)
{
    /// <summary>When it was known here to be closed (UTC); null while it is open, as far as is known.</summary>
    public DateTimeOffset? OverAt { get; init; }
}

/// <summary>A code that does not close by itself: somebody is to confirm that the child was seen.</summary>
public sealed record Confirmation(int Number, SessionOf Session, string Code, string? ReportedBy, DateTimeOffset KnownAt);
