using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using static Cme.Domain.Episodes.EpisodeEvent;

namespace Cme.Web.Api.Episodes;

/// <summary>Tells stored events as sentences.</summary>
internal static class Timeline
{
    /// <summary>A history as somebody with this access may read it.</summary>
    public static ImmutableArray<TimelineEntry> Of(ImmutableArray<EventRow> events, Access access) => Of(access.History(events), access.Layers);

    /// <summary>A history as a viewer may read it: each entry, and which of them no longer count.</summary>
    public static ImmutableArray<TimelineEntry> Of(ImmutableArray<EventRow> events, int layers) => [.. Told(events, layers).Select(told => told.Entry)];

    /// <summary>The same, with what is told of: the event itself, and who caused it.</summary>
    /// <param name="layers">The highest layer that the viewer reads.</param>
    public static ImmutableArray<(EpisodeEvent Happened, TimelineEntry Entry, string Actor)> Told(ImmutableArray<EventRow> events, int layers)
    {
        var happened = events.Select(row => Masks.Themes(EventCodec.Read(row.Type, row.HappenedAt, row.KnownAt, row.Data), layers)).ToImmutableArray();
        var correctedBy = CorrectedBy(events, happened);
        var told = ImmutableArray.CreateBuilder<(EpisodeEvent, TimelineEntry, string)>(events.Length);
        ImmutableArray<string> flags = [];
        foreach (var (row, one) in events.Zip(happened))
        {
            told.Add((one, Entry(row, one, flags, layers) with { CorrectedBy = correctedBy.TryGetValue(row.Version, out var by) ? by : null }, row.Actor));
            flags = one switch { EpisodeOpened e => e.Subject.Flags, FlagsChanged e => e.Flags, RepeatNoted => flags.Add(Cme.Domain.Children.RepeatEpisodes.Flag), _ => flags };
        }
        return told.MoveToImmutable();
    }

    /// <summary>Which act took back which. A correction that was undone took back nothing.</summary>
    private static Dictionary<long, long> CorrectedBy(ImmutableArray<EventRow> events, ImmutableArray<EpisodeEvent> happened)
    {
        var acts = events.Zip(happened, (row, one) => (row.Version, (one as ActionRecorded)?.Deed)).Where(act => act.Deed?.Corrects is not null).ToList();
        var undone = acts.Where(act => act.Deed!.Undo).Select(act => (long)act.Deed!.Corrects!.Value).ToHashSet();
        return acts.Where(act => !undone.Contains(act.Version)).GroupBy(act => (long)act.Deed!.Corrects!.Value).ToDictionary(act => act.Key, act => act.First().Version);
    }

    /// <summary>An event as a viewer may read it: a note of a higher layer than the viewer's is left out.</summary>
    /// <param name="flags">Those that were in force before it.</param>
    private static TimelineEntry Entry(EventRow row, EpisodeEvent happened, ImmutableArray<string> flags, int layers)
    {
        var deed = (happened as ActionRecorded)?.Deed;
        var (obligation, clause) = happened switch
        {
            BecameOverdue e => (e.ObligationId, e.Clause),
            Escalated e => (e.ObligationId, e.Clause),
            AlertRaised e => (e.ObligationId, e.Clause),
            _ => (deed?.ObligationId, null),
        };
        return new()
        {
            At = row.HappenedAt, KnownAt = row.KnownAt, Type = row.Type, By = deed?.By.Name ?? (happened is PlaceAnswered ? "another place" : row.Actor), ObligationId = obligation,
            Clause = clause, Action = deed?.Action, Outcome = deed?.Outcome,
            Note = deed is null ? null : Masks.Note(deed.Note, deed.Layer, layers), Channel = deed?.Channel, ContactId = deed?.ContactId,
            Corrects = deed?.Corrects, Languages = deed is { Languages: not [] } ? deed.Languages : null,
            Evidence = deed is { Evidence: not [] } && deed.Layer <= layers
                ? [.. deed.Evidence.Select(one => new EvidenceDocument(one.Kind, one.Ref))] : null,
            Whom = deed?.Whom, Together = deed?.Together,
            Plan = deed?.Plan is { } plan && deed.Layer <= layers ? new PlanDocument(plan.What, plan.Owner, plan.By) : null,
            Answers = deed is { Answers: not [] } && deed.Layer <= layers
                ? [.. deed.Answers.Select(one => new AnswerDocument(one.Question, one.Answer, one.Why))] : null,
            Text = happened is FlagsChanged changed ? Changed(flags, changed.Flags, layers) : Sentence(happened), Version = row.Version,
        };
    }

