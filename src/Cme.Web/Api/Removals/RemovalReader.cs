using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Episodes;
using Cme.Storage.Removals;
using Cme.Web.Security;

namespace Cme.Web.Api.Removals;

/// <summary>How the removal of an episode's pupil stands, for its page and for REST.</summary>
public sealed class RemovalReader(RemovalCase cases, IRemovals removals)
{
    private const int Most = 20;

    /// <param name="ground">h or i; null for the one whose count stands.</param>
    internal async Task<RemovalNow> ReadAsync(EpisodeRow episode, RemovalGround? ground, CancellationToken cancel)
    {
        var asked = ground ?? RemovalGround.Find("i")!;
        var facts = await cases.FactsAsync(episode, asked, cancel);
        if (ground is null && facts.Counts is { GroundH: > 0, GroundI: < RemovalGate.DaysOfGroundI })
        {
            asked = RemovalGround.Find("h")!;
            facts = await cases.FactsAsync(episode, asked, cancel);
        }
        var noted = await removals.ListAsync(episode.Authority, episode.Urn, episode.ChildId, allTheSame: false, null, Most, cancel);
        return new(asked, facts, RemovalGate.Conditions(asked, facts), noted);
    }
}

/// <summary>How it stands.</summary>
/// <param name="Noted">What came off the roll, the newest first.</param>
public sealed record RemovalNow(RemovalGround Ground, RemovalFacts Facts, ImmutableArray<RemovalCondition> Conditions, ImmutableArray<RemovalRecord> Noted)
{
    public bool IsOpen => Conditions.All(condition => condition.Met);

    /// <summary>The day on which four weeks end.</summary>
    public DateOnly? FourWeeksEnd => Facts.FirstDayMissing?.AddDays(RemovalGate.FourWeeksInDays);

    public bool FourWeeksPassed => Facts.Today >= FourWeeksEnd;

    public bool TwentySchoolDaysPassed => Facts.SchoolDaysMissing > RemovalGate.DaysOfGroundI;
}

internal static class RemovalMapping
{
    public static ConditionDocument ToDocument(this RemovalCondition one) => new()
    {
        Condition = one.Condition, Text = one.Text, Met = one.Met, Evidence = one.Evidence, Clause = one.Clause,
    };

    public static RemovalStandingDocument ToDocument(this RemovalNow removal, string reference, Viewer viewer) => new()
    {
        Reference = reference, Ground = removal.Ground.Letter, GroundText = removal.Ground.Text, Gate = removal.IsOpen ? "open" : "closed",
        Conditions = [.. removal.Conditions.Select(ToDocument)],
        Wait = new()
        {
            FourWeeksEnd = removal.FourWeeksEnd, FourWeeksPassed = removal.FourWeeksPassed, SchoolDays = removal.Facts.SchoolDaysMissing,
            TwentySchoolDaysPassed = removal.TwentySchoolDaysPassed, Required = removal.Facts.HoldsFourWeeks,
        },
        Sessions =
        [
            .. removal.Facts.Sessions.Select(one => new AuditedSessionDocument
            {
                Date = one.Session.Date, Session = SessionNames.Of(one.Session.Session), Code = one.Code, Verdict = one.Verdict.ToString().ToLowerInvariant(),
            }),
        ],
        Removals = [.. removal.Noted.Select(one => one.ToDocument(viewer))],
    };

    /// <summary>A referral is the authority's: to a school, that there is one says nothing that it may learn here.</summary>
    public static NotedRemoval ToDocument(this RemovalRecord one, Viewer viewer) => new()
    {
        School = one.Urn, Pupil = one.SchoolPupilId, ChildId = one.ChildId, LeftOn = one.LeftOn, Ground = one.Ground, Lawful = one.Unmet.IsEmpty,
        Unmet = one.Unmet, Episode = one.Episode, Referral = viewer.OfAuthority ? one.Referral : null, NotedAt = one.NotedAt, PutBackAt = one.PutBackAt,
    };
}
