using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Cme.Runtime.Embedded.Calls;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Activation;

/// <summary>The grain classes of the given assemblies, and which of them serves an interface.</summary>
internal sealed class GrainCatalogue
{
    private readonly FrozenDictionary<GrainType, GrainClass> _byType;
    private readonly ConcurrentDictionary<Type, GrainType> _byInterface = new();

    /// <summary>Finds the grain classes, and checks that every method of their interfaces can be called.</summary>
    /// <exception cref="InvalidOperationException">Two classes have one grain type, or a class cannot be constructed.</exception>
    /// <exception cref="NotSupportedException">An interface has a method that this runtime does not support.</exception>
    public GrainCatalogue(IEnumerable<Assembly> assemblies)
    {
        var classes = assemblies.Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsSubclassOf(typeof(Grain)))
            .Select(type => new GrainClass(type))
            .ToArray();
        var twice = classes.GroupBy(c => c.GrainType).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException(
                $"The grain type '{twice.Key}' belongs to {string.Join(" and ", twice.Select(c => c.Type))}. Give one of them another with [GrainType].");
        }

        _byType = classes.ToFrozenDictionary(c => c.GrainType);
        foreach (var method in classes.SelectMany(c => c.Type.GetInterfaces()).Where(IsGrainInterface).Distinct().SelectMany(i => i.GetMethods()))
        {
            CallPlan.For(method);
        }
    }

    /// <summary>The class of a grain type.</summary>
    /// <exception cref="ArgumentException">No class has it.</exception>
    public GrainClass ClassOf(GrainType type) => _byType.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"No grain class has the type '{type}'. Is its assembly among the runtime's GrainAssemblies?");

    /// <summary>The type of the one grain class that implements an interface.</summary>
    /// <exception cref="ArgumentException">None does, or several do.</exception>
    public GrainType TypeFor(Type grainInterface) => _byInterface.GetOrAdd(grainInterface, static (sought, classes) =>
    {
        var found = classes.Values.Where(c => sought.IsAssignableFrom(c.Type)).ToArray();
        return found switch
        {
            [var one] => one.GrainType,
            [] => throw new ArgumentException($"No grain class implements {sought}. Is its assembly among the runtime's GrainAssemblies?"),
            _ => throw new ArgumentException($"{sought} is implemented by {string.Join(" and ", found.Select(c => c.Type))}; one class may serve it."),
        };
    }, _byType);

    private static bool IsGrainInterface(Type type) => typeof(IAddressable).IsAssignableFrom(type) && type != typeof(IAddressable);
}
