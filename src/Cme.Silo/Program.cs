using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Storage;
using Cme.Storage.Connections;
using Cme.Storage.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Grains, their states and their reminders. Numbering, delivery of what is owed and the audit run beside the web, where boards are served.
var builder = Host.CreateApplicationBuilder(args);
if (builder.Configuration.GetConnectionString("Cme") is not { Length: > 0 } database)
{
    Console.Error.WriteLine("Cme.Silo joins the cluster of a database: set ConnectionStrings:Cme.");
    return 1;
}
builder.Services.AddSingleton(_ => DataSources.CreateForProduct(database));
builder.Services.AddKeyedSingleton(Clock.System, TimeProvider.System);
builder.Services.AddKeyedSingleton(Clock.Business, TimeProvider.System);
builder.Services.AddCmeStorage();
builder.AddOrleansSilo();

using var host = builder.Build();
await using (var owner = DataSources.Create(database))
{
    await new MigrationRunner(owner, host.Services.GetRequiredService<ILogger<MigrationRunner>>()).RunAsync();
}
await host.RunAsync();
return 0;
