using System.Collections.Immutable;
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
            return heldBack == HeldBack ? this : new PupilWatch(new Dictionary<int, AbsenceRun>(Standing), heldBack, _waiting);
        }

        var standing = new Dictionary<int, AbsenceRun>(Standing);
        bool[] waiting = [.. _waiting];
        foreach (var (position, run) in changed)
        {
            waiting[position] = run.Stands || run.Explained is { Reading: MarkReading.Holds };
            if (run.Stands)
            {
                standing[position] = run;
            }
            else
            {
                standing.Remove(position);
            }
        }

        return new PupilWatch(standing, heldBack, waiting);
    }
}
