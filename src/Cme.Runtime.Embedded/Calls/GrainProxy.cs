using System.Reflection;
using Orleans.Runtime;

namespace Cme.Runtime.Embedded.Calls;

/// <summary>A reference to a grain: every method of its interface becomes a call.</summary>
internal abstract class GrainProxy : DispatchProxy
{
    /// <summary>The grain that is called.</summary>
    public GrainId GrainId { get; set; }
}
