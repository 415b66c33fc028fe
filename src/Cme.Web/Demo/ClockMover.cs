using Cme.Domain;
using Cme.Storage.Connections;
using Cme.Storage.Demo;
using Cme.Web.Hosting;

namespace Cme.Web.Demo;

/// <summary>
/// Puts the demo's clock forward as if the time had passed: from one instant at which something falls due to the next, and on
/// only when everything that then follows has been handled.
/// </summary>
public sealed class ClockMover(
    ClockOfDemo clock, ClockKeeper keeper, IDemoClockStore store, Quiet quiet, ClusterSettings cluster, [FromKeyedServices(Clock.System)] TimeProvider system) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    /// <summary>The business clock now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Takes the clock from where the last run of this demo left it, or to its beginning.</summary>
    public Task ResumeAsync(CancellationToken cancel) => keeper.ResumeAsync(cancel);

    /// <summary>Moves the clock to an instant and returns when everything that was due by then has been handled. It goes on ticking.</summary>
    /// <returns>The clock afterwards, or null if the instant lies in the past: the clock never goes back.</returns>
    public async Task<DateTimeOffset?> MoveToAsync(DateTimeOffset instant, CancellationToken cancel)
    {
        // What falls due falls due for everybody, whoever pressed the button.
        using var everybody = Reader.AsTheProduct();
        await _one.WaitAsync(cancel);
        try
        {
            if (instant < Now) { return null; }
            await quiet.WhenQuietAsync(cancel);
            var looked = Now;
            while (Now < instant)
            {
                var next = await store.NextInstantAsync(looked, cancel);
                var step = next is { } due && due < instant ? due : instant;
                looked = step > looked ? step : looked;
                if (step > Now)
                {
                    clock.Ahead = clock.AheadFor(step);
                    await store.SaveOffsetAsync(clock.Ahead, cancel);
                }
                await quiet.AfterClockMovedAsync(cancel);
            }
            // What is asked of another node next is asked at this time, or later.
            if (cluster.IsClient) { await Task.Delay(2 * ClockKeeper.Every, system, cancel); }
            return Now;
        }
        finally
        {
            _one.Release();
        }
    }
}
