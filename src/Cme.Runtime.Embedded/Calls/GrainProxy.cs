using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Cme.Runtime.Embedded.Activation;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>A reference to a grain: every method of its interface becomes a call.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class GrainProxy : DispatchProxy
{
    private GrainDirectory? _directory;

    /// <summary>The grain that is called.</summary>
    public GrainId GrainId { get; private set; }

    /// <summary>A reference to a grain, seen through one of its interfaces.</summary>
    public static TGrainInterface Create<TGrainInterface>(GrainDirectory directory, GrainId id)
    {
        var reference = Create<TGrainInterface, GrainProxy>();
        var proxy = (GrainProxy)(object)reference!;
        (proxy._directory, proxy.GrainId) = (directory, id);
        return reference;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainProxy other && other.GrainId.Equals(GrainId);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => GrainId.ToString();

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        CallPlan.For(targetMethod!).Call(_directory!, GrainId, args ?? [], CallFrame.Current);
}
