using Cme.Contracts.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.People;
using Orleans;

namespace Cme.Web.Security.People;

/// <summary>Gives back what somebody who leaves had taken on, so that no episode waits for a person who will not come.</summary>
internal sealed class Leavers(IClaims claims, IGrainFactory grains)
{
    /// <summary>How many open episodes a person has taken on.</summary>
    public async Task<int> CountAsync(Person person) => (await claims.OfOfficerAsync(person.Authority, person.School, person.Name)).Length;

    /// <returns>How many were given back.</returns>
    public async Task<int> ReleaseAsync(Person person, string actor)
    {
        var held = await claims.OfOfficerAsync(person.Authority, person.School, person.Name);
        foreach (var reference in held)
        {
            await grains.GetGrain<IEpisodeGrain>(reference).Release(
                new ClaimEpisode { Officer = person.Name, Org = person.School ?? person.Authority, RecordedBy = actor });
        }
        return held.Length;
    }
}
