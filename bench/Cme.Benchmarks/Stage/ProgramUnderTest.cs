using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cme.Benchmarks.Harness;

namespace Cme.Benchmarks.Stage;

/// <summary>A program in a process of its own, as its users start it. It ends when this process does, kill -9 included.</summary>
internal sealed class ProgramUnderTest : IAsyncDisposable
{
    // The shell tells the program's id, waits until its own input ends, and then ends the program.
    private const string RunUntilInputEnds =
        """
        log=$1; shift
        "$@" </dev/null >"$log" 2>&1 &
        echo $!
        cat >/dev/null
        kill "$!" 2>/dev/null
        wait "$!"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(4);

    private readonly Process _shell;

    private ProgramUnderTest(Process shell, int id, int port, TimeSpan readyAfter) =>
        (_shell, Id, Port, ReadyAfter) = (shell, id, port, readyAfter);

    /// <summary>The process id of the program.</summary>
    public int Id { get; }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>From the order to start it until it answered that it is ready.</summary>
    public TimeSpan ReadyAfter { get; }

    /// <summary>Starts a program and waits until <c>/health/ready</c> answers 200.</summary>
    /// <param name="arguments">The assembly and its arguments. Where it listens is added.</param>
    /// <param name="workingDirectory">Where it runs; what it prints goes to <c>program.log</c> there.</param>
    /// <param name="connectionString">The database it is to use; null for a private one.</param>
    /// <exception cref="BenchmarkBrokenException">It ended, or was not ready in time.</exception>
    public static async Task<ProgramUnderTest> StartAsync(IEnumerable<string> arguments, string workingDirectory, string? connectionString = null)
    {
        var (port, log) = (FreePort(), Path.Combine(workingDirectory, "program.log"));
        var start = new ProcessStartInfo("sh", ["-c", RunUntilInputEnds, "sh", log, "dotnet", .. arguments, $"--Urls=http://127.0.0.1:{port}"])
        {
            WorkingDirectory = workingDirectory, RedirectStandardInput = true, RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__Cme"] = connectionString },
        };
        var began = Stopwatch.GetTimestamp();
        var shell = Process.Start(start)!;
        try
        {
            var id = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            while (!await IsReadyAsync(port))
            {
                if (!File.Exists($"/proc/{id}/stat") || Stopwatch.GetElapsedTime(began) > Patience)
                {
                    throw new BenchmarkBrokenException($"The program did not become ready. It said:\n{await File.ReadAllTextAsync(log)}");
                }
                await Task.Delay(BetweenTries, TimeProvider.System);
            }
            return new ProgramUnderTest(shell, id, port, Stopwatch.GetElapsedTime(began));
        }
        catch
        {
            await StopAsync(shell);
            throw;
        }
    }

    /// <summary>Where the program's main assembly is.</summary>
    /// <exception cref="BenchmarkBrokenException">It is not there.</exception>
    public static string AssemblyIn(BenchOptions options) => Published(options.Program, "Cme.Web.dll", missing => new BenchmarkBrokenException(
        $"{missing} Run ./cme bench, which publishes it, or name its directory with --program."));

    /// <summary>Where the main assembly of a program in the Orleans flavour is: in a directory beside the other's.</summary>
    /// <param name="program"><c>web</c> or <c>silo</c>.</param>
    /// <exception cref="NotToBeHadException">It is not there.</exception>
    public static string OrleansAssemblyIn(BenchOptions options, string program) => Published(
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Program))!, $"{program}-orleans"), $"Cme.{char.ToUpperInvariant(program[0])}{program[1..]}.dll",
        missing => new NotToBeHadException($"{missing} ./cme bench publishes it where Orleans' packages restore; where they do not, no cluster can be measured."));

    private static string Published(string directory, string assembly, Func<string, Exception> otherwise)
    {
        var path = Path.GetFullPath(Path.Combine(directory, assembly));
        return File.Exists(path) ? path : throw otherwise($"There is no published program at '{path}'.");
    }

    /// <summary>Ends the program in good order and waits until it is gone.</summary>
    public ValueTask DisposeAsync() => StopAsync(_shell);

    private static async ValueTask StopAsync(Process shell)
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    private static async Task<bool> IsReadyAsync(int port)
    {
        try
        {
            using var line = await HttpLine.OpenAsync(port);
            return (await line.SendAsync(Encoding.ASCII.GetBytes("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))).Status == 200;
        }
        catch (Exception notYet) when (notYet is SocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>A port on which nobody listens now.</summary>
    public static int FreePort()
    {
        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }
}
