using System.Text.Json;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Simulation.Oracle;
using Cme.Simulation.Store;
using Cme.Simulation.World;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.States;

namespace Cme.Simulation.Checks;

/// <summary>
/// Looks whether what is stored is what ought to be: at the oracle for what is owed and by whom, at the history for what was noticed
/// and how often. Everything is looked at in the database, as somebody who does not trust the program would.
/// </summary>
internal sealed class Invariants(MemoryDatabase database, ProcedurePack pack)
{
    private readonly Dictionary<string, long> _checked = [];

    /// <summary>Of one pupil: the episodes that there ought to be, and in the open one what ought to be owed.</summary>
    public void CheckPupil(string authority, string urn, string pupil, SchoolModel model, DateTimeOffset now)
    {
        var child = database.Pupils[(authority, urn, pupil)].Pupil.ChildId;
        var episodes = EpisodesOf(urn, child);
        var cases = model.Cases.GetValueOrDefault(pupil, []);
        Violation.Unless(
            episodes.Count(row => row.Status == "open") <= 1, Never.OpenTwo, () => $"{pupil} of {urn}: {string.Join(", ", episodes.Select(Text))}");
        Violation.Unless(
            episodes.Select(Text).SequenceEqual(cases.Select(Text)), Never.MiscountACorrection,
            () => $"{pupil} of {urn} has [{string.Join("; ", episodes.Select(Text))}] and ought to have [{string.Join("; ", cases.Select(Text))}]");
        for (var at = 0; at < cases.Count; at++)
        {
            CheckAnyPack(pupil, episodes[at], cases[at]);
            if (pack.Id != Planner.KnownPack) { continue; }
            CheckOwed(pupil, episodes[at], cases[at], now);
            CheckTold(pupil, episodes[at], cases[at], now);
        }
    }

    /// <summary>Of every episode that changed since the last look: its history, its head and what it escalated.</summary>
    public void CheckHistories()
    {
        foreach (var row in database.Episodes.Values.Where(row => _checked.GetValueOrDefault(row.Reference) != row.Version))
        {
            _checked[row.Reference] = row.Version;
            var history = database.HistoryOf(row.Reference);
            Violation.Unless(
                history.Select(happened => happened.Version).SequenceEqual(Enumerable.Range(1, history.Length).Select(version => (long)version)),
                Never.ChangeHistory, () => $"{row.Reference} has the events {string.Join(' ', history.Select(happened => happened.Version))}");
            CheckFold(row, history);
            CheckNoticed(row, history);
            Violation.Unless(row.Status != "open" || row.Owner is { Length: > 0 }, Never.LeaveNobodyResponsible, () => row.Reference);
        }
    }

    /// <summary>Once everything that is due was looked at.</summary>
    public void CheckNothingIsUnnoticed(DateTimeOffset now) =>
        Violation.Unless(
            database.Due.Count == 0 || database.Due.Min.At > now, Never.MissADeadline,
            () => $"{database.Due.Min.Episode} was to be looked at on {WallClock.Text(database.Due.Min.At)}, and it is {WallClock.Text(now)}");

    /// <summary>The register of a session as stored, against every mark that was acknowledged.</summary>
    public void CheckSheet(string authority, string urn, Slot slot, HeldRegister expected)
    {
        var shelf = database.Registers.GetValueOrDefault(new(authority, urn));
        var stored = shelf?.Sheets.GetValueOrDefault((slot.Day, slot.Name))?[^1].Sheet.Marks.Select(mark => $"{mark.SchoolPupilId}={mark.Code}{mark.ReportedBy}") ?? [];
        var ought = expected.Marks.Select(mark => $"{mark.Key}={mark.Value.Code}{mark.Value.Reporter}");
        Violation.Unless(
            stored.Order(StringComparer.Ordinal).SequenceEqual(ought.Order(StringComparer.Ordinal)), Never.LoseAnAcknowledgedWrite,
            () => $"the register of {slot} at {urn} holds [{string.Join(' ', stored)}] and ought to hold [{string.Join(' ', ought)}]");
    }

    /// <summary>How often an act, known by its note, is in the history.</summary>
    public int TimesRecorded(string episode, string note) => database.HistoryOf(episode)
        .Count(happened => happened.Type == "ActionRecorded" && happened.Data.GetProperty("deed").TryGetProperty("note", out var kept) && kept.GetString() == note);

    public List<EpisodeRow> EpisodesOf(string urn, string child) =>
        [.. database.Episodes.Values.Where(row => row.Urn == urn && row.ChildId == child).OrderBy(row => row.OpenedAt)];

