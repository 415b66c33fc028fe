using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.Storage.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

// Grains, their states and their reminders. Numbering, delivery of what is owed and the audit run beside the web, where boards are served.
var builder = Host.CreateApplicationBuilder(args);
if (builder.Configuration.GetConnectionString("Cme") is not { Length: > 0 } database)
{
    Console.Error.WriteLine("Cme.Silo joins the cluster of a database: set ConnectionStrings:Cme.");
    return 1;
}
builder.Services.AddSingleton(_ => DataSources.Create(database));
builder.Services.AddKeyedSingleton(Clock.System, TimeProvider.System);
builder.Services.AddKeyedSingleton(Clock.Business, TimeProvider.System);
builder.Services.AddCmeStorage();
builder.AddOrleansSilo();

using var host = builder.Build();
var migrations = new MigrationRunner(
    host.Services.GetRequiredService<NpgsqlDataSource>(), host.Services.GetRequiredService<ILogger<MigrationRunner>>());
await migrations.RunAsync();
await host.RunAsync();
return 0;
