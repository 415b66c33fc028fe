using System.ComponentModel;
using System.Diagnostics;

namespace Cme.Storage.PrivateServer;

/// <summary>How the small programs around the server are run: in a clean environment, with everything they say kept.</summary>
internal static class ServerCommand
{
    /// <summary>A command that inherits neither the program's environment, which may hold secrets and PG variables, nor its terminal.</summary>
    public static ProcessStartInfo Of(string program, IEnumerable<string> arguments)
    {
        var how = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        how.Environment.Clear();
        how.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        how.Environment["LC_ALL"] = "C.UTF-8";
        return how;
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="PrivateServerException">It failed; the message holds what it said.</exception>
    public static async Task RunAsync(ProcessStartInfo how, string input, CancellationToken cancellation)
    {
        var (succeeded, said) = await TryAsync(how, input, cancellation);
        if (!succeeded)
        {
            throw new PrivateServerException($"'{how.FileName} {string.Join(' ', how.ArgumentList)}' failed: {said}");
        }
    }

    /// <summary>Runs it to its end and tells whether it succeeded, and what it said.</summary>
    public static async Task<(bool Succeeded, string Said)> TryAsync(ProcessStartInfo how, string input, CancellationToken cancellation)
    {
        using var process = await StartAsync(how);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; how it ended says whether that matters.
        }
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode == 0, $"{await errors}{await output}".Trim());
    }

    /// <summary>Starts it on the thread that lives as long as this program.</summary>
    /// <exception cref="PrivateServerException">There is no such program.</exception>
    public static async Task<Process> StartAsync(ProcessStartInfo how)
    {
        try
        {
            return await LaunchThread.StartAsync(how);
        }
        catch (Win32Exception missing)
        {
            throw new PrivateServerException(
                $"'{how.FileName}' cannot be run ({missing.Message}). The private PostgreSQL server needs Linux with util-linux and coreutils: sudo apt-get install -y util-linux coreutils",
                missing);
        }
    }
}
