namespace Cme.Simulation.Store;

/// <summary>Carries out what is asked of the store in memory: at once for a spec, when its seed says so and with faults in a simulation.</summary>
internal interface IDisk
{
    Task<T> Read<T>(Func<T> read);

    /// <param name="what">For the story, such as <c>state episode-…</c>.</param>
    /// <param name="write">All or nothing: it throws before it has changed anything.</param>
    Task<T> Write<T>(string what, Func<T> write);
}

/// <summary>Carries everything out at once.</summary>
internal sealed class DiskAtOnce : IDisk
{
    public Task<T> Read<T>(Func<T> read) => Now(read);

    public Task<T> Write<T>(string what, Func<T> write) => Now(write);

    private static Task<T> Now<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
#pragma warning disable CA1031 // Whatever it was belongs to whoever awaits.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Task.FromException<T>(fault);
        }
    }
}
