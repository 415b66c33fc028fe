using Cme.Web.Api;
using Cme.Web.Api.Idempotency;
using Cme.Web.Demo;
using Cme.Web.Hosting;
using Cme.Web.Hosting.Admin;
using Cme.Web.Live;
using Cme.Web.Pages;
using Cme.Web.Procedures;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

if (ProcedureCommand.IsCheck(args)) { return await ProcedureCommand.CheckAsync(args); }

var builder = WebApplication.CreateBuilder(args);
var settings = StartSettings.Of(builder.Configuration);
await using var database = Database.Begin(settings, beside: AdminCommand.IsAsked(args) || ProcedureCommand.IsAsked(args));

// What the program is made of, from the database to the edge.
builder.AddHost(settings);
builder.Services.AddStore(database);
builder.Services.AddClocks(settings.Demo, settings.Cluster);
builder.AddGrains(settings.Cluster);
builder.Services.AddEdgeSecurity();
builder.Services.AddAnonymousLimits();
builder.Services.AddApi();
builder.Services.AddLiveBoards();
builder.Services.AddPages();
builder.Services.AddDemo(settings.Demo, settings.Cluster);

var app = builder.Build();
if (AdminCommand.IsAsked(args)) { return await Start.RunAsync(app, database, () => AdminCommand.RunAsync(app, args)); }
if (args is ["migrate", ..]) { return await Start.RunAsync(app, database, () => Task.FromResult(0)); }
if (ProcedureCommand.IsAsked(args)) { return await Start.RunAsync(app, database, () => ProcedureCommand.TryAsync(app)); }
// What a request passes, from the outside in.
app.UseSecurityHeaders();
app.UseProblemAnswers();
app.UseAssets();
app.UseApiPage();
app.UseRouting();
app.UseNotFoundBeforeSignIn();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.UseAntiforgery();
app.UseMiddleware<IdempotentPosts>();
app.UseReaders();
app.UseReadAudit();

app.MapApi();
app.MapApiDocument();
app.MapLiveBoards();
app.MapRazorPages();
app.MapDemo(settings.Demo);
return await Start.RunAsync(app, database, async () =>
{
    await app.RunAsync();
    return 0;
});
