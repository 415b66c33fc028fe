using System.Globalization;
using Cme.Contracts;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain.Procedures;
using Cme.Runtime.Embedded.Simulation;
using Cme.Simulation.Checks;
using Cme.Simulation.Engine;
using Cme.Simulation.Oracle;
using Cme.Simulation.World;
using Cme.Storage.Schools;

namespace Cme.Simulation;

/// <summary>What came of a simulation.</summary>
/// <param name="Trace">Two runs with the same trace took the same course.</param>
/// <param name="Failure">Null if nothing happened that must never happen.</param>
/// <param name="Story">What happened, if it was asked for.</param>
internal sealed record Verdict(ulong Trace, Violation? Failure, IReadOnlyList<string> Story, Figures Figures);

/// <summary>How much a simulation went through.</summary>
internal sealed record Figures(int Happenings, int Episodes, int Events, int Faults, int Deaths);

/// <summary>
/// Lives a plan through: tells the program and the oracle the same things, lets time pass, and looks after each thing whether what is
/// stored is what ought to be.
/// </summary>
internal sealed partial class Simulation
{
    private const string Authority = "940";

    private readonly Plan _plan;
    private readonly Machine _machine;
    private readonly Invariants _invariants;
    private readonly List<SchoolModel> _models = [];
    private readonly List<string>? _story;
    private readonly List<(string Episode, string Note)> _acknowledged = [];
    private readonly Dictionary<string, int> _told = [];

    private Simulation(Plan plan, bool withStory)
    {
        _plan = plan;
        _machine = new Machine(plan.Seed, plan.Begins, ChaosOf(plan));
        _invariants = new Invariants(_machine.Database, PackCatalogue.Shipped[plan.Pack]);
        _story = withStory ? [] : null;
    }

