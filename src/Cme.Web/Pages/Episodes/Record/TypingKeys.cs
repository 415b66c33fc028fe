using System.Security.Cryptography;
using Cme.Web.Security;
using Microsoft.AspNetCore.DataProtection;

namespace Cme.Web.Pages.Episodes.Record;

/// <summary>
/// The key under which a browser may keep what is typed into a form until it could be sent. It comes with the page to whoever is
/// signed in; a sealed cookie says whose it is, so that the next person at the same computer is given another.
/// </summary>
public sealed class TypingKeys(IDataProtectionProvider protection)
{
    private const string Cookie = "cme-typing";
    private const int KeyBytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("cme.typing");

    /// <summary>The viewer's key in Base64: the one that this browser has had since it was opened, or a new one.</summary>
    public string For(HttpContext context, Viewer viewer)
    {
        if (Held(context.Request.Cookies[Cookie]) is [var person, var held] && person == viewer.Id) { return held; }
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        context.Response.Cookies.Append(Cookie, _protector.Protect($"{viewer.Id}|{key}"), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true,
        });
        return key;
    }

    private string[] Held(string? cookie)
    {
        try
        {
            return string.IsNullOrEmpty(cookie) ? [] : _protector.Unprotect(cookie).Split('|');
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
