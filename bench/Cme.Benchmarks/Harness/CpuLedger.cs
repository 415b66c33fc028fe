using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Cme.Benchmarks.Harness;

/// <summary>Who uses the processors: those who take part, by name, and everybody else together.</summary>
internal sealed class CpuLedger
{
    private readonly List<(string Name, Func<double> Seconds)> _accounts = [];

    /// <summary>Adds someone who takes part.</summary>
    /// <param name="seconds">The processor time used so far.</param>
    public CpuLedger With(string name, Func<double> seconds)
    {
        _accounts.Add((name, seconds));
        return this;
    }

    public Reading Read() => new(
        Stopwatch.GetTimestamp(), ProcFiles.BusySeconds(), [.. _accounts.Select(account => (account.Name, account.Seconds()))]);

    /// <summary>How things stand at one moment.</summary>
    internal sealed record Reading(long At, double Busy, ImmutableArray<(string Name, double Seconds)> Accounts);

    /// <summary>What was used between two readings.</summary>
    public static CpuUse Between(Reading before, Reading after)
    {
        var used = after.Accounts.Zip(before.Accounts, (now, then) => (now.Name, Seconds: Math.Max(0, now.Seconds - then.Seconds)))
            .ToImmutableDictionary(account => account.Name, account => account.Seconds);
        var capacity = Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds * Environment.ProcessorCount;
        return new(used, Math.Max(0, after.Busy - before.Busy - used.Values.Sum()) / capacity);
    }
}

/// <summary>Processor time used in a lap.</summary>
/// <param name="Seconds">By who used it.</param>
/// <param name="Others">The part of all processors that neither stood idle nor worked for those who take part; 0 to 1. The kernel's own
/// threads, which write to the disk for everybody, are among them.</param>
internal sealed record CpuUse(ImmutableDictionary<string, double> Seconds, double Others);

/// <summary>What Linux tells of processes.</summary>
internal static class ProcFiles
{
    private const double TicksASecond = 100;        // What Linux shows to programs, whatever the kernel's own tick.

    /// <summary>Processor time of the whole machine since it started, in seconds: everything but idling and waiting for a disk.</summary>
    public static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // cpu user nice system idle iowait irq softirq steal. What a hypervisor stole was taken by others, too.
        return (Number(fields[1]) + Number(fields[2]) + Number(fields[3]) + Number(fields[6]) + Number(fields[7]) + Number(fields[8])) / TicksASecond;
    }

    /// <summary>Processor time of a process itself, in seconds; 0 if there is none.</summary>
    public static double SecondsOf(int? pid) => pid is { } id && Stat(id) is { } stat ? (Number(stat[11]) + Number(stat[12])) / TicksASecond : 0;

    /// <summary>Processor time of a process and all its descendants, those that have ended included, in seconds; 0 if there is none.</summary>
    public static double SecondsOfTree(int? pid) =>
        pid is { } id ? Tree(id).Sum(one => OwnSeconds(one) + ((Number(one[13]) + Number(one[14])) / TicksASecond)) : 0;

    /// <summary>Memory in use by a process, in MB: resident, with what it shares counted whole.</summary>
    public static double ResidentMegabytes(int pid) =>
        Kilobytes(File.ReadLines($"/proc/{pid}/status"), "VmRSS:") / 1024;

    /// <summary>Memory in use by the descendants of a process, in MB: what they share is counted once.</summary>
    public static double MegabytesOfDescendants(int pid) => Descendants(pid).Sum(ProportionalKilobytes) / 1024;

    // Of a process with one thread, as PostgreSQL's are, Linux tells nanoseconds; in ticks of 10 ms a hundred short-lived ones would vanish.
    private static double OwnSeconds(string[] stat)
    {
        const double Nanoseconds = 1e9;
        try
        {
            if (stat[17] == "1") { return Number(File.ReadAllText($"/proc/{stat[^1]}/schedstat").Split(' ')[0]) / Nanoseconds; }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended, or this kernel does not tell: then ticks are what there is.
        }
        return (Number(stat[11]) + Number(stat[12])) / TicksASecond;
    }

    private static double ProportionalKilobytes(int pid)
    {
        try
        {
            return Kilobytes(File.ReadLines($"/proc/{pid}/smaps_rollup"), "Pss:");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static IEnumerable<int> Descendants(int pid) =>
        Tree(pid).Select(stat => int.Parse(stat[^1], CultureInfo.InvariantCulture)).Where(one => one != pid);

    // Each as the fields after its name, with its own id at the end.
    private static List<string[]> Tree(int root)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Stat(id) : null).OfType<string[]>()
            .ToLookup(stat => stat[1]);
        var found = Stat(root) is { } self ? new List<string[]> { self } : [];
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(all[found[i][^1]]);
        }
        return found;
    }

    private static string[]? Stat(int pid)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            // The name in parentheses may hold anything; the state follows its last parenthesis.
            return [.. line[(line.LastIndexOf(')') + 2)..].Split(' '), pid.ToString(CultureInfo.InvariantCulture)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static double Kilobytes(IEnumerable<string> lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim())
            : 0;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
