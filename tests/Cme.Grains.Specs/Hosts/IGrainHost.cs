namespace Cme.Grains.Specs.Hosts;

/// <summary>The grains on one runtime, over a database and a business clock that both outlive a restart.</summary>
public interface IGrainHost : IAsyncDisposable
{
    /// <summary>What the host registered: the grain factory, storage's services, the clocks. Other ones after each start.</summary>
    IServiceProvider Services { get; }

    Task StartAsync();

    /// <summary>Stops in good order. What is in memory is gone; what was acknowledged is in the database.</summary>
    Task StopAsync();

    /// <summary>Ends every activation, so that the next call of each grain reads what is stored.</summary>
    Task DeactivateAllAsync();

    /// <summary>Moves the business clock to an instant, in the steps that the runtime needs to send the reminders due on the way.</summary>
    /// <remarks>When it returns, what the ticks do has been done, save for a tick that the runtime was allowed to lose or delay.</remarks>
    Task MoveToAsync(DateTimeOffset to);
}
