using Cme.Contracts.Episodes;
using Cme.Storage.Concerns;
using Cme.Storage.Episodes;
using Cme.Storage.People;
using Cme.Web.Api.Concerns;
using Orleans;

namespace Cme.Web.Security.People;

/// <summary>
/// Gives back what somebody who leaves had taken on, so that no episode waits for a person who will not come. It is found by the person's
/// id, since a colleague may have the same name, and the episode's history says why nobody has it any more.
/// </summary>
internal sealed class Leavers(IClaims claims, IConcerns concerns, ConcernDesk desk, IGrainFactory grains)
{
    /// <summary>How many open episodes and concerns a person has taken on.</summary>
    public async Task<int> CountAsync(Person person) =>
        (await claims.OfPersonAsync(person.Authority, person.Id)).Length + (await concerns.HeldByAsync(person.Authority, person.Id)).Length;

    /// <returns>How many were given back.</returns>
    public async Task<int> ReleaseAsync(Person person, string actor)
    {
        var held = await claims.OfPersonAsync(person.Authority, person.Id);
        foreach (var reference in held)
        {
            await grains.GetGrain<IEpisodeGrain>(reference).Release(new ClaimEpisode
            {
                Officer = person.Name, OfficerId = person.Id, Org = person.Authority, RecordedBy = actor, Left = true,
            });
        }
        return held.Length + await desk.GiveBackAsync(person.Authority, person.Id, actor, CancellationToken.None);
    }
}
