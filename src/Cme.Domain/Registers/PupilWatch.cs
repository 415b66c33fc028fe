using System.Collections.Immutable;
using Cme.Domain.Calendars;

namespace Cme.Domain.Registers;

/// <summary>
/// The few pupils to whom a mark matters that matters to nobody else: who are unexplained, and whose last account somebody has
/// yet to verify. Everybody else's presence is passed over without a look at the past.
/// </summary>
internal sealed class PupilWatch
{
    private readonly bool[] _waiting;

    private PupilWatch(Dictionary<int, AbsenceRun> standing, ImmutableSortedSet<int> heldBack, bool[] waiting)
    {
        Standing = standing;
        HeldBack = heldBack;
        _waiting = waiting;
    }

    /// <summary>The runs that stand and have been told, by the pupil's position.</summary>
    public IReadOnlyDictionary<int, AbsenceRun> Standing { get; }

    /// <summary>The pupils whose run stands and has not been told, because their register is doubted.</summary>
    public ImmutableSortedSet<int> HeldBack { get; }

    /// <summary>
    /// The pupils of whom it was told that no run stands any more though no mark accounts for them, each with the first session of
    /// the run that was: a leaving date, a leave or a day closed afterwards took the marks away, and nobody has seen the child. The
    /// first mark that says anything is news.
    /// </summary>
    public ImmutableDictionary<int, SessionOf> Unaccounted { get; private init; } = ImmutableDictionary<int, SessionOf>.Empty;

    /// <summary>Whether any mark of this pupil that explains must be looked at.</summary>
    public ReadOnlySpan<bool> Waiting => _waiting;

    public static PupilWatch Nobody(Roll roll) => new([], [], new bool[roll.Count]);

    /// <summary>
    /// Watches from the marks alone. They do not tell whether a mark that holds took the place of an unexplained one, so every
    /// pupil whose last mark holds is waited for: at worst a signal that says nothing new.
    /// </summary>
    /// <param name="told">Whether a pupil's run was told, where that is known. Where it is not, the marks say.</param>
    public static PupilWatch Of(AbsenceWindow window, ImmutableDictionary<string, bool> told)
    {
        var standing = new Dictionary<int, AbsenceRun>();
        var heldBack = ImmutableSortedSet.CreateBuilder<int>();
        var waiting = new bool[window.Roll.Count];
        for (var position = 0; position < window.Roll.Count; position++)
        {
            var last = window.LastReadingOf(position);
            waiting[position] = last is MarkReading.Holds or MarkReading.Starts;
            if (waiting[position] && window.StandingRunOf(position) is { } run)
            {
                var wasTold = told.TryGetValue(window.Roll[position].Id, out var known) ? known : window.WasToldBefore(position, run);
                if (!wasTold && window.IsInDoubt(position, run))
                {
                    heldBack.Add(position);
                }
                else
                {
                    standing[position] = run;
                }
            }
        }

        return new PupilWatch(standing, heldBack.ToImmutable(), waiting);
    }

    /// <summary>The watch after these pupils' runs became what they are now, and were told.</summary>
    /// <param name="heldBack">Whose run stands and stays untold.</param>
    public PupilWatch After(IReadOnlyList<(int Position, AbsenceRun Run)> changed, ImmutableSortedSet<int> heldBack)
    {
        if (changed.Count == 0)
        {
            return heldBack == HeldBack ? this : new PupilWatch(new Dictionary<int, AbsenceRun>(Standing), heldBack, _waiting) { Unaccounted = Unaccounted };
        }

        var standing = new Dictionary<int, AbsenceRun>(Standing);
        var unaccounted = Unaccounted;
        bool[] waiting = [.. _waiting];
        foreach (var (position, run) in changed)
        {
            waiting[position] = run.Explained is not { Reading: MarkReading.Explains };
            unaccounted = run is { Stands: false, Explained: null } && BeganOn(position) is { } first
                ? unaccounted.SetItem(position, first) : unaccounted.Remove(position);
            if (run.Stands)
            {
                standing[position] = run;
            }
            else
            {
                standing.Remove(position);
            }
        }

        return new PupilWatch(standing, heldBack, waiting) { Unaccounted = unaccounted };
    }

    /// <summary>The same watch, which also waits for these pupils.</summary>
    public PupilWatch Awaiting(ImmutableDictionary<int, SessionOf> unaccounted)
    {
        bool[] waiting = [.. _waiting];
        foreach (var position in unaccounted.Keys)
        {
            waiting[position] = true;
        }

        return new PupilWatch(new Dictionary<int, AbsenceRun>(Standing), HeldBack, waiting) { Unaccounted = Unaccounted.SetItems(unaccounted) };
    }

    // The first session of the run that was told of last.
    private SessionOf? BeganOn(int position) =>
        Standing.TryGetValue(position, out var stood) ? stood.Sessions[0].Session
        : Unaccounted.TryGetValue(position, out var first) ? first
        : null;
}
