namespace Cme.Domain.Registers;

/// <summary>
/// The few pupils to whom a mark matters that matters to nobody else: who are unexplained, and whose last account somebody has
/// yet to verify. Everybody else's presence is passed over without a look at the past.
/// </summary>
internal sealed class PupilWatch
{
    private readonly bool[] _waiting;

    private PupilWatch(Dictionary<int, AbsenceRun> standing, bool[] waiting)
    {
        Standing = standing;
        _waiting = waiting;
    }

    /// <summary>The runs that stand, by the pupil's position.</summary>
    public IReadOnlyDictionary<int, AbsenceRun> Standing { get; }

    /// <summary>Whether any mark of this pupil that explains must be looked at.</summary>
    public ReadOnlySpan<bool> Waiting => _waiting;

    public static PupilWatch Nobody(Roll roll) => new([], new bool[roll.Count]);

    /// <summary>
    /// Watches from the marks alone. They do not tell whether a mark that holds took the place of an unexplained one, so every
    /// pupil whose last mark holds is waited for: at worst a signal that says nothing new.
    /// </summary>
    public static PupilWatch Of(AbsenceWindow window)
    {
        var standing = new Dictionary<int, AbsenceRun>();
        var waiting = new bool[window.Roll.Count];
        for (var position = 0; position < window.Roll.Count; position++)
        {
            var last = window.LastReadingOf(position);
            waiting[position] = last is MarkReading.Holds or MarkReading.Starts;
            if (waiting[position] && window.StandingRunOf(position) is { } run)
            {
                standing[position] = run;
            }
        }

        return new PupilWatch(standing, waiting);
    }

    /// <summary>The watch after these pupils' runs became what they are now.</summary>
    public PupilWatch After(IReadOnlyList<(int Position, AbsenceRun Run)> changed)
    {
        if (changed.Count == 0)
        {
            return this;
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

        return new PupilWatch(standing, waiting);
    }
}
