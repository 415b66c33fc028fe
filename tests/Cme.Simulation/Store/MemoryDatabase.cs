using System.Collections.Immutable;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Schools;

namespace Cme.Simulation.Store;

/// <summary>
/// The tables of the database, in memory: what survives a crash of the program. It keeps the contract of the store
/// (<c>Cme.Storage.Specs</c>), which PostgreSQL keeps too, and shares none of its SQL.
/// </summary>
/// <param name="clock">The database's own clock.</param>
/// <param name="newChildId">Makes ids for children who are new to an authority.</param>
internal sealed class MemoryDatabase(TimeProvider clock, Func<string> newChildId)
{
    public Dictionary<string, AuthorityRecord> Authorities { get; } = [];

    public Dictionary<(string Authority, string Urn), SchoolRecord> Schools { get; } = [];

    public List<PublishedCalendar> Calendars { get; } = [];
    public List<(string Authority, Cme.Storage.Schools.CalendarRecord Calendar)> Offices { get; } = [];

    public Dictionary<(string Authority, string Urn), List<LeaveRecord>> Leaves { get; } = [];

    public Dictionary<(string Authority, string Urn, string Pupil), PupilRow> Pupils { get; } = [];

    public Dictionary<(string Authority, string Upn), string> ChildOfUpn { get; } = [];

    public SortedDictionary<SchoolKey, RegisterShelf> Registers { get; } = new(Comparer<SchoolKey>.Create(static (a, b) =>
        string.CompareOrdinal(a.Authority, b.Authority) is not 0 and var byAuthority ? byAuthority : string.CompareOrdinal(a.Urn, b.Urn)));

    /// <summary>When each school must look at its registers though nothing is sent.</summary>
    public Dictionary<SchoolKey, DateTimeOffset> NextLooks { get; } = [];

    public Dictionary<(string Name, string Key), Cme.Storage.States.StoredState> States { get; } = [];

    public Dictionary<string, List<EventRow>> Events { get; } = [];

    public Dictionary<string, EpisodeRow> Episodes { get; } = [];

    public Dictionary<string, Dictionary<string, ObligationRecord>> Obligations { get; } = [];

    /// <summary>What waits to be looked at, by its instant.</summary>
    public SortedSet<(DateTimeOffset At, string Episode, string Id)> Due { get; } = new(
        Comparer<(DateTimeOffset At, string Episode, string Id)>.Create(static (a, b) =>
            a.At != b.At ? a.At.CompareTo(b.At)
            : string.CompareOrdinal(a.Episode, b.Episode) is not 0 and var byEpisode ? byEpisode
            : string.CompareOrdinal(a.Id, b.Id)));

    public SortedDictionary<(string Grain, string Name), ReminderRow> Reminders { get; } = new(
        Comparer<(string Grain, string Name)>.Create(static (a, b) =>
            string.CompareOrdinal(a.Grain, b.Grain) is not 0 and var byGrain ? byGrain : string.CompareOrdinal(a.Name, b.Name)));

    public List<(string Authority, string Episode, long? Version)> Unpublished { get; } = [];

    public Dictionary<string, Numbering> Numbers { get; } = [];

    public List<(string Authority, string Urn, FeedEntry Entry)> Feed { get; } = [];

    public Dictionary<string, BoardPlace> Places { get; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public string NewChildId() => newChildId();

    /// <summary>The obligations of an episode, in any state.</summary>
    public IEnumerable<ObligationRecord> ObligationsOf(string episode) => Obligations.GetValueOrDefault(episode)?.Values.AsEnumerable() ?? [];

    public void Put(string episode, ObligationRecord owed)
    {
        if (!Obligations.TryGetValue(episode, out var ofEpisode))
        {
            Obligations.Add(episode, ofEpisode = []);
        }
        if (ofEpisode.GetValueOrDefault(owed.Id) is { State: "open", NextAt: { } was })
        {
            Due.Remove((was, episode, owed.Id));
        }
        ofEpisode[owed.Id] = owed;
        if (owed is { State: "open", NextAt: { } next })
        {
            Due.Add((next, episode, owed.Id));
        }
    }

    /// <summary>The events of an episode, oldest first.</summary>
    public ImmutableArray<EventRow> HistoryOf(string episode) => [.. Events.GetValueOrDefault(episode, [])];
}

internal sealed record PublishedCalendar(string Authority, string Urn, CalendarRecord Calendar);

internal sealed record PupilRow(PupilRecord Pupil, DateTimeOffset UpdatedAt);

/// <summary>A school's registers and what they have signalled.</summary>
internal sealed class RegisterShelf
{
    /// <summary>By date, session, revision and confirmation.</summary>
    public SortedDictionary<(DateOnly Date, string Session), List<KeptSheet>> Sheets { get; } = new(
        Comparer<(DateOnly Date, string Session)>.Create(static (a, b) =>
            a.Date != b.Date ? a.Date.CompareTo(b.Date) : string.CompareOrdinal(a.Session, b.Session)));

    public Dictionary<long, KeptSignal> Signals { get; } = [];

    public SortedSet<long> Undelivered { get; } = [];

    public long LastSequence { get; set; }
}

internal sealed record KeptSheet(SheetRecord Sheet, int Confirmation);

internal sealed record KeptSignal(SignalRecord Signal, DateTimeOffset StoredAt);

/// <summary>Where an authority's numbers stand.</summary>
internal sealed record Numbering(string Epoch, long Last);

/// <summary>Where an episode stands on the boards; a number is null for a board that it never was on.</summary>
internal sealed record BoardPlace(
    string Authority, string Urn, long Version, long Number, bool Open, bool Desk, bool Lead, int Overdue, long? DeskNumber, long? LeadNumber);
