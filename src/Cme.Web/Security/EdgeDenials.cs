using Cme.Web.Api;
using Cme.Web.Pages.Episodes.Record;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Cme.Web.Security;

/// <summary>Says no to those who may not: systems get a problem document that says what is missing, people a page.</summary>
internal sealed class EdgeDenials(KeptForms forms) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _framework = new();

    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Whoever's session ended while they were writing finds what they wrote when they have signed in again.
        if (authorizeResult.Challenged) { await forms.KeepAsync(context); }
        await _framework.HandleAsync(next, context, policy, authorizeResult);
        if (authorizeResult.Succeeded || context.Response.HasStarted || !EdgeSecurity.AnswersProblems(context.Request.Path)) { return; }
        await (authorizeResult.Challenged ? Unauthenticated(context) : Forbidden(context, policy)).ExecuteAsync(context);
    }

    private static ProblemResult Unauthenticated(HttpContext context) => Problems.Of("unauthenticated",
        KeyAuthentication.Sent(context.Request) is null
            ? "Send the key of your organisation as 'Authorization: Bearer cme_…'."
            : "This key is unknown or was revoked. Ask whoever runs this service for a new one.");

    private static ProblemResult Forbidden(HttpContext context, AuthorizationPolicy policy)
    {
        var wanted = policy.Requirements.OfType<Microsoft.AspNetCore.Authorization.Infrastructure.ClaimsAuthorizationRequirement>()
            .Where(requirement => requirement.ClaimType == Viewer.ScopeClaim)
            .SelectMany(requirement => requirement.AllowedValues ?? [])
            .FirstOrDefault(scope => !context.User.HasClaim(Viewer.ScopeClaim, scope));
        return wanted is null
            ? Problems.Of("forbidden", "Only the authority may do this. Use a key of the authority.")
            : Problems.Of("insufficient-scope", $"This key lacks the scope '{wanted}'.");
    }
}
