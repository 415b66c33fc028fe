using Cme.Simulation.World;

namespace Cme.Simulation;

/// <summary>Makes a failing plan smaller while it still fails in the same way, so that its story can be read.</summary>
/// <remarks>Delta debugging: halves, then quarters and so on of what is left are left out, down to single things.</remarks>
internal sealed class Shrinking
{
    private readonly Plan _whole;
    private readonly string _invariant;
    private readonly Func<Plan, Verdict> _run;

    private Shrinking(Plan whole, string invariant, Func<Plan, Verdict> run) => (_whole, _invariant, _run) = (whole, invariant, run);

    /// <param name="run">Lives a plan through.</param>
    /// <param name="invariant">What must go on failing.</param>
    public static Part Smallest(Plan whole, string invariant, Func<Plan, Verdict> run)
    {
        var shrinking = new Shrinking(whole, invariant, run);
        var part = shrinking.Try(Part.All with { Calm = true }) ?? Part.All;
        var kept = shrinking.Fewest([.. whole.Happenings.Select(happening => happening.Id)], only => part with { Only = only });
        part = part with { Only = kept };
        var faulty = whole.Happenings.Where(happening => happening.Fault is not null && kept.Contains(happening.Id)).Select(happening => happening.Id).ToList();
        var needed = shrinking.Fewest(faulty, keep => part with { Faultless = [.. faulty.Except(keep)] });
        part = part with { Faultless = [.. faulty.Except(needed)] };
        var pupils = whole.Schools.SelectMany(school => school.Pupils).Select(pupil => pupil.Id).Distinct().ToList();
        var missed = shrinking.Fewest(pupils, keep => part with { Without = [.. pupils.Except(keep)] });
        part = part with { Without = [.. pupils.Except(missed)] };
        return part with { Only = shrinking.Fewest(kept, only => part with { Only = only }) };
    }

    private List<T> Fewest<T>(List<T> all, Func<List<T>, Part> part)
    {
        for (var size = Math.Max(1, all.Count / 2); all.Count > 0; size /= 2)
        {
            for (var at = 0; at < all.Count;)
            {
                List<T> fewer = [.. all[..at], .. all[Math.Min(all.Count, at + size)..]];
                if (Try(part(fewer)) is not null)
                {
                    all = fewer;
                }
                else
                {
                    at += size;
                }
            }
            if (size <= 1)
            {
                break;
            }
        }
        return all;
    }

    private Part? Try(Part part) => _run(part.Of(_whole)).Failure?.Invariant == _invariant ? part : null;
}
