using Cme.Runtime.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain, or a reference to one, can say about its identity.</summary>
public static class GrainExtensions
{
    /// <summary>The identity of a grain or of a reference to one.</summary>
    /// <exception cref="ArgumentException">Neither: an object that the runtime did not make.</exception>
    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            Grain instance => instance.Context.GrainId,
            GrainProxy reference => reference.GrainId,
            _ => throw new ArgumentException($"{grain.GetType().FullName} is neither a grain nor a reference to one.", nameof(grain)),
        };
    }

    /// <summary>The string key of a grain or of a reference to one.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();
}
