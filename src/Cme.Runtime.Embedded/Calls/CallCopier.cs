using System.Text.Json;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>Copies what crosses a call, so that caller and grain never share what one of them could change.</summary>
/// <param name="json">How values are copied: written as JSON and read again, nulls and types kept.</param>
/// <param name="everything">Copy immutable values too, which shows the wire types that cannot make the journey.</param>
internal sealed class CallCopier(JsonSerializerOptions json, bool everything)
{
    /// <summary>The arguments as the grain gets them.</summary>
    public object?[] CopyArguments(CallPlan plan, object?[] arguments)
    {
        foreach (var i in everything ? plan.ArgumentsToCopyInChaos : plan.ArgumentsToCopy)
        {
            arguments[i] = Copy(arguments[i], plan.DeclaredType(i));
        }

        return arguments;
    }

    /// <summary>The result as the caller gets it.</summary>
    public TResult CopyResult<TResult>(CallPlan<TResult> plan, TResult result) =>
        everything || plan.ResultToCopy ? (TResult)Copy(result, typeof(TResult))! : result;

    private object? Copy(object? value, Type declared)
    {
        if (value is null)
        {
            return null;
        }

        var actual = value.GetType();
        if (everything ? Immutability.IsAtom(actual) : Immutability.IsImmutable(actual))
        {
            return value;
        }

        // A list behind an interface may be of a type that only the compiler knows; a derived record must keep its own.
        var type = declared.IsInterface ? declared : actual;
        return JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, type, json), type, json);
    }
}
