using Cme.Runtime.Embedded.Activation;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of every grain class. One instance serves one key, one turn at a time.</summary>
/// <remarks>The subset of Orleans' <c>Grain</c> that our grains use; see SUBSET.md.</remarks>
public abstract class Grain : IAddressable
{
    private readonly IActivationContext? _context = IActivationContext.UnderConstruction;

    /// <summary>Gives references to other grains.</summary>
    protected IGrainFactory GrainFactory => Context.GrainFactory;

    /// <summary>The services of this activation: a scope that ends with it.</summary>
    protected internal IServiceProvider ServiceProvider => Context.Services;

    /// <summary>What the runtime knows of this instance.</summary>
    /// <exception cref="InvalidOperationException">The grain was created with <c>new</c>, not by the runtime.</exception>
    internal IActivationContext Context => _context
        ?? throw new InvalidOperationException("Grain was created outside of the runtime and no runtime was specified.");

    /// <summary>Runs before the first call, with persistent state already read. If it fails, that call fails, and the next one tries anew.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call. Not promised: a crash skips it, so nothing may depend on it.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation once the calls under way are done; the next call gets a fresh one, which reads the stored state.</summary>
    protected void DeactivateOnIdle() =>
        Context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));
}
