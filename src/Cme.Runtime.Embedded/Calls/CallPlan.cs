using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Cme.Runtime.Embedded.Activation;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>How one method of a grain interface is called: worked out once, compiled, and kept.</summary>
internal abstract class CallPlan
{
    private static readonly ConcurrentDictionary<MethodInfo, CallPlan> _plans = new();

    private readonly ParameterInfo[] _parameters;

    protected CallPlan(MethodInfo method)
    {
        _parameters = method.GetParameters();
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute), inherit: true);
        ArgumentsToCopy = [.. Enumerable.Range(0, _parameters.Length).Where(i => MayNeedCopy(_parameters[i]))];
        ArgumentsToCopyInChaos = [.. Enumerable.Range(0, _parameters.Length).Where(i => !Immutability.IsAtom(_parameters[i].ParameterType))];
    }

    /// <summary>"IEpisodeGrain.Record".</summary>
    public string Name { get; }

    /// <summary>True if the call may run between the awaits of others.</summary>
    public bool Interleaves { get; }

    /// <summary>The arguments that do not cross by reference; nearly always none, and then a call copies nothing.</summary>
    public int[] ArgumentsToCopy { get; }

    /// <summary>The arguments that cross as copies where everything is copied.</summary>
    public int[] ArgumentsToCopyInChaos { get; }

    /// <summary>The type that the interface declares for an argument.</summary>
    public Type DeclaredType(int argument) => _parameters[argument].ParameterType;

    /// <summary>Makes the call, and returns what the interface's method returns.</summary>
    public abstract object Call(GrainDirectory directory, GrainId target, object?[] arguments, CallFrame? caller);

    /// <summary>The plan of a grain interface's method.</summary>
    /// <exception cref="NotSupportedException">The method is not one that a grain of ours may have.</exception>
    public static CallPlan For(MethodInfo method) => _plans.GetOrAdd(method, static m => Make(m));

    private static CallPlan Make(MethodInfo method)
    {
        var returns = method.ReturnType;
        var result = returns == typeof(Task) || returns == typeof(ValueTask) ? typeof(Nothing)
            : returns.IsGenericType && (returns.GetGenericTypeDefinition() == typeof(Task<>) || returns.GetGenericTypeDefinition() == typeof(ValueTask<>))
                ? returns.GetGenericArguments()[0]
                : null;
        return result is null || method.IsGenericMethod || method.GetParameters().Any(p => p.ParameterType.IsByRef)
            ? throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name}: a grain method returns Task, Task<T>, ValueTask or ValueTask<T>, "
                + "and is neither generic nor has parameters by reference (SUBSET.md).")
            : (CallPlan)Activator.CreateInstance(typeof(CallPlan<>).MakeGenericType(result), method)!;
    }

    private static bool MayNeedCopy(ParameterInfo parameter) =>
        !parameter.IsDefined(typeof(ImmutableAttribute)) && !Immutability.IsImmutable(parameter.ParameterType);
}

/// <summary>What a method without a result returns.</summary>
internal readonly struct Nothing;

/// <inheritdoc cref="CallPlan"/>
internal sealed class CallPlan<TResult> : CallPlan
{
    private readonly Func<object, object?[], Task> _invoke;
    private readonly Func<Task<TResult>, object> _wrap;

    public CallPlan(MethodInfo method) : base(method)
    {
        _invoke = Compile(method);
        _wrap = method.ReturnType == typeof(ValueTask) ? static task => new ValueTask(task)
            : method.ReturnType == typeof(ValueTask<TResult>) ? static task => new ValueTask<TResult>(task)
            : static task => task;
        ResultToCopy = !method.ReturnParameter.IsDefined(typeof(ImmutableAttribute)) && !Immutability.IsImmutable(typeof(TResult));
    }

    /// <summary>True if the result does not cross by reference.</summary>
    public bool ResultToCopy { get; }

    /// <inheritdoc/>
    public override object Call(GrainDirectory directory, GrainId target, object?[] arguments, CallFrame? caller)
    {
        var call = new Call<TResult>(this, target, caller, directory.Copier);
        try
        {
            call.Arguments = directory.Copier.CopyArguments(this, arguments);
            directory.Send(call);
        }
        catch (Exception failure)
        {
            call.Fail(failure);
        }

        return _wrap(call.Task);
    }

    /// <summary>Runs the method on the grain instance.</summary>
    public Task Invoke(object grain, object?[] arguments) => _invoke(grain, arguments);

    private static Func<object, object?[], Task> Compile(MethodInfo method)
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object[]));
        Expression body = Expression.Call(
            Expression.Convert(grain, method.DeclaringType!),
            method,
            method.GetParameters().Select((p, i) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType)));
        if (method.ReturnType.IsValueType)
        {
            body = Expression.Call(body, nameof(ValueTask.AsTask), null);
        }

        return Expression.Lambda<Func<object, object?[], Task>>(body, grain, arguments).Compile();
    }
}
