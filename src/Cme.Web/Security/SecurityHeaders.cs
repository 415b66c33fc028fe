namespace Cme.Web.Security;

/// <summary>The headers that every answer carries, whoever makes it.</summary>
internal static class SecurityHeaders
{
    // No inline script or style anywhere: what an attacker could write into a page then cannot run. Images may be data URIs
    // because the components' own style sheets draw their icons so.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var response = (HttpResponse)state;
            var headers = response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            // Only our own scripts, styles and pictures, which hold nothing about anybody, may be kept.
            if (!IsPublicAsset(response.HttpContext)) { headers.CacheControl = "no-store"; }
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    });

    private static bool IsPublicAsset(HttpContext context) =>
        context.Response.StatusCode is 200 or 206 or 304 && context.Items.ContainsKey(AssetMark);

    /// <summary>Set on a request that was answered with a file of ours.</summary>
    internal static readonly object AssetMark = new();
}
