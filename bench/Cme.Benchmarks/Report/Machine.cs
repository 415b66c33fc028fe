using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using Cme.Benchmarks.Harness;

namespace Cme.Benchmarks.Report;

/// <summary>The machine on which was measured.</summary>
internal static class Machine
{
    private const int Flushes = 200;
    private const int Page = 8192;

    /// <summary>Processors, memory, kernel and runtime, in one line.</summary>
    public static string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} × {Model()}, {Memory():0.#} GB, Linux {Environment.OSVersion.Version}, {RuntimeInformation.FrameworkDescription}{(GCSettings.IsServerGC ? " (server GC)" : "")}");

    /// <summary>The file system under a directory, and how long it takes to hold 8 kB for good.</summary>
    public static string DescribeDisk(string directory)
    {
        var took = Flush(directory);
        return string.Create(CultureInfo.InvariantCulture,
            $"{FileSystemOf(directory)}, fsync of 8 kB {took.Min * 1000:0} / {took.Median * 1000:0} / {took.Max * 1000:0} µs");
    }

    private static Spread Flush(string directory)
    {
        var path = Path.Combine(directory, "cme-bench-flush-" + Guid.NewGuid().ToString("n"));
        var page = new byte[Page];
        var took = new double[Flushes];
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose))
        {
            for (var i = 0; i < Flushes; i++)
            {
                var began = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, page, (long)i % 16 * Page);
                RandomAccess.FlushToDisk(file);
                took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }
        return Spread.Of(took);
    }

    private static string Model() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? string.Join(' ', line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static double Memory() =>
        double.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 / 1024;

    private static string FileSystemOf(string directory) =>
        (from line in File.ReadLines("/proc/mounts")
         let mount = line.Split(' ')
         where directory == mount[1] || mount[1] == "/" || directory.StartsWith(mount[1] + "/", StringComparison.Ordinal)
         orderby mount[1].Length descending
         select mount[2]).First();
}
