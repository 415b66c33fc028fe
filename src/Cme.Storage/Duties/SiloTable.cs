using Cme.Storage.Connections;
using Cme.Storage.States;

namespace Cme.Storage.Duties;

/// <summary>What Orleans' table of silos says, for whoever is no silo.</summary>
public sealed class SiloTable(StorageDatabase database)
{
    private const string Version = "select v.version from cme.membership_version v where v.deployment_id = $1";

    // A silo says every half minute that it lives. One that was killed with all the others is never declared dead by anybody. 3 is active.
    private const string Living = "select count(*) from cme.membership m "
        + "where m.deployment_id = $1 and m.status = 3 and m.i_am_alive_time > now() - interval '90 seconds'";

    /// <summary>Grows whenever a silo comes, leaves or is declared dead; 0 before the first.</summary>
    public async Task<int> VersionAsync(CancellationToken cancel = default) =>
        await database.ReadAsync(Version, parameters => parameters.AddText(StateWriter.ServiceId), row => row.GetInt32(0), cancel) is [var version] ? version : 0;

    /// <summary>How many silos have lately said that they live.</summary>
    public async Task<long> LivingAsync(CancellationToken cancel = default) =>
        (await database.ReadAsync(Living, parameters => parameters.AddText(StateWriter.ServiceId), row => row.GetInt64(0), cancel))[0];
}