    public static Verdict Run(Plan plan, bool withStory = false)
    {
        var simulation = new Simulation(plan, withStory);
        Violation? failure = null;
        try
        {
            simulation.Live();
        }
        catch (Violation found)
        {
            failure = found;
        }
#pragma warning disable CA1031 // A simulation that breaks down is a finding, with its seed, and the next seed goes on.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            failure = new Violation(Never.StandStill, broken.ToString());
        }
        var database = simulation._machine.Database;
        var trace = simulation._machine.Order.Trace;
        foreach (var row in database.Episodes.Values)
        {
            trace.Add($"{row.Reference} {row.Version} {row.Status} {row.UpdatedAt.UtcTicks}");
        }
        return new Verdict(trace.Hash, failure, simulation._story ?? [], new Figures(
            plan.Happenings.Count, database.Episodes.Count, database.Events.Values.Sum(history => history.Count), simulation._machine.Faults, simulation._machine.Deaths));
    }

    private static ChaosOptions? ChaosOf(Plan plan) => plan.Weather is { IsCalm: true, CopyEverything: false } ? null : new ChaosOptions
    {
        Seed = plan.Seed, LateTicks = plan.Weather.LateTicks / 1000.0, DoubledTicks = plan.Weather.DoubledTicks / 1000.0,
        LostTicks = plan.Weather.LostTicks / 1000.0, Deactivations = plan.Weather.Deactivations / 1000.0,
        WriteConflicts = plan.Weather.Conflicts / 1000.0, CopyEverything = plan.Weather.CopyEverything,
    };

    private void Live()
    {
        _machine.Order.Chance = Chance.For(_plan.Seed, 3);
        _machine.Start();
        SetUp();
        foreach (var happening in _plan.Happenings)
        {
            _machine.Order.Chance = Chance.For(_plan.Seed, 4, happening.Id);
            if (happening.Fault is { } early && happening.Id % 3 == 0)
            {
                _machine.PlanFault(early.Fault, early.Writes);       // It strikes while time passes, if anything is written then.
            }
            _machine.MoveTo(happening.At);
            Nudge();
            if (happening.Fault is { } fault)
            {
                _machine.PlanFault(fault.Fault, fault.Writes);
            }
            Tell(happening);
            Happen(happening);
            Settle();
            CheckAll();
            TellWhatCameOfIt();
        }
        _machine.MoveTo(_plan.Ends);
        Settle();
        CheckAll();
        CheckAtTheEnd();
    }

    private void SetUp()
    {
        _machine.Run(() => _machine.Service<ISchools>().PutAuthorityAsync(new AuthorityRecord(Authority, "Nene Valley Council")));
        for (var number = 0; number < _plan.Schools.Count; number++)
        {
            var school = _plan.Schools[number];
            _models.Add(new SchoolModel(school.Calendar));
            UntilDone(() => SchoolGrain(number).Put(new SchoolDetails { Authority = Authority, Urn = school.Urn, Name = $"School {number + 1}", Pack = _plan.Pack }));
            UntilDone(() => SchoolGrain(number).PutCalendar(CalendarOf(school.Calendar)));
            UntilDone(() => SchoolGrain(number).ChangeRoll(new RollChange { Full = true, Pupils = [.. school.Pupils.Select(PupilOf)] }));
            _models[number].List(school.Pupils, _machine.Now);
        }
    }

    private void Happen(Happening happening)
    {
        switch (happening)
        {
            case RegisterSent sent:
                Send(sent);
                break;
            case ActRecorded act:
                Record(act);
                break;
            case CalendarPublished published:
                Publish(published);
                break;
            case RollSent roll:
                List(roll);
                break;
            case EverybodyLooks:
                LookAtEverything();
                break;
            case ProgramDies:
                _machine.Die();
                break;
        }
    }

    // ------------------------------------------------------------------------------------------------------ what happens

    private void Send(RegisterSent sent)
    {
        var model = _models[sent.School];
        var before = SheetsOf(sent.School);
        var refusal = model.Refusal(sent.Register, _machine.Now);
        var answer = UntilDone(() => SchoolGrain(sent.School).TakeRegister(Submission(sent.Register)), sent.Copies);
        Violation.Unless(answer.Outcome.RefusalCode == refusal, Never.HalfApply,
            () => $"the register of {sent.Register.Slot} was answered with {answer.Outcome.RefusalCode ?? "yes"} and ought to be with {refusal ?? "yes"}");
        if (refusal is not null)
        {
            Violation.Unless(SheetsOf(sent.School) == before, Never.HalfApply, () => $"a refused register of {sent.Register.Slot} was stored");
            return;
        }
        var rejected = model.Take(sent.Register, _machine.Now);
        Violation.Unless(answer.Rejected == rejected, Never.HalfApply, () => $"{answer.Rejected} marks were rejected and {rejected} ought to be");
        _invariants.CheckSheet(Authority, _plan.Schools[sent.School].Urn, sent.Register.Slot, model.RegisterOf(sent.Register.Slot));
    }

    private void Record(ActRecorded act)
    {
        var model = _models[act.School];
        if (model.Latest(act.Pupil) is null || ReferenceOf(act.School, act.Pupil) is not { } reference)
        {
            return;
        }
        var note = string.Create(CultureInfo.InvariantCulture, $"act {act.Id}");
        var at = _machine.Now - act.Ago;
        var answer = _machine.Call(async () => await _machine.Grain<IEpisodeGrain>(reference).Record(new RecordAction
        {
            Action = act.Action, Outcome = act.Outcome, At = at, Note = note, PerformerName = "Priya Patel", PerformerRole = "dsl", RecordedBy = "simulation", Whom = act.Whom,
        }))[0] as ActionAnswer;
        var times = _invariants.TimesRecorded(reference, note);
        Violation.Unless(times <= 1, Never.HalfApply, () => $"{note} is in the history {times} times");
        if (answer is null && times == 0)
        {
            return;                                                  // It was not acknowledged, and it is not there.
        }
        var refusal = model.Act(act.Pupil, act.Action, act.Outcome, at, _machine.Now);
        if (answer is not null)
        {
            Violation.Unless(answer.Outcome.RefusalCode == refusal, Never.HalfApply,
                () => $"{act.Action} {act.Outcome} for {act.Pupil} was answered with {answer.Outcome.RefusalCode ?? "yes"} and ought to be with {refusal ?? "yes"}");
        }
        Violation.Unless(times == (refusal is null ? 1 : 0), Never.LoseAnAcknowledgedWrite, () => $"{note} was acknowledged and is in the history {times} times");
        if (refusal is null)
        {
            _acknowledged.Add((reference, note));
        }
    }

    private void Publish(CalendarPublished published)
    {
        var model = _models[published.School];
        var calendar = model.Calendar with { Closed = [.. model.Calendar.Closed.Except(published.Open).Union(published.Close)] };
        UntilDone(() => SchoolGrain(published.School).PutCalendar(CalendarOf(calendar)));
        model.Publish(calendar, _machine.Now);
    }

    private void List(RollSent roll)
    {
        var model = _models[roll.School];
        var next = model.Pupils.Values.Select(pupil => roll.Changed.FirstOrDefault(other => other.Id == pupil.Id) ?? pupil).ToList();
        var kept = next.Where(pupil => roll.Full ? !roll.Lost.Contains(pupil.Id) : roll.Changed.Any(other => other.Id == pupil.Id)).ToList();
        var lost = roll.Full ? model.Pupils.Values.Count(pupil => pupil.OnList && roll.Lost.Contains(pupil.Id)) : 0;
        var answer = UntilDone(() => SchoolGrain(roll.School).ChangeRoll(new RollChange { Full = roll.Full, Pupils = [.. kept.Select(PupilOf)] }));
        var refused = answer.Outcome.RefusalCode == "roll-shrunk";
        Violation.Unless(refused == lost > 5, Never.RemoveByList, () => $"a list that lost {lost} of {model.Pupils.Count} pupils was answered with {answer.Outcome.RefusalCode ?? "yes"}");
        if (!refused)
        {
            model.List([.. next.Select(pupil => kept.Contains(pupil) ? pupil with { OnList = true } : roll.Full ? pupil with { OnList = false } : pupil)], _machine.Now);
        }
    }

    private void LookAtEverything()
    {
        var references = _machine.Database.Episodes.Keys.ToList();
        _machine.Call([.. references.Select(reference => (Func<Task<object>>)(async () =>
        {
            await _machine.Grain<IEpisodeGrain>(reference).Look();
            return await _machine.Grain<IEpisodeGrain>(reference).Obligations(null);
        }))]);
        CheckBoards();
    }

    // ------------------------------------------------------------------------------------------------- what ought to be

    /// <summary>The faults of this moment are over: what is owed is delivered, and who must look has looked.</summary>
    private void Settle()
    {
        Nudge();
        _machine.DeliverEverything();
        _machine.LookAtWhatIsDue();
        foreach (var model in _models)
        {
            model.PassTime(_machine.Now);
        }
    }

    // A reminder may be ten minutes late in foul weather, and then so is what it would have noticed: the oracle is never late, and
    // the rows know which school must look.
    private void Nudge()
    {
        if (!_plan.Weather.IsCalm)
        {
            _machine.LookAtRegisters();
        }
    }

    private void CheckAll()
    {
        var now = _machine.Now;
        _invariants.CheckNothingIsUnnoticed(now);
        for (var school = 0; school < _models.Count; school++)
        {
            foreach (var pupil in _models[school].Pupils.Keys)
            {
                _invariants.CheckPupil(Authority, _plan.Schools[school].Urn, pupil, _models[school], now);
            }
            CountCheck.Of(_machine.Database, Authority, _plan.Schools[school].Urn, _models[school], now);
        }
        _invariants.CheckHistories();
        Violation.Unless(
            !_plan.Weather.IsCalm || _machine.Faults > 0 || _machine.Deaths > 0 || _machine.Woken.Count == 0, Never.MissADeadline,
            () => $"the auditor had to wake {_machine.Woken[0]}, and nothing had gone wrong");
    }

    private void CheckBoards()
    {
        var boards = Boards();
        _machine.Publish(boards);
        Violation.Unless(_machine.Database.Unpublished.Count == 0, Never.ShowAnotherBoard, () => "something committed has no number");
        foreach (var board in boards)
        {
            var shown = _machine.Run(() => _machine.Grain<IBoardGrain>(board).Since(null, null, TimeSpan.Zero));
            var shows = shown.Rows.Select(row => $"{row.Reference} {row.Version} {row.Level} {row.OverdueCount}").Order(StringComparer.Ordinal);
            var ought = _machine.Database.Episodes.Values.Where(row => row.Status == "open" && IsOn(board, row))
                .Select(row => $"{row.Reference} {row.Version} {row.Level} {row.OverdueCount}").Order(StringComparer.Ordinal);
            Violation.Unless(shows.SequenceEqual(ought), Never.ShowAnotherBoard, () => $"{board} shows [{string.Join("; ", shows)}] and ought to show [{string.Join("; ", ought)}]");
        }
    }

    private void CheckAtTheEnd()
    {
        CheckBoards();
        foreach (var (episode, note) in _acknowledged)
        {
            Violation.Unless(_invariants.TimesRecorded(episode, note) == 1, Never.LoseAnAcknowledgedWrite, () => $"{note} of {episode}");
        }
        for (var school = 0; school < _models.Count; school++)
        {
            foreach (var (slot, register) in _models[school].Registers)
            {
                _invariants.CheckSheet(Authority, _plan.Schools[school].Urn, slot, register);
            }
        }
    }

    private static bool IsOn(string board, Cme.Storage.Episodes.EpisodeRow row) =>
        board == Keys.Desk(Authority) ? row.Flagged || row.Level >= 3 || row.Owner == Authority
        : board == Keys.Lead(Authority) ? row.Level >= 4
        : board == Keys.SchoolBoard(Authority, row.Urn);

    private List<string> Boards() =>
        [Keys.Desk(Authority), Keys.Lead(Authority), .. _plan.Schools.Select(school => Keys.SchoolBoard(Authority, school.Urn))];

    // ------------------------------------------------------------------------------------------------- calls and documents

    /// <summary>Sends until it is acknowledged, as a school's system does.</summary>
    private T UntilDone<T>(Func<Task<T>> send, int copies = 1)
        where T : class
    {
        for (var tries = 0; tries < 60; tries++)
        {
            var answers = _machine.Call([.. Enumerable.Repeat<Func<Task<object>>>(async () => await send(), copies)]);
            if (answers.OfType<T>().FirstOrDefault() is { } answer)
            {
                return answer;
            }
        }
        throw new Violation(Never.StandStill, "nothing was acknowledged in 60 tries");
    }

    private ISchoolGrain SchoolGrain(int school) => _machine.Grain<ISchoolGrain>(Keys.School(Authority, _plan.Schools[school].Urn));

    private int SheetsOf(int school) =>
        _machine.Database.Registers.GetValueOrDefault(new(Authority, _plan.Schools[school].Urn))?.Sheets.Values.Sum(kept => kept.Count) ?? 0;

    private string? ReferenceOf(int school, string pupil)
    {
        var urn = _plan.Schools[school].Urn;
        return _invariants.EpisodesOf(urn, _machine.Database.Pupils[(Authority, urn, pupil)].Pupil.ChildId) is [.., var latest] ? latest.Reference : null;
    }

    private static RegisterSubmission Submission(SentRegister sent) => new()
    {
        Date = sent.Slot.Day, Session = sent.Slot.Name, AsOf = sent.AsOf, Complete = sent.Complete, Correction = sent.Correction,
        Marks = [.. sent.Marks.Select(mark => new MarkEntry { Pupil = mark.Pupil, Code = mark.Code, ReportedBy = mark.Reporter })],
    };

    private static SchoolYearCalendar CalendarOf(TermTimes calendar) => new()
    {
        SchoolYear = "2026-27",
        Terms = [.. calendar.Terms.Select(term => new TermDates(term.From, term.To))],
        Closures = [.. calendar.Closed.Order().Where(TermTimes.IsWorkingDay).Select(day => new ClosureDay(day, "#"))],
        Am = new(new(8, 50), new(9, 20)), Pm = new(new(13, 0), new(13, 15)), DayEnds = new(15, 30),
    };

    private static Pupil PupilOf(Listed pupil, int index) => new()
    {
        Index = index, SchoolPupilId = pupil.Id, Forename = "Synthetic", Surname = pupil.Id, DateOfBirth = new(2017, 3, 4), Sex = "F",
        YearGroup = pupil.YearGroup, EntryDate = pupil.Entry, LeavingDate = pupil.Leaving, Flags = [.. pupil.Flags],
    };
}
