namespace Cme.Runtime.Embedded.Simulation;

/// <summary>
/// Takes the turns of all grains in place of the thread pool, so that a simulation runs them on one thread, in an order that a
/// seed decides, and can run the same again.
/// </summary>
/// <remarks>
/// Two turns of one activation are never here at once. A turn that is never run is one that a crash has cut off. What runs outside
/// grains must have a scheduler of its own: a plain await there would go on on the thread pool.
/// </remarks>
public interface ITurnQueue
{
    /// <summary>Takes a turn, to be run once: at any time, but not within this call.</summary>
    void Add(IThreadPoolWorkItem turn);
}
