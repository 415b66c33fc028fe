using Cme.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace Cme.Web.Live;

/// <summary>The live boards.</summary>
internal static class LiveRoutes
{
    public static IServiceCollection AddLiveBoards(this IServiceCollection services)
    {
        services.AddSignalR(options =>
        {
            // Our own heartbeat tells whether a board is up to date; this one only keeps proxies from closing the connection.
            options.KeepAliveInterval = TimeSpan.FromSeconds(10);
            options.MaximumReceiveMessageSize = 4 * 1024;
            options.MaximumParallelInvocationsPerClient = 1;
            options.AddFilter<ReadingHubFilter>();
        }).AddJsonProtocol(options => options.PayloadSerializerOptions = new(LiveJson.Default.Options) { TypeInfoResolver = LiveJson.Default });
        services.AddSingleton<HubLifetimeManager<LiveHub>, SlowReaders>();
        services.AddSingleton<BoardFeeds>();
        services.AddSingleton<LiveSockets>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveSockets>());
        return services;
    }

    public static void MapLiveBoards(this IEndpointRouteBuilder routes) =>
        routes.MapHub<LiveHub>("/live", options => options.CloseOnAuthenticationExpiration = true).RequireAuthorization(Policies.Live).Add(endpoint =>
        {
            // A browser sends its cookie along with a WebSocket whichever site opens it, so that a foreign origin must be refused.
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => IsForeign(context) ? Refuse(context) : next(context);
        });

    private static bool IsForeign(HttpContext context) =>
        context.Request.Headers.Origin is [{ Length: > 0 } origin] && KeyAuthentication.Sent(context.Request) is null
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(context.Request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