    /// <summary>Which flags came and which went, of those that the viewer may know of. That there are others is not told either.</summary>
    private static string Changed(ImmutableArray<string> before, ImmutableArray<string> after, int layers)
    {
        var (was, now) = (Masks.Flags(before, layers), Masks.Flags(after, layers));
        var (came, went) = (now.Except(was).ToList(), was.Except(now).ToList());
        if (came.Count + went.Count == 0) { return "The flags of the child were looked at again."; }
        var said = new[] { came.Count > 0 ? $"Flags added: {Names(came)}." : null, went.Count > 0 ? $"Flags no longer in force: {Names(went)}." : null };
        return string.Join(' ', said.OfType<string>());
    }

    private static string Names(IEnumerable<string> flags) =>
        string.Join(", ", flags.Select(flag => Cme.Domain.Children.Flags.Find(flag)?.Label ?? Plain(flag).Replace('_', ' ')));

    private static string Sentence(EpisodeEvent happened) => happened switch
    {
        EpisodeOpened { Subject.IsLedByAuthority: true } e => $"{Labels.Kind(e.Subject.Kind)}: the authority opened this record. It is about the time since {Day(e.Absence.First.Date)}.",
        EpisodeOpened e => $"Missing without explanation since {Session(e.Absence.First)}: {Code(e.Absence.LastCode)}.",
        AbsenceStands e => $"Still unexplained: from {Session(e.Absence.First)} to {Session(e.Absence.Last)}, {Code(e.Absence.LastCode)}.",
        ConfirmationAsked e => e.Code.Length == 0
            ? $"Somebody is to confirm that the child was seen: {e.Why}."
            : $"Code {e.Code} came for {Session(e.Session)}, and somebody is to confirm that the child was seen: {e.Why}.",
        SeenElsewhere e => $"Another school marked the child present for {Session(e.Session)}, and somebody is to confirm that the child was seen."
            + " Nothing is closed by that.",
        PlaceAsked e => $"Another place where the child is registered was asked whether the child was seen there on {Day(e.On)}. It has until {Times.Full(e.AnswerBy)}.",
        PlaceAnswered { Answer: SeenToday.Seen } e => $"Another place where the child is registered answered: seen there at {Times.Full(e.HappenedAt)}. That is a sighting. Nothing is closed by it.",
        PlaceAnswered { Answer: SeenToday.NotExpected } => "Another place where the child is registered answered: not expected there that day.",
        PlaceAnswered => "Another place where the child is registered answered: not seen there that day.",
        PlacedOnRoll e => $"A school has the child on its list from {Day(e.From)}, and somebody is to confirm that the child has started there. Nothing is closed by that.",
        RecordLinked e => $"Linked with another record of the child: {Labels.Kind(e.Other.Kind).ToLowerInvariant()}.",
        LinkedRecordClosed { Reopened: true } => "A linked record of the child is open again.",
        LinkedRecordClosed => "A linked record of the child was closed. What was owed there is owed here again.",
        ActionRecorded { Deed: { Undo: true, Corrects: { } undone } } e => $"{Who(e.Deed.By)} undid number {undone} moments after it was recorded. It counts for nothing.",
        ActionRecorded { Deed: { Action: ActionNames.Correct, Corrects: { } wrong } } e => $"Number {wrong} was taken back by {Who(e.Deed.By)}. It no longer counts.",
        ActionRecorded { Deed.Corrects: { } corrected } e => $"{Act(e.Deed)} recorded by {Who(e.Deed.By)}"
            + $"{(e.Deed.Outcome is { } outcome ? $": {Plain(outcome)}" : "")}. It corrects what was recorded as number {corrected}.",
        ActionRecorded e => e.Deed.Outcome is null
            ? $"{Act(e.Deed)} recorded by {Who(e.Deed.By)}."
            : $"{Act(e.Deed)} recorded by {Who(e.Deed.By)}: {Plain(e.Deed.Outcome)}.",
        BecameOverdue e => $"{Words(e.Step)} was not done in time{Rule(e.Clause)}. {Told(e.Level)}",
        Escalated e => $"{Words(e.Step)} is still not done{Rule(e.Clause)}. {Told(e.Level)}",
        AlertRaised { Step: "holiday-review" } e => $"The school is about to close for a holiday: the review is due{Rule(e.Clause)}, and the duty desk is told.",
        AlertRaised e => $"{Words(e.Step)} is due soon by the shorter reading of its time{Rule(e.Clause)}.{(e.ToDesk ? " The duty desk is told, because its owner is closed then." : "")}",
        DeadlinesMoved e => $"The school's calendar or its authority's was published again, and deadlines moved: {string.Join("; ", e.Moved.Select(Move))}.",
        CalendarTaken => "The school's calendar or its authority's was published again. No deadline moved.",
        HandedOver { Until: { } until } => $"The school closed for a holiday. The authority is responsible until {Day(until)}.",
        HandedOver => "The school closed for a holiday. The authority is responsible until the school publishes when it opens again.",
        HandedBack => "The school is open again, and responsible again.",
        EpisodeClosed { Mark: { } mark } e => $"Closed by code {mark.Code} for {Session(mark.Session)}: {ClosureReasons.Text(e.Reason)}.",
        EpisodeClosed e => $"Closed: {ClosureReasons.Text(e.Reason)}.",
        EpisodeReopened { TakesBack: not null } => "Open again: what had closed it was taken back.",
        EpisodeReopened { ByPerson: true } => "Open again: a person reopened it.",
        EpisodeReopened e => $"Open again: a correction took away the code that had closed it. Unexplained since {Session(e.Absence.First)}.",
        Claimed e => $"{e.Holder.Officer} has taken it on.",
        Released { Left: true } e => $"{e.Holder.Officer} no longer works there. Nobody has it now.",
        Released e => $"{e.Holder.Officer} has given it up.",
        Assigned { Officer: { } officer } => $"The authority has given it to {officer}.",
        Assigned e => $"The authority has said that it is the case of {e.Org}.",
        GivenTo e => $"It was given to {e.Holder.Officer}.",
        Acknowledged e => $"{e.Officer} acknowledged that it has climbed to the CME lead.",
        WentOffRoll e => e.LeavingDate is { } last
            ? $"The school says that the child left on {last.ToString("d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"))}, without ground and destination. The case stays open."
            : "The school's list no longer has the child. The case stays open until the school says where the child went.",
        PlaceSettled { BackOnRoll: true } => "The child is on the school's list again.",
        PlaceSettled => "The school has given the ground and the destination.",
        RepeatNoted e => $"The child has gone missing again and again: with this, {e.Number} times in {Cme.Domain.Children.RepeatEpisodes.Days} days. Patterns, such as "
            + "exploitation, are to be looked for (DOR-51).",
        RemovedFromRoll { Unmet.IsEmpty: true } e => $"The name came off the roll on ground {e.Ground}; the last day on it is {Day(e.On)}. Every condition was met.",
        RemovedFromRoll e => $"The name came off the roll on ground {e.Ground} all the same; the last day on it is {Day(e.On)}. Not met: {List(e.Unmet)}. The duty desk is told.",
        PutBackOnRoll => "The name is on the roll again.",
        RemovalGateClosed e => $"The name may no longer be removed on ground {e.Ground}. Open again: {List(e.Unmet)}.",
        ReferralJoined { Kind: Concerns.ConcernDesk.Kind } => "The council joined to it something that it was told.",
        ReferralJoined e => $"A referral was joined to it: {e.Referral}.",
        _ => $"{Words(happened.Name)}.",
    };

