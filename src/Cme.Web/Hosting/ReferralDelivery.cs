using Cme.Domain;
using Cme.Storage.Duties;
using Cme.Storage.Concerns;
using Cme.Storage.Forms;
using Cme.Storage.Referrals;
using Cme.Storage.Searches;
using Cme.Web.Api.Concerns;
using Cme.Web.Api.Referrals;
using Cme.Web.Measures;
using Orleans;

namespace Cme.Web.Hosting;

/// <summary>
/// Tells episodes of referrals and concerns that were stored by a process that died before it could, and forgets searches and forms that
/// have expired.
/// </summary>
internal sealed partial class ReferralDelivery(
    IReferrals referrals, IConcerns concerns, ISearches searches, IKeptForms forms, IConcernDrafts drafts, IGrainFactory grains,
    [FromKeyedServices(Clock.Business)] TimeProvider business,
    [FromKeyedServices(Clock.System)] TimeProvider system, IDuties duties, ILogger<ReferralDelivery> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, system);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!duties.AreMine) { continue; }
            try
            {
                await DeliverAsync(stoppingToken);
                await searches.PurgeAsync(system.GetUtcNow(), stoppingToken);
                await forms.PurgeAsync(system.GetUtcNow(), stoppingToken);
                await drafts.PurgeAsync(system.GetUtcNow(), stoppingToken);
            }
            catch (Exception why) when (why is not OperationCanceledException)
            {
                LogLater(logger, why);
            }
        }
    }

    /// <summary>Joins whatever is stored and not yet joined.</summary>
    internal async Task DeliverAsync(CancellationToken cancel)
    {
        await EachByItself.DoAsync(
            await referrals.UnjoinedAsync(cancel), "referrals", referral => referral.Reference,
            referral => ReferralEndpoints.Join(referral, referrals, grains, business), logger,
            () => WebMeasures.FailedDeliveries.Add(WebMeasures.Delivery.Referrals));
        await EachByItself.DoAsync(
            await concerns.UnjoinedAsync(cancel), "concerns", concern => concern.Reference,
            concern => ConcernDesk.JoinAsync(concern, concerns, grains, business.GetUtcNow()), logger,
            () => WebMeasures.FailedDeliveries.Add(WebMeasures.Delivery.Concerns));
    }

    [LoggerMessage(1301, LogLevel.Warning, "Referrals wait to be joined to their episodes.")]
    private static partial void LogLater(ILogger logger, Exception why);
}
