using System.Collections.Immutable;
using Cme.Storage.Schools;

namespace Cme.Simulation.Store;

internal sealed partial class MemorySchools
{
    public Task<ImmutableArray<LeaveRecord>> LeavesAsync(string authority, string urn, string? id = null, CancellationToken cancel = default) =>
        disk.Read(() => database.Leaves.GetValueOrDefault((authority, urn), []).Where(leave => id is null || leave.Id == id)
            .OrderBy(leave => leave.Id, StringComparer.Ordinal).ThenBy(leave => leave.Version).ToImmutableArray());

    public Task<bool> PutLeaveAsync(string authority, string urn, LeaveRecord leave, CancellationToken cancel = default) =>
        disk.Write($"leave {leave.Id}", () =>
        {
            if (!database.Schools.ContainsKey((authority, urn)))
            {
                throw new InvalidOperationException($"There is no school {urn}.");
            }
            if (!database.Leaves.TryGetValue((authority, urn), out var leaves))
            {
                database.Leaves[(authority, urn)] = leaves = [];
            }
            if (leaves.Exists(held => (held.Id, held.Version) == (leave.Id, leave.Version)))
            {
                return false;
            }
            leaves.Add(leave);
            return true;
        });
}
