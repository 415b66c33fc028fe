using System.Collections.Immutable;
using Cme.Benchmarks.Harness;
using Cme.Benchmarks.Registers;
using Cme.Benchmarks.Stage;

namespace Cme.Benchmarks.Cluster;

/// <summary>
/// The program alone, and web nodes of one silo, of two and of three, each on a copy of one database. All live throughout: what they do while
/// another is measured is next to nothing.
/// </summary>
internal sealed class Sites : IAsyncDisposable
{
    private const int MostSilos = 3;

    private readonly List<RegisterSite> _sites = [];

    /// <summary>What each is called in the report: by how many silos it has.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Enumerable.Range(0, MostSilos + 1).Select(silos => silos switch { 0 => "embedded", 1 => "1 silo", _ => $"{silos} silos" })];

    public IEnumerable<(string Name, RegisterSite Site)> All => Names.Zip(_sites);

    /// <summary>Processor time of all web nodes, in seconds.</summary>
    public double WebSeconds => _sites.Sum(site => ProcFiles.SecondsOf(site.ProcessId));

    /// <summary>Processor time of all silos, in seconds.</summary>
    public double SiloSeconds => _sites.SelectMany(site => site.SiloIds).Sum(silo => ProcFiles.SecondsOf(silo));

    /// <exception cref="NotToBeHadException">A program of the Orleans flavour is not published.</exception>
    public static void AreToBeHad(BenchOptions options)
    {
        foreach (var program in new[] { "web", "silo" }) { ProgramUnderTest.OrleansAssemblyIn(options, program); }
    }

    /// <param name="name">What their databases begin with.</param>
    /// <param name="seed">Fills the database that they get copies of, and says which of its schools will send registers.</param>
    public static async Task<Sites> StartAsync(BenchOptions options, BenchServer server, string name, Func<string, Task<ImmutableArray<BenchSchool>>> seed)
    {
        var schools = await seed(await server.CreateDatabaseAsync(name));
        var sites = new Sites();
        try
        {
            for (var silos = 0; silos <= MostSilos; silos++)
            {
                var database = await server.CreateDatabaseAsync($"{name}_{silos}", name);
                sites._sites.Add(await RegisterSite.StartAsync(options, Path.Combine(server.Directory, $"{name}-{silos}"), database, schools, silos));
            }
            return sites;
        }
        catch
        {
            await sites.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var site in _sites) { await site.DisposeAsync(); }
    }
}
