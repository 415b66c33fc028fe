using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Cme.Web.Security.People;

/// <summary>
/// Names and guards cookies by the connection. Over https the name has the prefix by which a browser refuses a cookie that another
/// host or an insecure page set; anywhere but on this machine itself the cookie goes over https alone.
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    private const string Prefix = "__Host-";

    private readonly ChunkingCookieManager _chunks = new();

    public string? GetRequestCookie(HttpContext context, string key) => _chunks.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        options.Secure = context.Request.IsHttps || !IsThisMachine(context.Request.Host.Host);
        _chunks.AppendResponseCookie(context, NameOf(context, key), value, options);
    }

    public void DeleteCookie(HttpContext context, string key, CookieOptions options)
    {
        options.Secure = context.Request.IsHttps;
        _chunks.DeleteCookie(context, NameOf(context, key), options);
    }

    /// <summary>Whether signing in can work over this connection at all.</summary>
    public static bool CanHold(HttpRequest request) => request.IsHttps || IsThisMachine(request.Host.Host);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
