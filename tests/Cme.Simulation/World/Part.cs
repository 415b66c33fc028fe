using System.Globalization;

namespace Cme.Simulation.World;

/// <summary>What is left of a plan when it is made smaller: enough to write it on a command line and live it through again exactly.</summary>
/// <param name="Only">Happenings that are kept, by number; null keeps all.</param>
/// <param name="Faultless">Happenings whose fault is left out.</param>
/// <param name="Without">Pupils who are left out of lists and registers.</param>
/// <param name="Calm">The runtime does nothing wrong by itself.</param>
internal sealed record Part(IReadOnlyList<int>? Only, IReadOnlyList<int> Faultless, IReadOnlyList<string> Without, bool Calm)
{
    public static Part All { get; } = new(null, [], [], false);

    public Plan Of(Plan whole) => whole with
    {
        Weather = Calm ? Weather.Calm : whole.Weather,
        Schools = [.. whole.Schools.Select(school => school with { Pupils = [.. school.Pupils.Where(pupil => !Without.Contains(pupil.Id))] })],
        Happenings =
        [
            .. from happening in whole.Happenings
               where Only is null || Only.Contains(happening.Id)
               let left = Left(happening)
               where left is not null
               select Faultless.Contains(left.Id) ? left with { Fault = null } : left,
        ],
    };

    /// <summary>The options of <c>./cme simulate</c> that give this part again.</summary>
    public string Options => string.Concat(
        Only is null ? "" : $" --only {Numbers(Only)}",
        Faultless.Count == 0 ? "" : $" --faultless {Numbers(Faultless)}",
        Without.Count == 0 ? "" : $" --without {string.Join(',', Without)}",
        Calm ? " --calm" : "");

    private Happening? Left(Happening happening) => happening switch
    {
        RegisterSent sent => sent with { Register = sent.Register with { Marks = [.. sent.Register.Marks.Where(mark => !Without.Contains(mark.Pupil))] } },
        ActRecorded act => Without.Contains(act.Pupil) ? null : act,
        RollSent roll => roll with { Changed = [.. roll.Changed.Where(pupil => !Without.Contains(pupil.Id))], Lost = [.. roll.Lost.Except(Without)] },
        _ => happening,
    };

    private static string Numbers(IEnumerable<int> numbers) => string.Join(',', numbers.Order().Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
