using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Cme.Storage.Connections;

/// <summary>What a statement is called in a trace: its verb and the first thing of ours that it names, such as "select cme.store_states".</summary>
internal static partial class StatementNames
{
    // Every text is a file or a constant of this program, so that they are few.
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(string? statement) => statement is null ? "statement" : Known.GetOrAdd(statement, Make);

    private static string Make(string statement)
    {
        var words = Comment().Replace(statement, "");
        var (verb, thing) = (Verb().Match(words), Thing().Match(words));
        return $"{(verb.Success ? verb.Value.ToLowerInvariant() : "statement")}{(thing.Success ? $" {thing.Value}" : "")}";
    }

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(select|insert|update|delete|with|set|merge|call)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\bcme\.\w+")]
    private static partial Regex Thing();
}
