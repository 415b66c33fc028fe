using Cme.Grains.Hosting;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

// The one address of a cluster on one machine. Nodes: --Nodes:web-1=http://127.0.0.1:5081 and so on.
var builder = WebApplication.CreateSlimBuilder(args);
Logs.Configure(builder.Logging);
// That a node went or came back is said once, not at every look.
builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error);
var nodes = builder.Configuration.GetSection("Nodes").GetChildren()
    .ToDictionary(node => node.Key, node => new DestinationConfig { Address = node.Value! }, StringComparer.Ordinal);
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig
    {
        RouteId = "all", ClusterId = "web", Match = new() { Path = "/{**any}" },
        // Whose cookie and whose WebSocket it is, a node tells by the address that the browser asked for.
        Transforms = [new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" }],
    }],
    [new ClusterConfig
    {
        ClusterId = "web", Destinations = nodes, LoadBalancingPolicy = "RoundRobin",
        // A browser that watches a board begins with a request and goes on with a WebSocket: both belong to one node.
        SessionAffinity = new() { Enabled = true, Policy = "HashCookie", FailurePolicy = "Redistribute", AffinityKeyName = "cme-node" },
        HealthCheck = new()
        {
            Active = new() { Enabled = true, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(3), Policy = "ConsecutiveFailures", Path = "/health/ready" },
            Passive = new() { Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(2) },
        },
    }]);

var app = builder.Build();
app.MapReverseProxy(pipeline =>
{
    pipeline.Use(AskAnother);
    pipeline.UseSessionAffinity();
    pipeline.UseLoadBalancing();
    pipeline.UsePassiveHealthChecks();
});
await app.RunAsync();

// What only reads is asked of another node when the first turns out to be gone. What changes something is its sender's to send again.
static async Task AskAnother(HttpContext context, RequestDelegate next)
{
    await next(context);
    var proxied = context.GetReverseProxyFeature();
    if (context.Features.Get<IForwarderErrorFeature>() is null || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested
        || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
    {
        return;
    }
    DestinationState[] others = [.. proxied.AllDestinations.Where(node => node != proxied.ProxiedDestination)];
    if (others.Length == 0) { return; }
    context.Features.Set<IForwarderErrorFeature>(null);
    context.Response.Clear();
    proxied.AvailableDestinations = others;
    await next(context);
}
