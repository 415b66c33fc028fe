// Orleans' code generator reads these. Here they are kept so that contracts compile unchanged; only AlwaysInterleave,
// Immutable and GrainType change what this runtime does.
namespace Orleans
{
    /// <summary>A type that crosses a grain call.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
    public sealed class GenerateSerializerAttribute : Attribute;

    /// <summary>The number of a member on the wire. Never reused.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class
        | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        /// <summary>The number.</summary>
        public uint Id { get; } = id;
    }

    /// <summary>The name on the wire, which leaves the name in code free to change.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum
        | AttributeTargets.Method, AllowMultiple = true)]
    public sealed class AliasAttribute(string alias) : Attribute
    {
        /// <summary>The name on the wire.</summary>
        public string Alias { get; } = alias;
    }

    /// <summary>A promise that nobody changes such a value: it crosses a call by reference, uncopied.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property
        | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
    public sealed class ImmutableAttribute : Attribute;

    /// <summary>The stable name of a grain class. Reminders are stored under it, so it outlives the class name.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        internal Runtime.GrainType GrainType { get; } = Runtime.GrainType.Create(grainType);
    }
}

namespace Orleans.Concurrency
{
    /// <summary>The method may run between the awaits of other calls, and they between its own. For calls that only read, or wait.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class AlwaysInterleaveAttribute : Attribute;
}
