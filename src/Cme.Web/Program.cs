using Cme.Web.Api;
using Cme.Web.Security;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddEdgeSecurity();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseProblemAnswers();
app.UseRouting();
app.UseNotFoundBeforeSignIn();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
await app.RunAsync();
