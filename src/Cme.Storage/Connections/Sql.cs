using System.Text;

namespace Cme.Storage.Connections;

/// <summary>The text of a <c>.sql</c> file that lies beside the type that uses it.</summary>
internal static class Sql
{
    /// <exception cref="InvalidOperationException">No such file was embedded: a mistake of the build.</exception>
    public static string Beside<T>(string file)
    {
        var name = $"{typeof(T).Namespace}.{file}";
        using var stream = typeof(T).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The SQL file {name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// Leaves out the lines that end in <c>--? name</c> where that filter is not asked for. The file as a whole stays runnable,
    /// and each combination gets a plan of its own.
    /// </summary>
    public static string With(string sql, IReadOnlySet<string> filters) =>
        string.Join('\n', sql.Split('\n').Where(line =>
            line.IndexOf("--? ", StringComparison.Ordinal) is var at && (at < 0 || filters.Contains(line[(at + 4)..].Trim()))));
}
