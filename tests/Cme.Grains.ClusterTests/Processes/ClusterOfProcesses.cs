using System.Diagnostics;
using System.Globalization;
using Cme.Storage.Migrations;
using Cme.Storage.PrivateServer;
using Cme.TestSupport.Database;
using Cme.TestSupport.Service;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>Silos and web nodes as processes of this machine, as <c>./cme cluster</c> starts them, on an empty demo and one PostgreSQL.</summary>
internal sealed class ClusterOfProcesses : IAsyncDisposable
{
    private readonly PrivatePostgres _server;
    private readonly bool _ownsServer;
    private readonly List<(ChildProgram Program, Uri Health)> _silos = [];
    private readonly List<WebNode> _nodes = [];

    private ClusterOfProcesses(PrivatePostgres server, bool ownsServer) => (_server, _ownsServer) = (server, ownsServer);

    /// <summary>Starts them on a database of their own.</summary>
    public static async Task<ClusterOfProcesses> StartAsync(int silos, int nodes) =>
        await new ClusterOfProcesses(await TestServer.StartAsync(), ownsServer: true).StartAllAsync(ThrowAwayDirectory.Create(), silos, nodes);

    /// <summary>Starts them on a database that somebody else has used, with the keys and credentials that lie in its directory.</summary>
    public static Task<ClusterOfProcesses> OnAsync(PrivatePostgres server, string data, int silos, int nodes) =>
        new ClusterOfProcesses(server, ownsServer: false).StartAllAsync(data, silos, nodes);

    public ChildProgram Silo(int number) => _silos[number].Program;

    public WebNode Node(int number) => _nodes[number];

    public IReadOnlyList<WebNode> Nodes => _nodes;

    public PrivatePostgres Database => _server;

    public Task StartSiloAsync(int number) => _silos[number].Program.StartAsync(_silos[number].Health);

    public Task KillSilosAsync() => Task.WhenAll(_silos.Where(silo => silo.Program.IsRunning).Select(silo => silo.Program.KillAsync()));

    public Task StartSilosAsync() => Task.WhenAll(Enumerable.Range(0, _silos.Count).Select(StartSiloAsync));

    /// <summary>Has PostgreSQL drop everything at once, as after a crash: it recovers from its log when it is started again.</summary>
    public async Task QuitDatabaseAsync()
    {
        using var quit = Process.Start("kill", ["-QUIT", _server.ProcessId!.Value.ToString(CultureInfo.InvariantCulture)]);
        await quit.WaitForExitAsync();
    }

    /// <summary>What everybody has written lately, for a failure's message.</summary>
    public string Output => string.Join("\n--\n", _silos.Select(silo => silo.Program.Output).Concat(_nodes.Select(node => node.Program.Output)));

    /// <summary>Asks the database itself.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Constants of these specs.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Ends them in order, as SIGTERM does; the database goes on.</summary>
    public async Task StopAsync()
    {
        foreach (var node in _nodes.Where(node => node.Program.IsRunning)) { await node.Program.StopAsync(); }
        foreach (var (silo, _) in _silos.Where(silo => silo.Program.IsRunning)) { await silo.StopAsync(); }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) { await node.DisposeAsync(); }
        foreach (var (silo, _) in _silos) { await silo.DisposeAsync(); }
        if (_ownsServer) { await _server.DisposeAsync(); }
    }

    private async Task<ClusterOfProcesses> StartAllAsync(string data, int silos, int nodes)
    {
        await RunningLogin.MakeAsync(_server);
        for (var silo = 0; silo < silos; silo++) { AddSilo(); }
        for (var node = 0; node < nodes; node++) { _nodes.Add(WebNode.OfCluster(RunningLogin.For(_server.ConnectionString), data)); }
        try
        {
            await MigrateAsync();
            await Task.WhenAll(Enumerable.Range(0, silos).Select(StartSiloAsync));
            foreach (var node in _nodes) { await node.StartAsync(); }
            return this;
        }
        catch
        {
            await DisposeAsync();                                    // Nobody else knows yet what was started.
            throw;
        }
    }

    /// <summary>As the owner of the tables, once. What runs afterwards could not.</summary>
    private async Task MigrateAsync()
    {
        await using var owner = NpgsqlDataSource.Create(_server.ConnectionString);
        await new MigrationRunner(owner, NullLogger.Instance).RunAsync();
    }

    private void AddSilo()
    {
        var address = new Uri($"http://127.0.0.1:{IService.FreePort()}");
        _silos.Add((
            new ChildProgram(
                Repository.Built("src/Cme.Silo", "Cme.Silo.dll"), Path.Combine(Repository.Root, "src/Cme.Silo"),
                [$"--Urls={address}", "--Demo:Enabled=true", $"--Silo:Name=silo-{_silos.Count + 1}", $"--Silo:Port={IService.FreePort()}", $"--Silo:GatewayPort={IService.FreePort()}"],
                new Dictionary<string, string> { ["ConnectionStrings__Cme"] = RunningLogin.For(_server.ConnectionString) }),
            new Uri(address, "/health/ready")));
    }
}
