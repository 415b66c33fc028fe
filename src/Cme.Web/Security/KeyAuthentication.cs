using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Cme.Web.Security;

/// <summary>
/// Knows a system by <c>Authorization: Bearer cme_…</c>. A WebSocket opened by a browser cannot carry that header, so the live
/// boards also take the key as <c>access_token</c> in the query; nothing else does, since addresses end up in logs.
/// </summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IKeyring keyring)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Sent(Request) is not { } key) { return AuthenticateResult.NoResult(); }
        if (!key.StartsWith("cme_", StringComparison.Ordinal)) { return AuthenticateResult.Fail("Not one of our keys."); }
        return await keyring.FindAsync(key, Context.RequestAborted) is { } viewer
            ? AuthenticateResult.Success(new AuthenticationTicket(viewer.ToPrincipal(Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("Unknown or revoked key.");
    }

    /// <summary>The key that the request carries, or null.</summary>
    internal static string? Sent(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        if (header?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true) { return header[Bearer.Length..].Trim(); }
        return request.Path.StartsWithSegments("/live") && request.Query["access_token"] is [{ Length: > 0 } token] ? token : null;
    }

    // The body is written by EdgeDenials, which knows what was asked for.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"cme\"";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
