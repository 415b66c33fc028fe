using System.Diagnostics;
using System.Globalization;

namespace Cme.Storage.PrivateServer;

/// <summary>Who the server runs as. PostgreSQL refuses to run as root, so a program started by root gives the server another user.</summary>
internal sealed record ServerAccount(string Name, uint Uid, uint Gid, bool SwitchedTo)
{
    // Once the program has died before the server could ask to be told, the server's parent is another: it must not start at all.
    private const string UnlessParentDied = """[ "$PPID" = "$1" ] || exit 1; shift; exec "$@" """;

    /// <summary>The user who started the program; started by root, the owner of the data, or else <c>postgres</c> or <c>nobody</c>.</summary>
    public static async Task<ServerAccount> ForAsync(string cluster, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(Environment.UserName, 0, 0, SwitchedTo: false);
        }
        var owner = await ServerCommand.TryAsync(ServerCommand.Of("stat", ["--format=%U", cluster]), "", cancellation);
        return (owner is { Succeeded: true, Said: not "root" } ? Known(owner.Said) : null) ?? Known("postgres") ?? Known("nobody")
            ?? throw new PrivateServerException("Started by root, PostgreSQL runs as the user 'postgres' or 'nobody', and neither exists. Add one: useradd --system postgres");
    }

    /// <summary>How to run one of the server's programs: as this user, away from the terminal, and ended with the thread that starts it.</summary>
    /// <remarks>
    /// Its own session, so that Ctrl-C reaches the program first, which still needs its database to stop in good order.
    /// SIGINT asks PostgreSQL for a fast shutdown. A shell starts background programs with SIGINT ignored, so it is put back.
    /// </remarks>
    public ProcessStartInfo Run(string program, params IEnumerable<string> arguments)
    {
        string[] user = SwitchedTo ? [$"--reuid={Uid}", $"--regid={Gid}", "--init-groups"] : [];
        var parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return ServerCommand.Of("setsid", [
            "env", "--default-signal=INT", "setpriv", "--pdeathsig=INT", .. user, "--",
            "sh", "-c", UnlessParentDied, "sh", parent, program, .. arguments]);
    }

    /// <summary>Makes the directory if it is missing, for this user's eyes only.</summary>
    public async Task OwnDirectoryAsync(string path, CancellationToken cancellation)
    {
        if (SwitchedTo)
        {
            await ServerCommand.RunAsync(ServerCommand.Of("install", ["-d", "-m", "0700", .. Owner, path]), "", cancellation);
            return;
        }
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a file that only this user may read.</summary>
    public Task WriteSecretAsync(string path, string content, CancellationToken cancellation) =>
        ServerCommand.RunAsync(ServerCommand.Of("install", ["-m", "0600", .. Owner, "/dev/stdin", path]), content, cancellation);

    /// <summary>The first directory on the way to <paramref name="path"/> that this user may not enter, or null.</summary>
    public async Task<string?> FirstClosedToAsync(string path, CancellationToken cancellation)
    {
        if (!SwitchedTo || await MayEnterAsync(path, cancellation))
        {
            return null;
        }
        var onTheWay = new Stack<string>();
        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            onTheWay.Push(at);
        }
        foreach (var directory in onTheWay)
        {
            if (!await MayEnterAsync(directory, cancellation))
            {
                return directory;
            }
        }
        return null;
    }

    private IEnumerable<string> Owner => SwitchedTo ? [$"--owner={Uid}", $"--group={Gid}"] : [];

    private async Task<bool> MayEnterAsync(string path, CancellationToken cancellation) =>
        (await ServerCommand.TryAsync(ServerCommand.Of("setpriv", [$"--reuid={Uid}", $"--regid={Gid}", "--init-groups", "--", "test", "-x", path]), "", cancellation)).Succeeded;

    private static ServerAccount? Known(string name) =>
        (from line in File.ReadLines("/etc/passwd")
         let fields = line.Split(':')
         where fields.Length > 3 && fields[0] == name
         select new ServerAccount(
             name, uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture), SwitchedTo: true))
        .FirstOrDefault();
}
