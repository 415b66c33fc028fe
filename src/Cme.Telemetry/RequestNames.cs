using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Cme.Telemetry;

/// <summary>Calls a request's span by its route, such as <c>GET /api/v1/episodes/{reference}</c>, and says how it was answered. The framework says neither.</summary>
internal sealed class RequestNames : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static async (context, rest) =>
        {
            await rest(context);
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span) { Name(span, context); }
        });
        next(app);
    };

    private static void Name(Activity span, HttpContext context)
    {
        span.SetTag("http.response.status_code", context.Response.StatusCode.ToString(CultureInfo.InvariantCulture));
        if (context.Response.StatusCode >= 500) { span.SetStatus(ActivityStatusCode.Error); }
        // A method that nobody knows is whatever a client wrote: the framework's own attribute says "other" then.
        var method = span.GetTagItem("http.request.method") as string ?? "request";
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.SetTag("http.route", route);
        span.DisplayName = route is null ? method : $"{method} /{route.Trim('/')}";
    }
}
