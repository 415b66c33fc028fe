using Cme.TestSupport.Database;

namespace Cme.TestSupport.Service;

/// <summary>
/// The real program in a process of its own, as <c>./cme run --demo --empty</c> starts it: its own PostgreSQL, its own port, its
/// own data directory. It can be killed while it works, and started again on the same data.
/// </summary>
public sealed class ServiceProcess : IService, IAsyncDisposable
{
    private readonly string _data = ThrowAwayDirectory.Create();
    private readonly ChildProgram _program;

    private ServiceProcess(string[] arguments)
    {
        BaseUrl = new Uri($"http://127.0.0.1:{IService.FreePort()}");
        _program = new ChildProgram(
            Repository.Built("src/Cme.Web", "Cme.Web.dll"), Path.Combine(Repository.Root, "src/Cme.Web"),
            ["--Demo:Enabled=true", "--Demo:Empty=true", $"--Data:Directory={_data}", $"--Urls={BaseUrl}", .. arguments],
            // An unpublished build serves its scripts only so.
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
    }

    public Uri BaseUrl { get; }

    /// <summary>The file with the demo's keys.</summary>
    public string Credentials => Path.Combine(_data, "credentials.json");

    /// <summary>What it has written so far, for a failure's message.</summary>
    public string Output => _program.Output;

    /// <param name="arguments">Settings besides those of an empty demo, such as <c>--Demo:Empty=false</c>.</param>
    public static async Task<ServiceProcess> StartAsync(params string[] arguments)
    {
        var service = new ServiceProcess(arguments);
        await service.StartAgainAsync();
        return service;
    }

    /// <summary>Starts it on the data of the last run, and returns when it says that it is ready.</summary>
    public Task StartAgainAsync() => _program.StartAsync(new Uri(BaseUrl, "/health/ready"));

    /// <summary>kill -9, as an out-of-memory killer or a power cut would.</summary>
    public Task KillAsync() => _program.KillAsync();

    /// <summary>A client with the key of an organisation: a URN, or the authority's code.</summary>
    public HttpClient ClientOf(string organisation) => IService.ClientFor(BaseUrl, KeyOf(organisation));

    public string KeyOf(string organisation) => IService.KeyIn(Credentials, organisation);

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
