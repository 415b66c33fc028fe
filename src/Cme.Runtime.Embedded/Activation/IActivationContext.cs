using Cme.Runtime.Embedded.Reminders;
using Orleans;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Activation;

/// <summary>What a grain instance may ask of the runtime that holds it.</summary>
internal interface IActivationContext
{
    [ThreadStatic] private static IActivationContext? _underConstruction;

    /// <summary>The activation whose grain is being constructed on this thread, so that the grain's base class finds it.</summary>
    static IActivationContext? UnderConstruction { get => _underConstruction; set => _underConstruction = value; }

    GrainId GrainId { get; }

    IServiceProvider Services { get; }

    IGrainFactory GrainFactory { get; }

    IReminderRegistry Reminders { get; }

    /// <summary>Ends the activation once the calls under way are done. Only the first reason counts.</summary>
    void Deactivate(DeactivationReason reason);
}
