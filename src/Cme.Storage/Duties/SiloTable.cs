using Cme.Storage.Connections;
using Cme.Storage.States;

namespace Cme.Storage.Duties;

/// <summary>What Orleans' table of silos says, for whoever is no silo.</summary>
public sealed class SiloTable(StorageDatabase database)
{
    private const string Version = "select v.version from cme.membership_version v where v.deployment_id = $1";

    private const string Living = "select count(*) from cme.living_silo m where m.deployment_id = $1";

    /// <summary>Grows whenever a silo comes, leaves or is declared dead; 0 before the first.</summary>
    public async Task<int> VersionAsync(CancellationToken cancel = default) =>
        await database.ReadAsync(Version, parameters => parameters.AddText(StateWriter.ServiceId), row => row.GetInt32(0), cancel) is [var version] ? version : 0;

    /// <summary>How many silos have lately said that they live.</summary>
    public async Task<long> LivingAsync(CancellationToken cancel = default) =>
        (await database.ReadAsync(Living, parameters => parameters.AddText(StateWriter.ServiceId), row => row.GetInt64(0), cancel))[0];
}
