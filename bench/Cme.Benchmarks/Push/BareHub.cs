using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Cme.Benchmarks.Push;

/// <summary>A hub that sends what it is given to everybody who is connected, and does nothing else.</summary>
internal sealed class BareHub : Hub
{
    /// <summary>The first argument that makes this program be it.</summary>
    public const string Mode = "bare-hub";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapHub<BareHub>("/live");
        app.MapPost("/push", async (JsonElement message, IHubContext<BareHub> hub) =>
        {
            var sentAt = TimeProvider.System.GetUtcNow();
            await hub.Clients.All.SendAsync("Changes", message);
            return sentAt.UtcTicks.ToString(CultureInfo.InvariantCulture);
        });
        await app.RunAsync();
        return 0;
    }
}
