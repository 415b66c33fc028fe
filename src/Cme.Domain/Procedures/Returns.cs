using System.Collections.Immutable;
using Cme.Domain.Calendars;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>A return that a school owes about a pupil.</summary>
public sealed record ReturnOwed(Step Step, DateOnly Since, DueInstants Due);

/// <summary>The returns to the authority that rolls and registers alone make owed (FACTS B5).</summary>
public static class Returns
{
    /// <summary>Every return that the facts ask for, given or not, earliest first: who keeps them knows which were given.</summary>
    public static ImmutableArray<ReturnOwed> Of(Ruleset rules, PupilFacts pupil) =>
    [
        .. (from step in rules.Pack.Steps
            where step.DoneBy.Any(act => act.Action == ActionNames.Notify)
            from start in step.Starts
            from since in Since(start, pupil)
            let at = London.At(since.On, TimeOnly.MinValue)
            select new ReturnOwed(step, since.On, Deadlines.Of(start, start.Due, step, at, since.On, since.KnownAt ?? at, rules)))
            .OrderBy(owed => owed.Due.DueAt).ThenBy(owed => owed.Step.Id, StringComparer.Ordinal),
    ];

    private static IEnumerable<(DateOnly On, DateTimeOffset? KnownAt)> Since(Start start, PupilFacts pupil) => start.On switch
    {
        StartKind.Entered when pupil.Entered is { } entered => [(entered, null)],
        StartKind.Removed when pupil.Removed is { } removed => [(removed, null)],
        StartKind.Count => pupil.Reached.Where(reached => reached.Count == start.Count && reached.Days == start.Reaches)
            .Select(reached => (reached.On, (DateTimeOffset?)reached.KnownAt)),
        _ => [],
    };
}
