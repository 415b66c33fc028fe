using Cme.Web.Demo;
using Npgsql;

namespace Cme.Web.Hosting;

/// <summary>Empties the demo's database. A database that holds anything but the demo is not touched.</summary>
internal static class Emptying
{
    /// <exception cref="StartupException">The database belongs to somebody real.</exception>
    public static async Task EmptyDemoAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var find = new NpgsqlCommand("select to_regclass('cme.authority') is not null", connection);
        if (await find.ExecuteScalarAsync(cancel) is true)
        {
            await using var others = new NpgsqlCommand("select count(*) from cme.authority where code <> @demo", connection)
            {
                Parameters = { new("demo", DemoAuthority.Code) },
            };
            if (await others.ExecuteScalarAsync(cancel) is > 0L)
            {
                throw new StartupException(
                    "Demo:Reset would empty a database that holds more than the demo. Give the demo a database of its own, or leave --reset out.");
            }
        }
        // Orleans' own table is ours too, and lies outside our schema: Orleans names none (migration 0009).
        await using var empty = new NpgsqlCommand("drop schema if exists cme cascade; drop table if exists public.orleansquery", connection);
        await empty.ExecuteNonQueryAsync(cancel);
    }
}