    // What holds whatever the procedure asks: nothing is owed of what is closed, nothing is late that nobody was told of, everything
    // is somebody's, and nobody is sent to a family that must not be contacted.
    private void CheckAnyPack(string pupil, EpisodeRow row, Case ought)
    {
        var open = database.ObligationsOf(row.Reference).Where(owed => owed.State == "open").ToList();
        Violation.Unless(ought.IsOpen || open.Count == 0, Never.DependOnLooking, () => $"{pupil}: {row.Reference} is closed and still owes something");
        Violation.Unless(open.TrueForAll(owed => owed is { Role.Length: > 0, Org.Length: > 0 }), Never.LeaveNobodyResponsible, () => $"{pupil}: a step of {row.Reference} is nobody's");
        var told = database.HistoryOf(row.Reference).Where(happened => happened.Type == "BecameOverdue")
            .Select(happened => happened.Data.GetProperty("obligationId").GetString()).ToHashSet();
        Violation.Unless(
            open.TrueForAll(owed => owed.OverdueAt is null || told.Contains(owed.Id)), Never.MissADeadline, () => $"{pupil}: {row.Reference} is late with something, and nobody was told");
        Violation.Unless(
            !ought.NoFamilyContact || !open.Exists(owed => pack.Steps.Any(step => step.Id == owed.Step && step.ContactsFamily)), Never.LeaveNobodyResponsible,
            () => $"{pupil}: {row.Reference} sends somebody to a family that must not be contacted");
    }

    private void CheckOwed(string pupil, EpisodeRow row, Case ought, DateTimeOffset now)
    {
        var stored = database.ObligationsOf(row.Reference).Where(owed => owed.State != "superseded").ToList();
        if (!ought.IsOpen)
        {
            Violation.Unless(stored.TrueForAll(owed => owed.State != "open"), Never.DependOnLooking, () => $"{pupil}: {row.Reference} is closed and still owes something");
            return;
        }
        var are = stored.Where(owed => Ladder.Steps.Contains(owed.Step)).Select(Text).Order(StringComparer.Ordinal).ToList();
        var should = Ladder.At(ought, now).Select(owed => owed.ToString()).Order(StringComparer.Ordinal).ToList();
        Violation.Unless(
            are.SequenceEqual(should), Never.DependOnLooking,
            () => $"{pupil} ({row.Reference}, first missing {ought.First}) at {WallClock.Text(now)}:\n      only stored: {string.Join("; ", are.Except(should))}\n      only owed:   {string.Join("; ", should.Except(are))}");
    }

    // The snapshot is what the history folds to, or the next activation would know another truth.
    private void CheckFold(EpisodeRow row, IReadOnlyList<EventRow> history)
    {
        var folded = history.Select(happened => EventCodec.Read(happened.Type, happened.HappenedAt, happened.KnownAt, happened.Data)).Aggregate(Episode.Initial, Decider.Evolve);
        var kept = StateJson.Read<EpisodeWrite>(database.States[(StateWriter.EpisodeState, row.Reference)].Payload).Snapshot;
        Violation.Unless(JsonSerializer.Serialize(folded, EventCodec.Options) == kept, Never.ChangeHistory, () => $"{row.Reference}: the head is not what its history says");
    }

    private static void CheckNoticed(EpisodeRow row, IReadOnlyList<EventRow> history)
    {
        var noticed = history.Where(happened => happened.Type is "BecameOverdue" or "Escalated")
            .Select(happened => (happened.Type, Owed: happened.Data.GetProperty("obligationId").GetString(), Level: happened.Data.GetProperty("level").GetInt32(), happened.HappenedAt)).ToList();
        var twice = noticed.GroupBy(one => one).FirstOrDefault(group => group.Count() > 1);
        Violation.Unless(twice is null, Never.MissADeadline, () => $"{row.Reference} noticed {twice!.Key} {twice.Count()} times");
    }

    // What was told, level by level and at the instants of the rule: nothing else, nothing twice, and nothing by the time somebody looked.
    private void CheckTold(string pupil, EpisodeRow row, Case ought, DateTimeOffset now)
    {
        ought.Notice(now);
        var told = database.HistoryOf(row.Reference).Where(happened => happened.Type is "BecameOverdue" or "Escalated")
            .Select(happened => (Step: happened.Data.GetProperty("step").GetString()!, Level: happened.Data.GetProperty("level").GetInt32(), happened.HappenedAt))
            .Where(one => Ladder.Steps.Contains(one.Step)).Select(one => $"{one.Step} level {one.Level} {WallClock.Text(one.HappenedAt)}").Order(StringComparer.Ordinal).ToList();
        var should = ought.Told.Select(one => $"{one.Step} level {one.Level} {WallClock.Text(one.At)}").Order(StringComparer.Ordinal).ToList();
        Violation.Unless(
            told.SequenceEqual(should), Never.MissADeadline,
            () => $"{pupil} ({row.Reference}): told [{string.Join("; ", Less(told, should))}] too much and [{string.Join("; ", Less(should, told))}] too little");
    }

    private static List<string> Less(IEnumerable<string> all, IEnumerable<string> taken)
    {
        var left = all.ToList();
        foreach (var one in taken)
        {
            left.Remove(one);
        }
        return left;
    }

    private static string Text(EpisodeRow row) =>
        $"{row.Status} {row.FirstDayMissing:d MMM} opened {WallClock.Text(row.OpenedAt)} {row.Closure}".TrimEnd();

    private static string Text(Case one) =>
        $"{(one.IsOpen ? "open" : "closed")} {one.First.Day:d MMM} opened {WallClock.Text(one.OpenedAt)} {one.Closure}".TrimEnd();

    private static string Text(ObligationRecord owed) => new Owed(
        owed.Step, owed.Role, owed.DueAt, owed.ActBy, owed.State == "satisfied" ? owed.DueAt : null, owed.State == "suppressed", owed.Level, owed.OverdueAt is not null).ToString();
}
