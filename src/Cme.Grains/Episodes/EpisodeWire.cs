using System.Collections.Immutable;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Registers;

namespace Cme.Grains.Episodes;

/// <summary>Between the published records and the domain's own. Everything here was checked at the edge.</summary>
internal static class EpisodeWire
{
    public static Subject ToSubject(this OpenWhereabouts command, string reference) => new(
        reference, command.Signal.Authority, command.Signal.Urn, command.Signal.ChildId, command.Signal.YearGroup,
        command.Signal.Flags, command.LinkedTo) { FirstLanguage = command.Signal.FirstLanguage };

    /// <summary>Of a record that the authority leads: its code stands in the place of a school's.</summary>
    public static Subject ToSubject(this OpenRecord command, string reference) => new(
        reference, command.Authority, command.Authority, command.ChildId, command.YearGroup, command.Flags, command.LinkedTo)
    {
        FirstLanguage = command.FirstLanguage, Kind = command.Kind,
    };

    /// <summary>The run of a signal, which has at least one session.</summary>
    public static Absence ToAbsence(this AbsenceSignal signal) => new(
        Session(signal.Run[0].Date, signal.Run[0].Session), signal.Run[0].RegistrationCloses, signal.KnownAt,
        Session(signal.Run[^1].Date, signal.Run[^1].Session), signal.Run[^1].Code, signal.CalendarVersion)
    {
        Reached = [.. signal.Reached.Select(reached => new CountReached(reached.Count, reached.Days, reached.On, reached.KnownAt))],
        OldestN = signal.Run.FirstOrDefault(missed => missed.Code == "N") is { } oldest ? Session(oldest.Date, oldest.Session) : null,
        Blanks = signal.Reached.Any(reached => reached.Count == CountName.GroundI) ? BlanksInside(signal.Run) : 0,
    };

    /// <summary>Sessions without a code that come before one with a code: the newest may only be late.</summary>
    private static int BlanksInside(ImmutableArray<MissedSession> run) =>
        run.Take(run.Select((missed, index) => missed.Code.Length > 0 ? index : 0).Max()).Count(missed => missed.Code.Length == 0);

    public static Cme.Domain.Episodes.ExplainingMark ToDomain(this Cme.Contracts.Children.ExplainingMark mark) =>
        new(Session(mark.Date, mark.Session), mark.Code, mark.ReportedBy);

    public static Deed ToDeed(this RecordAction action) => new(
        action.Action, action.Outcome, action.At, action.ObligationId,
        new Performer(action.PerformerName, action.PerformerRole, action.PerformerOrg, action.RecordedBy) { RecordedFor = action.RecordedFor },
        action.Channel, action.ContactId, action.Note, action.Layer)
    {
        Corrects = action.Corrects,
        Undo = action.Undo,
        Evidence = [.. action.Evidence.Select(one => new Evidence(one.Kind, one.Ref))],
        Languages = action.Languages,
        Whom = action.Whom,
        Answers = [.. action.Answers.Select(one => new JudgementAnswer(one.Question, one.Answer, one.Why))],
        Together = action.Together,
        Plan = action.Plan is { } plan ? new ReviewPlan(plan.What, plan.Owner, plan.By) : null,
        Sending = action.Sending,
    };

    public static EpisodeCommand.AnswerPlace ToCommand(this PlaceAnswer answer, DateTimeOffset now) => new(
        answer.Question, answer.Answer, answer.SeenAt,
        new Performer(answer.PerformerName, answer.PerformerRole, answer.Urn, answer.RecordedBy) { RecordedFor = answer.RecordedFor }, now);

    public static IEnumerable<Cme.Contracts.Episodes.MovedDeadline> ToWire(this EpisodeEvent.DeadlinesMoved moved, string reference) =>
        moved.Moved.Select(one => new Cme.Contracts.Episodes.MovedDeadline
        {
            Reference = reference, Step = one.Step, ObligationId = one.ObligationId, From = one.From, To = one.To,
        });

    public static StandingView ToWire(this EpisodeStanding standing) => new()
    {
        Status = standing.Status switch { EpisodeStatus.Open => "open", EpisodeStatus.Closed => "closed", _ => "not-started" },
        ByCode = standing.ByCode,
        FirstDate = standing.First.Date,
        FirstSession = SessionNames.Of(standing.First.Session),
        ThroughDate = standing.Through.Date,
        ThroughSession = SessionNames.Of(standing.Through.Session),
        Heard = standing.Heard,
        WasPassing = standing.WasPassing,
    };

    public static EpisodeStanding ToDomain(this StandingView standing) => new(
        standing.Status switch { "open" => EpisodeStatus.Open, "closed" => EpisodeStatus.Closed, _ => EpisodeStatus.NotStarted },
        standing.ByCode, Session(standing.FirstDate, standing.FirstSession), Session(standing.ThroughDate, standing.ThroughSession),
        standing.Heard, standing.WasPassing);

    public static SessionOf Session(DateOnly date, string session) => new(date, session == "PM" ? Cme.Domain.Calendars.Session.Pm : Cme.Domain.Calendars.Session.Am);
}
