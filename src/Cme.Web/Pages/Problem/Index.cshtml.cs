using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Problem;

/// <summary>Tells a person what went wrong and what to do next. Whatever was asked for, and however, is answered here.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
public sealed class IndexModel : PageModel
{
    public string Heading { get; private set; } = "";
    public IReadOnlyList<string> Sentences { get; private set; } = [];
    /// <summary>What finds the failure in the log; only where the failure is ours.</summary>
    public string? Correlation { get; private set; }

    public void OnGet(int? status) => Tell(status);

    public void OnPost(int? status) => Tell(status);

    private void Tell(int? status)
    {
        // Asked for by its own address nothing has failed, and there is no such page.
        if (Response.StatusCode == 200) { Response.StatusCode = status is >= 400 and < 600 ? status.Value : 404; }
        (Heading, Sentences) = Words(Response.StatusCode);
        if (Response.StatusCode is 500) { Correlation = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier; }
        if (Response.StatusCode is 503) { Response.Headers.RetryAfter = "10"; }
    }

    private static (string Heading, string[] Sentences) Words(int status) => status switch
    {
        400 => ("Your form could not be read", [
            "It may have been open for too long, or you may have signed out in another window.",
            "Go back, reload the page and send the form again. Nothing was recorded."]),
        401 => ("Sign in again", ["Your session has ended. Nothing was recorded."]),
        403 => ("You cannot see this page", [
            "Your role does not give access to it.",
            "If you need it for your work, ask the children missing education lead of your council."]),
        404 => ("Page not found", [
            "If you typed the web address, check that it is correct. If you pasted it, check that you copied all of it.",
            "The page may also belong to another organisation, or the episode may never have existed."]),
        413 => ("That was too much at once", ["Shorten what you wrote and send it again. Nothing was recorded."]),
        429 => ("Too many requests", ["Wait a minute, then try again."]),
        503 => ("The service cannot reach its records", [
            "Nothing that you sent was recorded, and nothing that was recorded before is lost.",
            "Try again in a minute. If a child may be at risk now, do not wait: telephone the duty desk, or call 999."]),
        >= 500 => ("Sorry, there is a problem with the service", [
            "It is our fault, and it has been noted. Check whether what you sent was recorded before you send it again.",
            "If a child may be at risk now, do not wait: telephone the duty desk, or call 999."]),
        _ => ("That did not work", ["Go back and try again."]),
    };
}
