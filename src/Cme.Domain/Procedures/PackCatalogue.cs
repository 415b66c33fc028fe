using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace Cme.Domain.Procedures;

/// <summary>The packs that ship with the product, each with the steps of the packs beneath it.</summary>
public sealed class PackCatalogue
{
    private readonly FrozenDictionary<string, ProcedurePack> _packs;

    private PackCatalogue(IEnumerable<ProcedurePack> packs)
    {
        var own = packs.ToDictionary(pack => pack.Id);
        _packs = own.Values.ToFrozenDictionary(pack => pack.Id, pack => WithStepsBeneath(pack, own, []));
    }

    /// <summary>The packs embedded in this assembly.</summary>
    /// <exception cref="PackInvalidException">One of them is wrong; a test asserts that none is.</exception>
    public static PackCatalogue Shipped { get; } = new(ReadEmbedded());

    public IEnumerable<string> Ids => _packs.Keys.Order(StringComparer.Ordinal);

    public bool Has(string id) => _packs.ContainsKey(id);

    /// <exception cref="KeyNotFoundException">No pack has this id.</exception>
    public ProcedurePack this[string id] =>
        _packs.TryGetValue(id, out var pack) ? pack
        : throw new KeyNotFoundException($"No procedure pack is called '{id}'. Installed: {string.Join(", ", Ids)}.");

    private static ProcedurePack WithStepsBeneath(ProcedurePack pack, Dictionary<string, ProcedurePack> all, ImmutableArray<string> above)
    {
        if (above.Contains(pack.Id))
        {
            throw new PackInvalidException(pack.Id, [new PackFault("/beneath", $"The pack lies beneath itself: {string.Join(" > ", above)} > {pack.Id}.")]);
        }
        var steps = pack.Steps;
        foreach (var id in pack.Beneath)
        {
            if (!all.TryGetValue(id, out var beneath))
            {
                throw new PackInvalidException(pack.Id, [new PackFault("/beneath", $"No pack is called '{id}'.")]);
            }
            var lower = WithStepsBeneath(beneath, all, above.Add(pack.Id)).Steps;
            steps = [.. steps, .. lower.Where(step => steps.All(own => own.Id != step.Id))];
        }
        return pack with { Steps = steps };
    }

    private static IEnumerable<ProcedurePack> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Procedures.Packs.", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            yield return PackReader.Read(name, reader.ReadToEnd());
        }
    }
}
