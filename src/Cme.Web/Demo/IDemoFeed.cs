namespace Cme.Web.Demo;

/// <summary>Posts registers as the schools' systems would. It acts only when somebody presses the button.</summary>
public interface IDemoFeed
{
    /// <summary>
    /// Posts, over HTTP, every register of the demo's own pupils whose session has begun by the business clock and that was
    /// not posted yet. A school whose roll came by the API is left alone.
    /// </summary>
    /// <returns>How many registers were posted.</returns>
    Task<int> PostDueRegistersAsync(CancellationToken cancel);
}
