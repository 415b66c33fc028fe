using Microsoft.AspNetCore.SignalR;

namespace Cme.Web.Security;

/// <summary>
/// Lets everything that a request reads be read on its viewer's behalf, so that PostgreSQL holds it to the viewer's rows (ADR 0210). A page or
/// an endpoint needs to do nothing for it.
/// </summary>
internal static class Reading
{
    public static IApplicationBuilder UseReaders(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (Viewer.TryOf(context.User) is not { } viewer)
        {
            await next(context);
            return;
        }
        using (viewer.Reader.Begin()) { await next(context); }
    });
}

/// <summary>The same for what a client of the live boards asks.</summary>
internal sealed class ReadingHubFilter : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        using (Viewer.Of(invocation.Context.User!).Reader.Begin()) { return await next(invocation); }
    }
}
