namespace Cme.TestSupport.Service;

/// <summary>Finds what a test starts beside itself.</summary>
public static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file that a project built, in the flavour and configuration of the running test.</summary>
    public static string Built(string project, string file)
    {
        // …/bin/<flavour>/<configuration>/<framework>/
        var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return Path.Combine([Root, project, "bin", .. parts[^3..], file]);
    }

    /// <summary>The same in the embedded flavour, whichever the running test has.</summary>
    public static string BuiltEmbedded(string project, string file) =>
        Built(project, file).Replace("/bin/Orleans/", "/bin/Embedded/", StringComparison.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CmeOrleans.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        }
        return folder.FullName;
    }
}
