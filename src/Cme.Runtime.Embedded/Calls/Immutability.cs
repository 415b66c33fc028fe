using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>Which values can cross a call by reference, because nobody can change them.</summary>
internal static class Immutability
{
    private static readonly ConcurrentDictionary<Type, bool> _known = new();

    private static readonly HashSet<Type> _atoms =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(Int128), typeof(UInt128), typeof(Half), typeof(Nothing),
        typeof(CancellationToken), typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(TickStatus),
    ];

    private static readonly HashSet<Type> _containers =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedSet<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>),
    ];

    /// <summary>A value without parts, or one that must keep its identity: never copied, not even where everything is.</summary>
    public static bool IsAtom(Type type) =>
        type.IsPrimitive || type.IsEnum || _atoms.Contains(type) || typeof(IAddressable).IsAssignableFrom(type)
        || (Nullable.GetUnderlyingType(type) is { } inner && IsAtom(inner));

    /// <summary>A type all of whose values are immutable: an atom, one marked [Immutable], or an immutable collection of such.</summary>
    public static bool IsImmutable(Type type) => _known.GetOrAdd(type, static t =>
        IsAtom(t)
        || t.IsDefined(typeof(ImmutableAttribute), inherit: false)
        || (t.IsGenericType && _containers.Contains(t.GetGenericTypeDefinition()) && t.GetGenericArguments().All(IsImmutable)));
}
