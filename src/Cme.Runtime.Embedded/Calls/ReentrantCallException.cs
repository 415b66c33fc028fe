using System.Diagnostics.CodeAnalysis;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>A grain was called by a chain of calls that already holds its turn. It would wait for itself for ever.</summary>
/// <remarks>Orleans lets such a call wait until it times out. A grain never calls left (DESIGN.md §1), so this is always a mistake in a grain.</remarks>
[SuppressMessage("Design", "CA1032", Justification = "The chain is the point of it.")]
public sealed class ReentrantCallException : InvalidOperationException
{
    internal ReentrantCallException(string chain, string call)
        : base($"The call {call} would wait for itself: {chain} → {call}. Let the caller pass what is needed along with its call.") =>
        Chain = chain;

    /// <summary>The calls under way, outermost first.</summary>
    public string Chain { get; }
}
