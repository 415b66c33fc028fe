using Cme.Silo;
using Cme.Storage.Connections;

var builder = WebApplication.CreateSlimBuilder(args);
if (DatabaseOfCluster.IsAsked(args)) { return await DatabaseOfCluster.RunAsync(builder.Configuration); }
if (builder.Configuration.GetConnectionString("Cme") is not { Length: > 0 } database)
{
    Console.Error.WriteLine("Cme.Silo joins the cluster of a database: set ConnectionStrings:Cme.");
    return 1;
}
// What the silo is made of; then what it is asked for.
builder.AddSilo(database);
await using var app = builder.Build();
app.MapHealth();

await using var owner = DataSources.Create(database);
return await Start.RunAsync(app, owner, onlyMigrate: args is ["migrate", ..]);
