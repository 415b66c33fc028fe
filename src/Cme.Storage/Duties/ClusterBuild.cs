using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Duties;

/// <summary>Which build of the silos serves a database. Two builds never hold grains at the same time (ADR 0341).</summary>
public sealed class ClusterBuild(StorageDatabase database)
{
    private const string Current = "select b.build from cme.cluster_build b";
    private static readonly string Enter = Sql.Beside<ClusterBuild>("Enter.sql");

    /// <summary>Says that silos of this build serve, unless living ones of another do.</summary>
    /// <returns>Whether it is so now.</returns>
    public async Task<bool> EnterAsync(string build, CancellationToken cancel = default) =>
        !(await database.WriteAsync(Enter, parameters => parameters.AddNamed("build", NpgsqlDbType.Text, build), _ => true, cancel)).IsEmpty;

    /// <summary>The build whose silos serve, or served last; null before the first.</summary>
    public Task<string?> CurrentAsync(CancellationToken cancel = default) => database.ReadOneAsync(Current, _ => { }, row => row.GetString(0), cancel);
}
