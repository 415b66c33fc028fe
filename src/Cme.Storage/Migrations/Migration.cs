using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cme.Storage.Migrations;

/// <summary>One numbered SQL file.</summary>
/// <param name="Number">Its place in the order, from 0.</param>
/// <param name="Name">What it is about, as in its file name.</param>
/// <param name="Sql">One or more statements.</param>
internal sealed partial record Migration(int Number, string Name, string Sql)
{
    private static readonly Lazy<IReadOnlyList<Migration>> Embedded = new(() => EmbeddedIn(typeof(Migration).Assembly));

    /// <summary>Every migration that this program carries, in order.</summary>
    public static IReadOnlyList<Migration> OfThisProgram => Embedded.Value;

    /// <summary>SHA-256 of the text, the same whichever line ends a checkout gave it.</summary>
    public string Checksum =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public static string FileName(int number, string name) => string.Create(CultureInfo.InvariantCulture, $"{number:0000}_{name}.sql");

    public override string ToString() => FileName(Number, Name);

    private static List<Migration> EmbeddedIn(Assembly assembly)
    {
        List<Migration> found = [.. from resource in assembly.GetManifestResourceNames()
                                    let named = ResourceName().Match(resource)
                                    where named.Success
                                    let number = int.Parse(named.Groups["number"].Value, CultureInfo.InvariantCulture)
                                    orderby number
                                    select new Migration(number, named.Groups["name"].Value, TextOf(assembly, resource))];
        if (found.CountBy(one => one.Number).FirstOrDefault(one => one.Value > 1) is { Value: > 1 } twice)
        {
            throw new MigrationException(
                $"Two migrations have the number {twice.Key}: {string.Join(" and ", found.Where(one => one.Number == twice.Key))}. Give one of them the next free number.");
        }
        return found;
    }

    private static string TextOf(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.Migrations\.(?<number>[0-9]{4})_(?<name>[a-z0-9_]+)\.sql$")]
    private static partial Regex ResourceName();
}
