using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cme.Telemetry;

/// <summary>
/// Answers Prometheus, at an address of its own and by a server of its own: the public one has no such route that a rule could fail to guard
/// (ADR 0335).
/// </summary>
internal sealed class MetricsListener : IHostedService, IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly string _asked;

    public MetricsListener(TelemetrySettings settings, Collection collection)
    {
        _asked = settings.Address;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(_asked);
        builder.Services.AddSingleton(new ActivitySource("Cme.Metrics"));   // Who asks how the service is has no trace of it.
        _server = builder.Build();
        _server.Run(request => AnswerAsync(request, collection.Page));
    }

    /// <summary>Where it listens, once it does.</summary>
    internal string Address => _server.Urls.Single();

    /// <exception cref="TelemetryException">Another program holds the address, or it is not this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (Exception taken) when (taken is IOException or System.Net.Sockets.SocketException)
        {
            throw new TelemetryException($"Metrics:Url={_asked} cannot be listened on: {taken.Message}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext request, MetricsPage page)
    {
        if (request.Features.Get<IHttpMetricsTagsFeature>() is { } counted) { counted.MetricsDisabled = true; }
        if (request.Request.Path != "/metrics" || !HttpMethods.IsGet(request.Request.Method))
        {
            request.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (page.Read() is not { } text)
        {
            request.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        request.Response.ContentType = MetricsPage.ContentType;
        await request.Response.WriteAsync(text, request.RequestAborted);
    }
}
