using System.Collections.Immutable;
using Cme.Storage.Connections;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Auditor;

/// <summary>Proves from PostgreSQL alone, without a word from any grain, that nothing was missed.</summary>
public sealed class Audit(StorageDatabase database, ISchools schools, IFeeds feeds, AuditorOptions options)
{
    private static readonly string OverdueUnnoticed = Sql.Beside<Audit>("OverdueUnnoticed.sql");
    private static readonly string SchoolUnnoticed = Sql.Beside<Audit>("SchoolUnnoticed.sql");
    private static readonly string StaleCalendar = Sql.Beside<Audit>("StaleCalendar.sql");
    private static readonly string Unpublished = Sql.Beside<Audit>("Unpublished.sql");
    private static readonly string StaleBoard = Sql.Beside<Audit>("StaleBoard.sql");
    private static readonly string Undelivered = Sql.Beside<Audit>("Undelivered.sql");
    private static readonly string BrokenChain = Sql.Beside<Audit>("BrokenChain.sql");
    private static readonly string PublishAgain = Sql.Beside<Audit>("PublishAgain.sql");

    /// <summary>Everything that was missed, by kind, the longest owed first.</summary>
    /// <param name="now">The business clock's: obligations are due by it.</param>
    public async Task<ImmutableArray<AuditFinding>> FindAsync(DateTimeOffset now, CancellationToken cancel = default) =>
    [
        .. await FindAsync(AuditKind.OverdueUnnoticed, OverdueUnnoticed, Before(now), cancel),
        .. await FindAsync(AuditKind.SchoolUnnoticed, SchoolUnnoticed, Before(now), cancel),
        .. await FindAsync(AuditKind.StaleCalendar, StaleCalendar, Before(now), cancel),
        .. await FindAsync(AuditKind.Unpublished, Unpublished, Age(options.PublishTolerance), cancel),
        .. await FindAsync(AuditKind.StaleBoard, StaleBoard, null, cancel),
        .. await FindAsync(AuditKind.Undelivered, Undelivered, Age(options.DeliveryTolerance), cancel),
        .. await FindAsync(AuditKind.ChainBroken, BrokenChain, null, cancel),
    ];

    /// <summary>Every school of which a register is missing, the longest silent first. It is not our fault, and somebody must know.</summary>
    /// <param name="now">The business clock's.</param>
    public async Task<ImmutableArray<SilentSchool>> FindSilentAsync(DateTimeOffset now, CancellationToken cancel = default)
    {
        var silent = ImmutableArray.CreateBuilder<SilentSchool>();
        foreach (var authority in await schools.AuthoritiesAsync(cancel))
        {
            var all = await feeds.OfAuthorityAsync(authority.Code, now, cancel);
            silent.AddRange(all.Where(school => school.IsSilent)
                .Select(school => new SilentSchool(authority.Code, school.Urn, school.Missing.First().MissingFrom)));
        }
        silent.Sort((one, other) => one.Since.CompareTo(other.Since));
        return silent.ToImmutable();
    }

    /// <summary>Has an episode's row published once more.</summary>
    public Task PublishAgainAsync(string authority, string episode, CancellationToken cancel = default) =>
        database.WriteAsync(
            PublishAgain, parameters => parameters.AddText("authority", authority).AddText("episode", episode), _ => true, cancel);

    private Task<ImmutableArray<AuditFinding>> FindAsync(AuditKind kind, string sql, NpgsqlParameter? limit, CancellationToken cancel) =>
        database.ReadAsync(
            sql,
            parameters =>
            {
                parameters.AddNamed("most", NpgsqlDbType.Integer, options.Most);
                if (limit is not null)
                {
                    // A read may be repeated, and a parameter belongs to one command.
                    parameters.Add(limit.Clone());
                }
            },
            row => new AuditFinding(kind, row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)),
            cancel);

    private NpgsqlParameter Before(DateTimeOffset now) =>
        new("before", NpgsqlDbType.TimestampTz) { Value = now.ToUniversalTime() - options.LookTolerance };

    private static NpgsqlParameter Age(TimeSpan age) => new("age", NpgsqlDbType.Interval) { Value = age };
}
