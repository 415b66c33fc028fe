using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;

namespace Cme.Domain.Children;

/// <summary>Whose case an absence is: goes on in the child's latest episode at that school, opens it again, or begins one.</summary>
public static class EpisodeIndex
{
    /// <summary>What to do with a signal of a school's registers.</summary>
    /// <param name="run">The sessions of the unexplained run that stands, oldest first; empty if none stands.</param>
    /// <param name="sequence">The signal's sequence.</param>
    /// <param name="latest">The child's latest episode at the school.</param>
    /// <param name="covered">The last session that an episode closed by a person spoke of, before the latest one.</param>
    public static Whose Decide(ImmutableArray<SessionOf> run, long sequence, EpisodeStanding latest, SessionOf? covered)
    {
        if (latest.Status != EpisodeStatus.NotStarted && sequence <= latest.Heard)
        {
            return new Whose.Nobodys();                              // Delivered again.
        }
        var closedByPerson = latest is { Status: EpisodeStatus.Closed, ByCode: false };
        var floor = closedByPerson ? latest.Through : covered;
        var from = floor is { } through ? run.FindIndex(session => session > through) : run.IsEmpty ? -1 : 0;
        return (latest.Status, from) switch
        {
            (EpisodeStatus.Open, _) => new Whose.TheLatest(from),
            (_, < 0) => new Whose.Nobodys(),                         // Explained, or all of it belongs to what a person closed.
            (EpisodeStatus.Closed, _) when latest.ByCode && run[from] <= latest.Through => new Whose.TheLatest(from),
            _ => new Whose.ANewOne(from, closedByPerson && from > 0),
        };
    }

    private static int FindIndex(this ImmutableArray<SessionOf> run, Func<SessionOf, bool> matches)
    {
        for (var index = 0; index < run.Length; index++)
        {
            if (matches(run[index]))
            {
                return index;
            }
        }
        return -1;
    }
}

/// <summary>Whose case an absence is. <c>From</c> is the first session of the run that counts, -1 for none.</summary>
public abstract record Whose
{
    /// <summary>The latest episode takes it: open, or closed by a code that a correction has taken away.</summary>
    public sealed record TheLatest(int From) : Whose;

    /// <summary>A new episode begins, linked to the latest if a person closed that one in the same run (NOR-07, then missing again).</summary>
    public sealed record ANewOne(int From, bool Linked) : Whose;

    /// <summary>Nothing is to be done.</summary>
    public sealed record Nobodys : Whose;

    private Whose()
    {
    }
}
