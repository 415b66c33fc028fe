using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Domain.Registers.Removals;
using Cme.Storage.Duties;
using Cme.Storage.Records;
using Cme.Web.Hosting;
using Orleans;

namespace Cme.Web.Records;

/// <summary>
/// Opens a record for each child whose name came off a roll and who is on none, and tells records that a school has the child on its list. It
/// asks how things stand and remembers nothing: what failed is found again (ADR 0296).
/// </summary>
internal sealed partial class RollWatch(
    IRecords records, IGrainFactory grains, [FromKeyedServices(Clock.Business)] TimeProvider business,
    [FromKeyedServices(Clock.System)] TimeProvider system, IDuties duties, ILogger<RollWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>As which it opens records: nobody did it by hand.</summary>
    private const string Product = "product";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, system);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!duties.AreMine) { continue; }
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception why) when (why is not OperationCanceledException)
            {
                LogLater(logger, why);
            }
        }
    }

    /// <summary>Does what the lists ask for now.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        var today = London.DateOf(business.GetUtcNow());
        await EachByItself.DoAsync(await records.LeftAsync(today, cancel), "children off roll", left => left.ChildId, OpenAsync, logger);
        await EachByItself.DoAsync(
            await records.PlacedAsync(today, cancel), "children on a roll again", placed => placed.Reference,
            placed => grains.GetGrain<IEpisodeGrain>(placed.Reference).NotePlaced(placed.Urn, placed.From), logger);
    }

    private Task OpenAsync(LeftRoll left) => AfterRemoval.LeadsTo(left.Ground, left.Destination) is not { } kind
        ? Task.CompletedTask
        : grains.GetGrain<IChildGrain>(Keys.Child(left.ChildId)).OpenRecord(new()
        {
            Authority = left.Authority, ChildId = left.ChildId, Kind = kind, Since = left.LastDay.AddDays(1), LinkedTo = left.Episode,
            YearGroup = left.YearGroup, FirstLanguage = left.FirstLanguage, RecordedBy = Product,
        });

    [LoggerMessage(1302, LogLevel.Warning, "What schools' lists mean for the authority's records could not be carried through; it is looked at again.")]
    private static partial void LogLater(ILogger logger, Exception why);
}
