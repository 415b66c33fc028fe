using Cme.Storage.Connections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cme.Storage.Migrations;

/// <summary>Brings a database to the shape this program was built for: numbered SQL files, each applied once, each in its own transaction.</summary>
/// <remarks>Several programs may start at once: a session lock lets one work while the others wait and then find nothing to do.</remarks>
public sealed partial class MigrationRunner(NpgsqlDataSource database, ILogger logger)
{
    // Any fixed number will do, so long as nothing else locks by it: the letters "cme".
    private const long LockKey = 0x636D65;

    // The first migration after which the database says who serves it.
    private const int TellsWhoServes = 46;

    private static readonly string MayMigrate = Sql.Beside<MigrationRunner>("MayMigrate.sql"), WhoServes = Sql.Beside<MigrationRunner>("WhoServes.sql");

    /// <summary>Applies what is missing of this program's own migrations.</summary>
    /// <returns>How many were applied: 0 when the database was up to date.</returns>
    /// <exception cref="MigrationException">
    /// The database is newer than the program, or an applied file has been changed since; or something is missing, and this login may not change
    /// the tables, or a cluster works on them.
    /// </exception>
    public Task<int> RunAsync(CancellationToken cancellation = default) => RunAsync(Migration.OfThisProgram, cancellation);

    /// <inheritdoc cref="RunAsync(CancellationToken)"/>
    internal async Task<int> RunAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock(@key)", connection) { CommandTimeout = 0, Parameters = { new("key", LockKey) } })
        {
            await take.ExecuteNonQueryAsync(cancellation);
        }
        try
        {
            var applied = await AppliedAsync(connection, cancellation);
            var missing = Missing(migrations, applied);
            if (missing is [.., var newest]) { await MayChangeAsync(newest, applied, connection, cancellation); }
            foreach (var migration in missing)
            {
                await ApplyAsync(migration, connection, cancellation);
            }
            return missing.Count;
        }
        finally
        {
            await using var release = new NpgsqlCommand("select pg_advisory_unlock(@key)", connection) { Parameters = { new("key", LockKey) } };
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static List<Migration> Missing(IReadOnlyList<Migration> known, Dictionary<int, (string Name, string Checksum)> applied)
    {
        var numbers = known.Select(one => one.Number).ToHashSet();
        if (applied.Keys.Where(number => !numbers.Contains(number)).Order().ToArray() is [var unknown, ..])
        {
            throw new MigrationException(
                $"The database is newer than this program: it has migration {Migration.FileName(unknown, applied[unknown].Name)}, which this program does not know. "
                + "Start the version that made it, or a later one.");
        }
        if (known.FirstOrDefault(one => applied.TryGetValue(one.Number, out var was) && was.Checksum != one.Checksum) is { } changed)
        {
            throw new MigrationException(
                $"Migration {changed} was changed after this database had applied it. Put the file back as it was, and make the change in a new file with the next number.");
        }
        List<Migration> missing = [.. known.Where(one => !applied.ContainsKey(one.Number))];
        if (missing is [var late, ..] && applied.Count > 0 && applied.Keys.Max() is var newest && late.Number < newest)
        {
            throw new MigrationException($"Migration {late} comes before number {newest}, which this database has already applied. Give it the next free number.");
        }
        return missing;
    }

    private static async Task<Dictionary<int, (string Name, string Checksum)>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<int, (string, string)>();
        await using var ledger = new NpgsqlCommand("select to_regclass('cme.migration') is not null", connection);
        if (await ledger.ExecuteScalarAsync(cancellation) is true)
        {
            await using var list = new NpgsqlCommand("select number, name, checksum from cme.migration", connection);
            await using var rows = await list.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                applied.Add(rows.GetInt32(0), (rows.GetString(1), rows.GetString(2)));
            }
        }
        return applied;
    }

    /// <summary>What is not the owner's login, or would change tables under those that work on them, is told before anything is tried.</summary>
    private static async Task MayChangeAsync(
        Migration newest, Dictionary<int, (string Name, string Checksum)> applied, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var may = new NpgsqlCommand(MayMigrate, connection);
        if (await may.ExecuteScalarAsync(cancellation) is not null and var login)
        {
            var has = applied.Count == 0 ? "has no tables of ours yet" : $"is at {Migration.FileName(applied.Keys.Max(), applied[applied.Keys.Max()].Name)}";
            throw new MigrationException(
                $"The database {has}, this program needs {newest}, and '{login}' may not change it. Bring it there once with the login of the tables' owner, "
                + "'dotnet Cme.Silo.dll migrate' or 'dotnet Cme.Web.dll migrate', then start this again (docs/upgrade.md).");
        }
        if (!applied.ContainsKey(TellsWhoServes)) { return; }
        await using var serves = new NpgsqlCommand(WhoServes, connection);
        if (await serves.ExecuteScalarAsync(cancellation) is string who)
        {
            throw new MigrationException(
                $"The database needs {newest}, but {who} of another version still work on it. Stop them first, every one; one that was killed counts "
                + "for 90 seconds (docs/upgrade.md).");
        }
    }

    private async Task ApplyAsync(Migration migration, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
#pragma warning disable CA2100 // The text is a file of this program.
            await using var apply = new NpgsqlCommand(migration.Sql, connection, transaction) { CommandTimeout = 0 };
#pragma warning restore CA2100
            await apply.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException wrong)
        {
            throw new MigrationException($"Migration {migration} failed and left nothing behind: {wrong.MessageText} ({wrong.SqlState}).", wrong);
        }
        await using var enter = new NpgsqlCommand("insert into cme.migration (number, name, checksum) values (@number, @name, @checksum)", connection, transaction)
        {
            Parameters = { new("number", migration.Number), new("name", migration.Name), new("checksum", migration.Checksum) },
        };
        await enter.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        LogApplied(logger, migration);
    }

    [LoggerMessage(3001, LogLevel.Information, "Applied migration {Migration}")]
    private static partial void LogApplied(ILogger logger, Migration migration);
}
