using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Contracts.Schools;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
using Cme.Domain.Procedures;
using Cme.Domain.Registers;
using Cme.Grains.Episodes;
using Cme.Grains.Rules;
using Cme.Storage;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans;
using Orleans.Runtime;

namespace Cme.Grains.Schools;

/// <summary>
/// A school's details, calendar, roll and registers. What it holds in memory is a cache of rows: it is read when the grain
/// wakes, and forgotten whenever a write may or may not have landed.
/// </summary>
internal sealed partial class SchoolGrain(
    ISchools schools, IRegisters registers, IEpisodes episodes, IRulebook rulebook, [FromKeyedServices(Clock.Business)] TimeProvider clock,
    ILogger<SchoolGrain> logger) : Grain, ISchoolGrain, IRemindable
{
    private (string Authority, string Urn) _key;
    private SchoolRecord? _school;
    private SchoolCalendar? _calendar;
    private SchoolRoll _roll = SchoolRoll.Empty;
    private RegisterBook? _book;
    private ImmutableHashSet<string> _toldOwing = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = SchoolKey.Parse(this.GetPrimaryKeyString());
        _school = await schools.GetAsync(_key.Authority, _key.Urn, cancellationToken);
        if (_school is null)
        {
            return;
        }
        _calendar = await rulebook.Calendar(_key.Authority, _key.Urn);
        var leaves = await schools.LeavesAsync(_key.Authority, _key.Urn, null, cancellationToken);
        _roll = SchoolRoll.Of(await schools.ReadRollAsync(_key.Authority, _key.Urn, cancellationToken), LeaveRecord.AsOf(leaves, null));
        Owe(await registers.UndeliveredAsync(_key.Authority, _key.Urn, cancellationToken));
        _book = _calendar is null ? null : await ReadBook(_roll);
        _toldOwing = [.. await registers.ToldOwingAsync(_key.Authority, _key.Urn, cancellationToken)];
        await TellOfLeavesSince(leaves);
        await PassTime();
        if (_book is not null && !_roll.ChangedPlaces(_toldOwing).IsEmpty)
        {
            await Rebase(isNews: false);                             // The roll was stored, and we died before its news was.
        }
    }

    public async Task<Outcome> Put(SchoolDetails details)
    {
        if (details.Pack is { } pack && !PackCatalogue.Shipped.OfSchools.Contains(pack))
        {
            return Outcome.Refused("unknown-pack", $"No procedure pack for schools is called '{pack}'. Installed: {string.Join(", ", PackCatalogue.Shipped.OfSchools)}.");
        }
        if (await schools.GetAuthorityAsync(_key.Authority) is null)
        {
            return Outcome.Refused("unknown-authority", "The authority is not set up here. Ask whoever runs the service.");
        }
        if (details.IfMatch.Refusal(_school?.Version) is { } stale)
        {
            return stale;
        }
        var school = new SchoolRecord
        {
            Authority = _key.Authority, Urn = _key.Urn, Name = details.Name, Kind = details.Kind, Pack = details.Pack, Commissioner = details.Commissioner,
        };
        var version = await Durably(() => schools.PutAsync(school));
        _school = school with { Version = version };
        return Outcome.Done(version, []);
    }

    public async Task<CalendarAnswer> PutCalendar(SchoolYearCalendar calendar)
    {
        if (_school is null)
        {
            return new CalendarAnswer { Outcome = UnknownSchool() };
        }
        var document = calendar.ToDomain();
        if (Invalid(document) is { } invalid)
        {
            return invalid;
        }
        var body = JsonSerializer.Serialize(document, JsonSerializerOptions.Web);
        if (await Stale(calendar, body) is { } stale)
        {
            return new CalendarAnswer { Outcome = stale };
        }
        var version = await Durably(() => schools.PublishCalendarAsync(_key.Authority, _key.Urn, document.SchoolYear, body, clock.GetUtcNow()));
        return new CalendarAnswer { Outcome = Outcome.Done(version, []), Moved = await BringToCalendars() };
    }

    public async Task<RollAnswer> ChangeRoll(RollChange change)
    {
        if (_school is null)
        {
            return new RollAnswer { Outcome = UnknownSchool() };
        }
        if (change.IfMatch.Refusal(_roll.Version == 0 ? null : _roll.Version) is { } stale)
        {
            return new RollAnswer { Outcome = stale };
        }
        var check = RollCheck.Of(change);
        if (change.Full && _roll.Shrinks(change, check) is { } shrunk)
        {
            return new RollAnswer { Outcome = shrunk, Rejected = check.Rejected, Items = check.Items };
        }
        await TellFlags(check.Good);
        // A pupil whose item was rejected is on the list all the same: a slip in the data takes nobody off it.
        var stored = await Durably(() => schools.ChangeRollAsync(
            _key.Authority, _key.Urn, change.Full, [.. check.Good.Select(RollWire.ToRecord)], [.. check.Named]));
        _roll = SchoolRoll.Of(await Durably(() => schools.ReadRollAsync(_key.Authority, _key.Urn)), _roll.Leaves);
        await Rebase(stored.Pupils.Any(pupil => pupil.Changed) || !stored.NotOnList.IsEmpty);
        return RollWire.Answer(check, stored, _roll.Version);
    }

    public async Task<RegisterAnswer> TakeRegister(RegisterSubmission submission)
    {
        if (_school is null)
        {
            return new RegisterAnswer { Outcome = UnknownSchool() };
        }
        await PassTime();
        if (_book is not null)
        {
            await _book.ReachBack(registers, submission.Date);
        }
        var now = clock.GetUtcNow();
        var held = _book?.Window.Find(submission.ToSession());
        if (submission.IfMatch.Refusal(held?.Revision) is { } stale)
        {
            return new RegisterAnswer { Outcome = stale };
        }
        var change = Sheet.Merge(held, submission.ToDomain(), _roll.Roll, _calendar, now);
        if (change.Effect is SheetEffect.Changed or SheetEffect.Confirmed)
        {
            var seen = await SeenHere(change.Sheet!);
            await Keep((await Reaching(book => book.Take(change.Sheet!, now))).With(seen), now);
        }
        return RegisterWire.Answer(change);
    }

    /// <summary>Delivers what the rows say is owed: memory may be short of what was delivered and could not be noted as such.</summary>
    public async Task DeliverSignals()
    {
        var owed = await registers.UndeliveredAsync(_key.Authority, _key.Urn);
        _owed.Clear();
        Owe(owed);
        await Deliver([.. _owed.Keys]);
    }

    /// <summary>
    /// Marks of a register that say that a child was seen here who is missing from another school: dual registered, or moved. That
    /// school's people hear of it; this one's own registers say nothing about its absence. The episode knows what it has heard.
    /// </summary>
    private async Task<ImmutableArray<PupilSeen>> SeenHere(Sheet sheet)
    {
        var missing = await Durably(() => episodes.MissingElsewhereAsync(_key.Authority, _key.Urn, _roll.Children));
        return
        [
            .. from child in missing
               from pupil in _roll.PupilsOf(child)
               let position = _roll.Roll.Find(pupil)!.Value
               let mark = sheet[position]
               where mark is { Code.IsSeen: true }
               select new PupilSeen(pupil, sheet.Session, mark.Value),
        ];
    }

    /// <summary>A change of the book that reaches back as far as the runs and counts that it tells of: none may begin where memory ends.</summary>
    private async Task<BookChange> Reaching(Func<RegisterBook, BookChange> change)
    {
        var changed = change(_book!);
        while (changed.MayBeginEarlier && _book!.FurtherBack is { } earlier)
        {
            await Durably(async () =>
            {
                await _book.ReachBack(registers, earlier);
                return true;
            });
            changed = change(_book);
        }
        return changed;
    }

    /// <summary>
    /// Everybody's situation again, under a changed roll or calendar. What is sent again unchanged may have been stored by a call
    /// that failed before anybody was told, so that everybody concerned is told again.
    /// </summary>
    private async Task Rebase(bool isNews = true)
    {
        if (_calendar is null)
        {
            return;
        }
        var now = clock.GetUtcNow();
        _book ??= await Durably(() => ReadBook(_roll));
        var places = _roll.ChangedPlaces(_toldOwing);
        if (isNews)
        {
            await Keep(_book.On(_roll, _calendar, places), now);
        }
        else
        {
            var were = await Durably(() => Missing(_ => true));
            await _book.ReachBack(registers, were.Values.Select(session => session.Date).Append(_book.Window.From).Min());
            await Keep(_book.Again(were, places), now);
        }
    }

    /// <summary>
    /// The registers as they are stored. Whose marks were taken away is no longer missing by them, and is waited for all the same
    /// while the child's episode is open.
    /// </summary>
    private async Task<RegisterBook> ReadBook(SchoolRoll roll)
    {
        var book = await RegisterBook.Read(registers, _key, roll, _calendar!, clock.GetUtcNow());
        book.Await(await Missing(pupil => !book.Window.IsStanding(pupil)));
        return book;
    }

    /// <summary>Pupils who have an open episode, each with its first session.</summary>
    /// <param name="of">Which of them.</param>
    private async Task<Dictionary<string, SessionOf>> Missing(Func<string, bool> of)
    {
        var missing = new Dictionary<string, SessionOf>();
        foreach (var open in await episodes.OpenOfSchoolAsync(_key.Authority, _key.Urn))
        {
            if (open.Kind == "whereabouts" && _roll.PupilsOf(open.ChildId).Where(of).ToList() is { Count: > 0 } pupils
                && await FirstOf(open.Reference) is { } first)
            {
                pupils.ForEach(pupil => missing[pupil] = first);
            }
        }
        return missing;
    }

    /// <summary>The first session of an open episode. One that is damaged must not keep its school from taking registers.</summary>
    private async Task<SessionOf?> FirstOf(string reference)
    {
        try
        {
            return (await GrainFactory.GetGrain<IEpisodeGrain>(reference).Standing()).ToDomain() is { Status: EpisodeStatus.Open } standing ? standing.First : null;
        }
        catch (Exception why) when (why is not (OutOfMemoryException or StorageUnavailableException))
        {
            LogNotAsked(logger, why, _key.Urn, reference);
            return null;
        }
    }

    /// <summary>Stores a change in one commit with the signals it causes and when to look next, and then delivers them.</summary>
    /// <param name="isLook">When to look next is stored whatever else there is to store: somebody found it in the past.</param>
    private async Task Keep(BookChange change, DateTimeOffset knownAt, bool isLook = false)
    {
        var origin = new SignalOrigin(_key, _roll, _calendar!.Version, _school!.Pack ?? await rulebook.PackOf(_key.Authority), knownAt);
        ImmutableArray<AbsenceSignal> signals =
        [
            .. change.Places.Select((pupil, index) => RegisterWire.PlaceSignal(pupil, origin, change.LastSequence + index + 1)),
            .. change.Signals.Select((signal, index) => RegisterWire.ToSignal(signal, origin, change.LastSequence + change.Places.Length + index + 1)),
            .. change.Seen.Select((seen, index) => RegisterWire.SightingSignal(seen, origin, change.Book.LastSequence - change.Seen.Length + index + 1)),
        ];
        // First, and harmless if the write fails: a register that is stored and has nobody to wake us would lose its blanks.
        var next = change.Book.Window.NextChange;
        await Durably(() => RemindAtChange(next));
        if (change.Sheet is not null || !signals.IsEmpty || isLook || next != _book!.Window.NextChange)
        {
            var append = new RegisterAppend
            {
                Authority = _key.Authority, Urn = _key.Urn, Sheet = change.Sheet, Signals = [.. signals.Select(RegisterWire.ToRecord)], NextLookAt = next,
            };
            if (!await Durably(() => registers.AppendAsync(append)))
            {
                DeactivateOnIdle();
                throw new InconsistentStateException("Another activation of this school has written meanwhile. Send the register again.");
            }
        }
        _book = change.Book;
        _toldOwing = _toldOwing.Except(signals.Where(signal => signal is { OfPlaceOnly: true, Place.Owes: false }).Select(signal => signal.ChildId))
            .Union(signals.Where(signal => signal is { OfPlaceOnly: true, Place.Owes: true }).Select(signal => signal.ChildId));
        Owe([.. signals.Select(RegisterWire.ToRecord)]);
        await Deliver([.. signals.Select(signal => signal.ChildId).Distinct()]);
    }

    /// <summary>The refusal of a calendar whose sender has not seen the one that is published for that year.</summary>
    private async Task<Outcome?> Stale(SchoolYearCalendar calendar, string body)
    {
        var years = await schools.CalendarsAsync(_key.Authority, _key.Urn);
        var held = years.FirstOrDefault(year => year.SchoolYear == calendar.SchoolYear);
        return calendar.IfMatch.Refusal(held?.Version, held is null || Written(held.Body) != body);
    }

    /// <summary>A stored calendar as this program writes it: the database orders the names of JSON its own way.</summary>
    private static string Written(string stored) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<SchoolYearDocument>(stored, JsonSerializerOptions.Web), JsonSerializerOptions.Web);

    private async Task<T> Durably<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch
        {
            // It may or may not have landed, or what rests on it was not read. A fresh activation will read what there is.
            DeactivateOnIdle();
            throw;
        }
    }

    [LoggerMessage(2104, LogLevel.Error, "School {Urn}: {Reference} is open and does not answer; its child is not waited for.")]
    private static partial void LogNotAsked(ILogger logger, Exception why, string urn, string reference);

    private static Outcome UnknownSchool() =>
        Outcome.Refused("unknown-school", "This school is not set up. Its authority sets it up with PUT /api/v1/schools/{urn}.");
}
