using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Cme.Domain.Episodes;

namespace Cme.Domain.Procedures;

/// <summary>The packs that ship with the product, each with the steps of the packs beneath it.</summary>
public sealed class PackCatalogue
{
    private readonly FrozenDictionary<PackVersion, ProcedurePack> _packs;
    private readonly FrozenDictionary<string, ProcedurePack> _latest;

    private PackCatalogue(IEnumerable<ProcedurePack> packs)
    {
        var own = packs.ToDictionary(VersionOf);
        _packs = own.Values.ToFrozenDictionary(VersionOf, pack => WithStepsBeneath(pack, own, []));
        _latest = _packs.Values.GroupBy(pack => pack.Id).ToFrozenDictionary(same => same.Key, same => same.MaxBy(pack => pack.Version)!);
    }

    /// <summary>The packs embedded in this assembly, every version that was ever published among them.</summary>
    /// <exception cref="PackInvalidException">One of them is wrong; a test asserts that none is.</exception>
    public static PackCatalogue Shipped { get; } = new(ReadEmbedded());

    public IEnumerable<string> Ids => _latest.Keys.Order(StringComparer.Ordinal);

    /// <summary>The packs that a school can follow: those of the records that authorities lead are none.</summary>
    public IEnumerable<string> OfSchools => Ids.Where(id => _latest[id].Kind == EpisodeKinds.Whereabouts);

    /// <summary>Every version of every pack, by id and version.</summary>
    public IEnumerable<ProcedurePack> All =>
        _packs.Values.OrderBy(pack => pack.Id, StringComparer.Ordinal).ThenBy(pack => pack.Version);

    public bool Has(string id) => _latest.ContainsKey(id);

    /// <summary>The latest version: what an episode that opens now starts under.</summary>
    /// <exception cref="KeyNotFoundException">No pack has this id.</exception>
    public ProcedurePack this[string id] =>
        _latest.TryGetValue(id, out var pack) ? pack
        : throw new KeyNotFoundException($"No procedure pack is called '{id}'. Installed: {string.Join(", ", Ids)}.");

    /// <summary>The version that an episode started under.</summary>
    /// <exception cref="KeyNotFoundException">No such version is installed.</exception>
    public ProcedurePack this[PackVersion version] =>
        _packs.TryGetValue(version, out var pack) ? pack
        : throw new KeyNotFoundException(
            $"Version {version.Version} of the procedure pack '{version.Id}' is not installed. Start a version of the product that ships it.");

    /// <summary>A pack that is not installed, with the steps of the installed packs beneath it: to be tried before it is published.</summary>
    /// <exception cref="PackInvalidException">A pack that it names beneath it is not installed, or it lies beneath itself.</exception>
    public ProcedurePack Above(ProcedurePack pack) => WithStepsBeneath(pack, _packs, []);

    /// <summary>The pack whose own step it is: this one, or one of those beneath it.</summary>
    public ProcedurePack OriginOf(ProcedurePack pack, Step step) =>
        pack.Beneath.Select(version => this[version]).FirstOrDefault(beneath => beneath.Steps.Contains(step, ReferenceEqualityComparer.Instance)) is { } lower
            ? OriginOf(lower, step) : pack;

    private static PackVersion VersionOf(ProcedurePack pack) => new(pack.Id, pack.Version);

    private static ProcedurePack WithStepsBeneath(
        ProcedurePack pack, IReadOnlyDictionary<PackVersion, ProcedurePack> all, ImmutableArray<PackVersion> above)
    {
        if (above.Contains(VersionOf(pack)))
        {
            throw new PackInvalidException(pack.Id,
                [new PackFault("/beneath", $"The pack lies beneath itself: {string.Join(" > ", above.Select(one => one.Id))} > {pack.Id}.")]);
        }
        var (steps, standing, definition) = (pack.Steps, pack.Standing, pack.Definition);
        foreach (var version in pack.Beneath)
        {
            if (!all.TryGetValue(version, out var beneath))
            {
                throw new PackInvalidException(pack.Id, [new PackFault("/beneath", $"No pack is called '{version.Id}' in version {version.Version}.")]);
            }
            var lower = WithStepsBeneath(beneath, all, above.Add(VersionOf(pack)));
            steps = [.. steps, .. lower.Steps.Where(step => steps.All(own => own.Id != step.Id))];
            standing = [.. standing, .. lower.Standing];
            definition ??= lower.Definition;
        }
        return pack with { Steps = steps, Standing = standing, Definition = definition };
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
