using System.Reflection;

namespace Cme.Grains.EmbeddedTests.Runtime;

/// <summary>The members of Orleans that the embedded runtime stands in for, one a line. The same words describe either runtime.</summary>
/// <remarks>Compiled into the embedded tests and, where Orleans restores, into the cluster tests.</remarks>
public static class OrleansMembers
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The checked-in list.</summary>
    public static IReadOnlyList<string> Listed { get; } =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "orleans-members.txt")).Where(line => line.Length > 0)];

    /// <summary>What a type declares for others to use: itself, then its constructors, methods, accessors and constants.</summary>
    public static IEnumerable<string> DeclaredBy(Type type) => Describe(type, Any | BindingFlags.DeclaredOnly);

    /// <summary>What a type offers, whether declared by it or inherited.</summary>
    public static IEnumerable<string> OfferedBy(Type type) => Describe(type, Any);

    private static IEnumerable<string> Describe(Type type, BindingFlags which)
    {
        var members = type.GetMembers(which).Select(Words).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        return [type.FullName!, .. members.Select(words => $"{type.FullName} :: {words}")];
    }

    private static string? Words(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or MethodBase { IsFamilyOrAssembly: true } => member.ToString(),
        FieldInfo { IsLiteral: true, IsPublic: true } constant => $"{constant.Name} = {Convert.ToInt64(constant.GetRawConstantValue(), null)}",
        _ => null,
    };
}
