using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Cme.Domain;
using Cme.Storage.Concerns;
using Microsoft.AspNetCore.DataProtection;

namespace Cme.Web.Pages.Report;

/// <summary>
/// Keeps what a visitor has answered so far: sealed in the database, under a hash of what the visitor's cookie has. No answer stands in an
/// address, in the cookie or in the page that comes next.
/// </summary>
public sealed class ReportForms(IConcernDrafts drafts, IDataProtectionProvider protection, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    /// <summary>Longer than twenty hours, so that nobody has to hurry (WCAG 2.2.1). The cookie goes with the browser's window, and "Exit this page" ends both.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private const string Cookie = "cme-report";
    private const int Length = 32;

    private readonly IDataProtector _seals = protection.CreateProtector("cme.concern.draft");

    /// <summary>What this visitor has answered; null if nothing is kept, or no longer.</summary>
    public async Task<ReportAnswers?> FindAsync(HttpContext context)
    {
        if (TokenOf(context) is not { } token || await drafts.GetAsync(IdOf(token), clock.GetUtcNow(), context.RequestAborted) is not { } content) { return null; }
        try
        {
            return JsonSerializer.Deserialize<ReportAnswers>(_seals.Unprotect(content));
        }
        catch (CryptographicException)
        {
            return null;                                             // Sealed with keys that are gone: nobody can read it any more.
        }
    }

    /// <summary>A form without answers, begun now.</summary>
    public ReportAnswers Begin() => new() { BegunAt = clock.GetUtcNow() };

    public async Task KeepAsync(HttpContext context, ReportAnswers answers)
    {
        var token = TokenOf(context) ?? RandomNumberGenerator.GetBytes(Length);
        context.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(token), Options(context));
        await drafts.KeepAsync(IdOf(token), _seals.Protect(JsonSerializer.SerializeToUtf8Bytes(answers)), clock.GetUtcNow() + KeptFor);
    }

    /// <summary>Leaves nothing of the visitor's answers.</summary>
    public async Task ForgetAsync(HttpContext context)
    {
        context.Response.Cookies.Delete(Cookie, Options(context));
        if (TokenOf(context) is { } token) { await drafts.ForgetAsync(IdOf(token)); }
    }

    /// <summary>Tells this sending from another, so that a button pressed twice reports once. It says nothing of the visitor.</summary>
    public static string? SendingOf(HttpContext context) =>
        TokenOf(context) is { } token ? $"form-{Convert.ToHexStringLower(SHA256.HashData([.. token, 1]))}" : null;

    /// <summary>Whether what was kept is there no longer.</summary>
    public static bool WasKept(HttpContext context) => TokenOf(context) is not null;

    private static byte[] IdOf(byte[] token) => SHA256.HashData(token);

    private static byte[]? TokenOf(HttpContext context)
    {
        Span<byte> token = stackalloc byte[Length + 2];
        return context.Request.Cookies[Cookie] is { Length: 43 } sent && Base64Url.TryDecodeFromChars(sent, token, out var written) && written == Length
            ? token[..Length].ToArray() : null;
    }

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = ReportQuestions.Start, IsEssential = true };
}
