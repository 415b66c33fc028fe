using System.Reflection;
using Cme.Runtime.Embedded.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Activation;

/// <summary>A grain class, and how an instance is made: its stored rows by [PersistentState], the rest from the services.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _make;
    private readonly (string Name, ObjectFactory Make)[] _states;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? ByConvention(type);
        var parameters = Constructor(type).GetParameters().Where(p => p.IsDefined(typeof(PersistentStateAttribute))).ToArray();
        _states = [.. parameters.Select(StateOf)];
        _make = ActivatorUtilities.CreateFactory(type, [.. parameters.Select(p => p.ParameterType)]);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    /// <summary>Makes an instance for an activation, and lists the rows that are to be read before it is activated.</summary>
    public Grain Create(IActivationContext activation, GrainStorage storage, List<PersistentState> states)
    {
        foreach (var (name, make) in _states)
        {
            states.Add((PersistentState)make(activation.Services, [activation, storage, name]));
        }

        IActivationContext.UnderConstruction = activation;
        try
        {
            return (Grain)_make(activation.Services, [.. states]);
        }
        finally
        {
            IActivationContext.UnderConstruction = null;
        }
    }

    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors() is [var only]
            ? only
            : throw new InvalidOperationException($"{type} must have exactly one public constructor.");

    // The name that Orleans gives a class without [GrainType]: reminders set on one runtime must be found on the other.
    private static GrainType ByConvention(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name);
    }

    private static (string Name, ObjectFactory Make) StateOf(ParameterInfo parameter)
    {
        var declared = parameter.ParameterType;
        if (!declared.IsGenericType || declared.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException($"{parameter.Member.DeclaringType}: parameter '{parameter.Name}' must be an IPersistentState<T>.");
        }

        var state = typeof(PersistentState<>).MakeGenericType(declared.GetGenericArguments());
        return (parameter.GetCustomAttribute<PersistentStateAttribute>()!.StateName,
            ActivatorUtilities.CreateFactory(state, [typeof(IActivationContext), typeof(GrainStorage), typeof(string)]));
    }
}
