using System.Diagnostics.CodeAnalysis;

namespace Orleans;

/// <summary>Why an activation ends.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The underlying type is Orleans' own.")]
public enum DeactivationReasonCode : byte
{
    /// <summary>None was given.</summary>
    None,

    /// <summary>The process is shutting down.</summary>
    ShuttingDown,

    /// <summary>It never became active.</summary>
    ActivationFailed,

    /// <summary>Never given here: it comes from Orleans' directory.</summary>
    DirectoryFailure,

    /// <summary>Nobody called it for a while.</summary>
    ActivationIdle,

    /// <summary>Never given here.</summary>
    ActivationUnresponsive,

    /// <summary>Never given here: two activations of one grain cannot exist in one process.</summary>
    DuplicateActivation,

    /// <summary>Never given here.</summary>
    IncompatibleRequest,

    /// <summary>A write failed, so the memory of this activation can no longer be trusted.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>Never given here.</summary>
    Migrating,

    /// <summary>The runtime asked for it: here, only the chaos mode does.</summary>
    RuntimeRequested,

    /// <summary>Never given here.</summary>
    HighMemoryPressure,
}

/// <summary>Why an activation ends, and what led to it.</summary>
public readonly struct DeactivationReason
{
    /// <summary>A reason with nothing thrown.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, null, text)
    {
    }

    /// <summary>A reason with what was thrown.</summary>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text) =>
        (ReasonCode, Exception, Description) = (code, exception, text);

    /// <summary>One sentence for the log.</summary>
    public string Description { get; }

    /// <summary>The kind of reason.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>What was thrown, if anything was.</summary>
    public Exception? Exception { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}