    private static string Move(MovedDeadline moved) => moved switch
    {
        // Taken away with its time may be the whole deed, so that nobody takes for done what is owed again.
        { DoneBefore: not null } when moved.From == moved.To => $"{Plain(moved.Step)}, which had been done, is to be done again by {Day(London.DateOf(moved.To))}",
        { DoneBefore: not null } => $"{Plain(moved.Step)}, which had been done, is to be done again, by {Day(London.DateOf(moved.To))} and no longer by {Day(London.DateOf(moved.From))}",
        _ => $"{Plain(moved.Step)}, from {Day(London.DateOf(moved.From))} to {Day(London.DateOf(moved.To))}",
    };

    private static string Act(Deed deed) =>
        $"{Words(deed.Action)}{(deed.Whom is { } whom ? $" ({Parties.Words(whom)})" : "")}{(deed.Together is { } other ? $", with {other}," : "")}";

    private static string Who(Performer by) => $"{by.Name} ({Roles.Title(by.Role).ToLowerInvariant()})";

    /// <summary>The rule for whoever wants to look it up; the product's own steps have none.</summary>
    private static string Rule(string clause) => clause == "product" ? "" : $" ({clause})";

    private static string Told(int level) => level switch
    {
        1 => "The designated safeguarding lead is named.",
        2 => "It has climbed to the head.",
        3 => "It has climbed to the duty desk.",
        4 => "It has climbed to the CME lead.",
        _ => "It is with its owner.",
    };

    private static string Session(SessionOf session) =>
        $"{Day(session.Date)}, {(session.Session == Cme.Domain.Calendars.Session.Am ? "morning" : "afternoon")}";

    private static string Day(DateOnly date) => date.ToString("dddd d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));

    private static string Code(string code) => code.Length == 0 ? "no mark" : $"code {code}";

    private static string List(ImmutableArray<string> ids) => string.Join(", ", ids.Select(Plain));

    private static string Words(string id) => Plain(id) is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : "";

    private static string Plain(string id) => id.Replace('-', ' ');
}
