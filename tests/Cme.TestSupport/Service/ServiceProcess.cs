using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Cme.TestSupport.Database;

namespace Cme.TestSupport.Service;

/// <summary>
/// The real program in a process of its own, as <c>./cme run --demo --empty</c> starts it: its own PostgreSQL, its own port, its
/// own data directory. It can be killed while it works, and started again on the same data.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _data = ThrowAwayDirectory.Create();
    private readonly string[] _arguments;
    private readonly List<string> _output = [];
    private readonly HttpClient _anonymous = new() { Timeout = Patience };
    private Process? _process;
    private JsonDocument? _credentials;

    private ServiceProcess(string[] arguments)
    {
        _arguments = arguments;
        BaseUrl = new Uri($"http://127.0.0.1:{FreePort()}");
    }

    public Uri BaseUrl { get; }

    /// <summary>The file with the demo's keys.</summary>
    public string Credentials => Path.Combine(_data, "credentials.json");

    /// <summary>What it has written so far, for a failure's message.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output.TakeLast(60));
            }
        }
    }

    /// <param name="arguments">Settings besides those of an empty demo, such as <c>--Demo:Empty=false</c>.</param>
    public static async Task<ServiceProcess> StartAsync(params string[] arguments)
    {
        var service = new ServiceProcess(arguments);
        await service.StartAgainAsync();
        return service;
    }

    /// <summary>Starts it on the data of the last run, and returns when it says that it is ready.</summary>
    public async Task StartAgainAsync()
    {
        var assembly = Repository.Built("src/Cme.Web", "Cme.Web.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "src/Cme.Web"),
        };
        string[] given =
        [
            assembly, "--Demo:Enabled=true", "--Demo:Empty=true", $"--Data:Directory={_data}", $"--Urls={BaseUrl}", .. _arguments,
        ];
        given.ToList().ForEach(start.ArgumentList.Add);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";     // An unpublished build serves its scripts only so.
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync(_process);
        _credentials = JsonDocument.Parse(await File.ReadAllTextAsync(Credentials));
    }

    /// <summary>kill -9, as an out-of-memory killer or a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>A client with the key of an organisation: a URN, or the authority's code.</summary>
    public HttpClient ClientOf(string organisation)
    {
        var client = new HttpClient { BaseAddress = BaseUrl, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", KeyOf(organisation));
        return client;
    }

    public string KeyOf(string organisation) => _credentials!.RootElement.GetProperty("apiKeys").EnumerateArray()
        .Single(key => key.GetProperty("organisation").GetString() == organisation).GetProperty("key").GetString()!;

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }
        _process?.Dispose();
        _anonymous.Dispose();
        _credentials?.Dispose();
    }

    private async Task UntilReadyAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await tick.WaitForNextTickAsync(patience.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The program ended with {process.ExitCode} instead of becoming ready.\n{Output}");
            }
            try
            {
                using var answer = await _anonymous.GetAsync(new Uri(BaseUrl, "/health/ready"), patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? "");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
