using System.Collections.Frozen;
using Cme.Domain.Procedures;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Measures;

/// <summary>What waits to be done, as counts and ages that name nobody.</summary>
public sealed class BacklogReader(StorageDatabase database)
{
    private static readonly string Sql = Connections.Sql.Beside<BacklogReader>("Backlog.sql");

    /// <param name="now">Business clock: concerns are received by it.</param>
    public async Task<Backlog> ReadAsync(DateTimeOffset now, CancellationToken cancel = default)
    {
        var rows = await database.ReadOwnAsync(
            Sql, parameters => parameters.AddNamed("now", NpgsqlDbType.TimestampTz, now.ToUniversalTime()),
            row => (What: row.GetString(0), Label: row.GetString(1), Value: row.GetDouble(2)), cancel);
        double Of(string what) => rows.Single(row => row.What == what).Value;
        FrozenDictionary<string, long> By(string what) => rows.Where(row => row.What == what).ToFrozenDictionary(row => row.Label, row => (long)row.Value);
        return new Backlog(
            Roles.All.ToFrozenDictionary(role => role, role => By("overdue").GetValueOrDefault(role)), (long)Of("unacknowledged"), (long)Of("unnumbered"),
            Age(Of("unnumbered-age")), By("undelivered"), (long)Of("unscreened"), Age(Of("unscreened-age")));
    }

    private static TimeSpan Age(double seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds));
}

/// <summary>What waited when it was asked for.</summary>
/// <param name="Overdue">Open obligations that are overdue, for every role that may owe one.</param>
/// <param name="Unacknowledged">Open episodes that have climbed to a CME lead who has not acknowledged them.</param>
/// <param name="Unnumbered">Events that are committed and have no number yet, and for how long the first of them has none.</param>
/// <param name="Undelivered">What is stored and has not reached its episode or child: referrals, concerns, signals of registers.</param>
/// <param name="Unscreened">Open concerns of the public that nobody at the desk has screened, and for how long the first of them has waited.</param>
public sealed record Backlog(
    FrozenDictionary<string, long> Overdue, long Unacknowledged, long Unnumbered, TimeSpan UnnumberedFor, FrozenDictionary<string, long> Undelivered,
    long Unscreened, TimeSpan UnscreenedFor);
