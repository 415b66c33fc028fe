using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Telemetry;

/// <summary>
/// What a collector of OpenTelemetry receives, byte for byte. In protobuf every text stands as it is, so that whatever of a person left the program
/// anywhere (in a name, an attribute, an event, a label) is found by looking for it.
/// </summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _server;

    private Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new ActivitySource("collector"));   // What is sent to it is no trace, or it would trace itself for ever.
        _server = builder.Build();
        _server.Run(async request =>
        {
            using var body = new MemoryStream();
            await request.Request.Body.CopyToAsync(body);
            _received.Enqueue((request.Request.Path, body.ToArray()));
            request.Response.ContentType = "application/x-protobuf";
        });
    }

    public string Address => _server.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._server.StartAsync();
        return collector;
    }

    public string Traces => Of("/v1/traces");

    public string Metrics => Of("/v1/metrics");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private string Of(string path) => string.Join('\n', _received.Where(one => one.Path == path).Select(one => Encoding.UTF8.GetString(one.Body)));
}
