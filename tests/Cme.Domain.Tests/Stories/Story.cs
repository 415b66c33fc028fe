using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.TestSupport.Terms;
using static Cme.Domain.Episodes.EpisodeCommand;

namespace Cme.Domain.Tests.Stories;

/// <summary>An episode told as a case officer would tell it: what became known, in order, and what is owed then.</summary>
internal sealed class Story
{
    private readonly List<EpisodeEvent> _history = [];
    private Ruleset _rules;
    private long _sequence;

    private string? _firstLanguage;

    private Story(Ruleset rules) => _rules = rules;

    public Episode Episode { get; private set; } = Episode.Initial;

    public IReadOnlyList<EpisodeEvent> History => _history;

    public Refusal? LastRefusal { get; private set; }

    public static Story Under(string pack) => new(RulesOf(pack));

    /// <summary>A record that the authority leads: no school has a part in it, and its days are the authority's working days.</summary>
    public static Story OfAuthority(string pack) => new(new(PackCatalogue.Shipped[pack], SchoolCalendar.None, WorkingCalendar.Usual));

    /// <summary>An episode that started under an earlier version.</summary>
    public static Story Under(string pack, int version) => Under(RulesOf(pack) with { Pack = PackCatalogue.Shipped[new PackVersion(pack, version)] });

    public static Story Under(Ruleset rules) => new(rules);

    public static Ruleset RulesOf(string pack) => new(PackCatalogue.Shipped[pack], Autumn2026.Calendar, WorkingCalendar.Usual);

    /// <summary>The child's first language as the roll has it.</summary>
    public Story Speaking(string language)
    {
        _firstLanguage = language;
        return this;
    }

    /// <summary>A child of Meadow Park School is unexplained in that session; the mark arrived at <paramref name="known"/>.</summary>
    public Story Missing(SessionOf session, DateTimeOffset known, params string[] flags) => MissingAgain(session, known, [], flags);

    /// <summary>The same child was missing before, from those days on.</summary>
    public Story MissingAgain(SessionOf session, DateTimeOffset known, ImmutableArray<DateOnly> earlier, params string[] flags) => Do(new Open(
        new Subject("episode-0000000001-0", "999", "900001", "child0000001", "4", [.. flags]) { FirstLanguage = _firstLanguage },
        new(_rules.Pack.Id, _rules.Pack.Version),
        AbsenceFrom(session, session, "N", known), ++_sequence) { Earlier = earlier });

    /// <summary>The authority of the child opened the record at <paramref name="at"/>; it is about the time since that day.</summary>
    public Story Opened(DateOnly since, DateTimeOffset at, params string[] flags) => Do(new Open(
        new Subject("episode-0000000002-0", "999", "999", "child0000001", "4", [.. flags], "episode-0000000001-0") { Kind = _rules.Pack.Kind },
        new(_rules.Pack.Id, _rules.Pack.Version), Absence.OfRecord(since, at, 0), 0) { By = "tracking-officer" });

    public Story StillMissing(SessionOf first, SessionOf last, DateTimeOffset known) =>
        Do(new Stands(AbsenceFrom(first, last, "N", known), null, ++_sequence, known));

    /// <summary>The run holds: the newest mark says where the child is, without being enough.</summary>
    public Story Held(SessionOf session, string code, DateTimeOffset known, string? reportedBy = null) =>
        Do(new Stands(Episode.Begun!.Absence with { KnownAt = known }, new ExplainingMark(session, code, reportedBy), ++_sequence, known));

    public Story Marked(SessionOf session, string code, DateTimeOffset known, string? reportedBy = null) =>
        Do(new Explained(new ExplainingMark(session, code, reportedBy), ++_sequence, known));

    /// <summary>Somebody did something at <paramref name="at"/> and recorded it then, or at <paramref name="known"/>.</summary>
    public Story Did(string action, string? outcome, DateTimeOffset at, DateTimeOffset? known = null) =>
        Do(new EpisodeCommand.Record(new Deed(action, outcome, at, null, new Performer("Priya Patel", "attendance-officer", "900001", "key")), known ?? at));

    /// <summary>Somebody asked, searched, told, met or visited one of <see cref="Parties"/>.</summary>
    public Story DidWith(string whom, string action, string? outcome, DateTimeOffset at) => Do(new EpisodeCommand.Record(
        new Deed(action, outcome, at, null, new Performer("Priya Patel", "attendance-officer", "900001", "key")) { Whom = whom }, at));

    /// <summary>Somebody did something, and it takes the place of the act of that number.</summary>
    public Story Corrected(int number, string action, string? outcome, DateTimeOffset at, DateTimeOffset? known = null) =>
        Do(new EpisodeCommand.Record(
            new Deed(action, outcome, at, null, new Performer("Priya Patel", "attendance-officer", "900001", "key")) { Corrects = number }, known ?? at));

    public Story Flagged(DateTimeOffset known, params string[] flags) => Do(new ChangeFlags([.. flags], known));

    /// <summary>A letter went out in these languages.</summary>
    public Story Wrote(DateTimeOffset at, params string[] languages) => Do(new EpisodeCommand.Record(
        new Deed("letter", "sent", at, null, new Performer("Priya Patel", "attendance-officer", "900001", "key"), "post") { Languages = [.. languages] }, at));

    /// <summary>A calendar was published again, and these rules come of it.</summary>
    public Story Taking(Ruleset rules, int version, DateTimeOffset known)
    {
        Do(new TakeCalendar(version, rules, known));
        _rules = rules;
        return this;
    }

    public Story LookedAt(DateTimeOffset at) => Do(new Look(at));

    /// <summary>The same rules, with an episode that was folded elsewhere.</summary>
    public Story Holding(Episode episode)
    {
        Episode = episode;
        return this;
    }

    public Story Do(EpisodeCommand command)
    {
        LastRefusal = null;
        switch (Decider.Decide(command, Episode, _rules))
        {
            case Decision.Accepted { Events: var events }:
                _history.AddRange(events);
                Episode = events.Aggregate(Episode, Decider.Evolve);
                break;
            case Decision.Refused { Why: var why }:
                LastRefusal = why;
                break;
        }
        return this;
    }

    /// <summary>What stands at an instant, done or not.</summary>
    public ImmutableArray<Obligation> At(DateTimeOffset at) => Episode switch
    {
        Episode.Underway now => Obligations.Of(now, _rules, at),
        Episode.Closed was => Obligations.Of(was, _rules, at),
        _ => [],
    };

    /// <summary>The obligation of a step that is open at an instant; fails if there is none, or more than one.</summary>
    public Obligation Owed(string step, DateTimeOffset at) => At(at).Where(owed => owed.Step.Id == step && owed.IsOpen).ShouldHaveSingleItem();

    /// <summary>When somebody must look next.</summary>
    public DateTimeOffset? NextInstant(DateTimeOffset at) => Obligations.NextInstant(Episode, At(at), _rules, at);

    public void OwesNo(string step, DateTimeOffset at) => At(at).ShouldNotContain(owed => owed.Step.Id == step && owed.IsOpen);

    private static Absence AbsenceFrom(SessionOf first, SessionOf last, string code, DateTimeOffset known) =>
        new(first, Autumn2026.Calendar.RegistrationCloses(first), known, last, code, 1);
}
