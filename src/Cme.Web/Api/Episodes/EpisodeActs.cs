using Cme.Contracts;
using Cme.Contracts.Children;
using Cme.Contracts.Episodes;
using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Orleans;

namespace Cme.Web.Api.Episodes;

/// <summary>The one way by which an act is recorded, from a system or from a page.</summary>
internal static class EpisodeActs
{
    public static Task<ActionAnswer> RecordAsync(IGrainFactory grains, EpisodeRow row, RecordAction action) =>
        // Only the child knows whether another of its episodes is open.
        action.Action == ActionNames.Reopen || (row.Status == "closed" && action.Corrects is not null)
            ? grains.GetGrain<IChildGrain>(Keys.Child(row.ChildId)).Reopen(row.Urn, row.Reference, action)
            : grains.GetGrain<IEpisodeGrain>(row.Reference).Record(action);
}
