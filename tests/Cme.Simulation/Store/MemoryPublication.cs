using System.Collections.Immutable;
using Cme.Storage.Episodes;
using Cme.Storage.Registers;
using Cme.Storage.Sequencer;

namespace Cme.Simulation.Store;

/// <summary>What <c>cme.publish</c> and the auditor's questions do, on the tables in memory.</summary>
internal static class MemoryPublication
{
    /// <summary>Numbers what an authority has committed, oldest first, and moves the boards. Null if nothing waited.</summary>
    public static Published? Publish(this MemoryDatabase database, string authority, int limit = int.MaxValue)
    {
        var taken = database.Unpublished.Where(one => one.Authority == authority).Take(limit).ToList();
        if (taken.Count == 0)
        {
            return null;
        }
        database.Unpublished.RemoveAll(one => taken.Contains(one));
        var (epoch, number) = database.Numbers[authority];
        var numberOf = new Dictionary<string, long>();
        foreach (var (_, episode, version) in taken)
        {
            numberOf[episode] = ++number;
            if (version is { } published)
            {
                var row = database.Events[episode].Single(one => one.Version == published);
                database.Feed.Add((authority, database.Episodes[episode].Urn, new FeedEntry(number, database.Now, episode, row.Type, published)));
            }
        }
        database.Numbers[authority] = new Numbering(epoch, number);
        var placed = numberOf.Select(one => database.Place(one.Key, one.Value)).ToList();
        return new Published(
            authority, epoch, number, [.. placed.Select(place => place.Urn).Distinct().Order(StringComparer.Ordinal)],
            placed.Exists(place => place.DeskNumber == place.Number), placed.Exists(place => place.LeadNumber == place.Number));
    }

    /// <summary>Open obligations whose instant passed before <paramref name="before"/> and was not looked at.</summary>
    public static ImmutableArray<string> OverdueUnnoticed(this MemoryDatabase database, DateTimeOffset before) =>
        [.. database.Due.TakeWhile(owed => owed.At < before).Select(owed => owed.Episode).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Schools that were to look at their registers before <paramref name="before"/> and have not.</summary>
    public static ImmutableArray<SchoolKey> SchoolsUnnoticed(this MemoryDatabase database, DateTimeOffset before) =>
        [.. database.NextLooks.Where(look => look.Value < before).Select(look => look.Key).OrderBy(school => school.Urn, StringComparer.Ordinal)];

    /// <summary>Schools with an open episode that was worked out by older calendars than the school's latest, published before <paramref name="before"/>.</summary>
    public static ImmutableArray<SchoolKey> StaleCalendars(this MemoryDatabase database, DateTimeOffset before) =>
    [
        .. from episode in database.Episodes.Values
           where episode.Status == "open"
           let latest = database.Calendars.Where(one => one.Authority == episode.Authority && one.Urn == episode.Urn).MaxBy(one => one.Calendar.Version)?.Calendar
           where latest is not null && latest.PublishedAt < before
               && database.ObligationsOf(episode.Reference).Any(owed => owed.State == "open" && owed.CalendarVersion < latest.Version)
           group episode by new SchoolKey(episode.Authority, episode.Urn) into school
           orderby school.Key.Urn
           select school.Key,
    ];

    /// <summary>Episodes that a board shows, or should show, otherwise than the head says, with nothing waiting that would put it right.</summary>
    public static ImmutableArray<string> StaleOnBoards(this MemoryDatabase database) =>
    [
        .. from episode in database.Episodes.Values
           let place = database.Places.GetValueOrDefault(episode.Reference)
           where (episode.Status == "open" || place is { Open: true })
               && !database.Unpublished.Any(waiting => waiting.Episode == episode.Reference)
               && (place is null || place.Version != episode.Version || place.Open != (episode.Status == "open")
                   || place.Desk != MemoryBoards.IsOnDesk(episode) || place.Lead != MemoryBoards.IsOnLead(episode) || place.Overdue != episode.OverdueCount)
           select episode.Reference,
    ];

    private static BoardPlace Place(this MemoryDatabase database, string reference, long number)
    {
        var episode = database.Episodes[reference];
        var before = database.Places.GetValueOrDefault(reference);
        var (desk, lead) = (MemoryBoards.IsOnDesk(episode), MemoryBoards.IsOnLead(episode));
        return database.Places[reference] = new BoardPlace(
            episode.Authority, episode.Urn, episode.Version, number, episode.Status == "open", desk, lead, episode.OverdueCount,
            desk || before is { Desk: true } ? number : before?.DeskNumber,
            lead || before is { Lead: true } ? number : before?.LeadNumber);
    }
}
