using Cme.Web.Security.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Cme.Web.Security;

/// <summary>Who may come in: registers authentication, authorisation and antiforgery.</summary>
public static class EdgeSecurity
{
    /// <summary>Where a person who is not signed in is sent.</summary>
    public const string SignInPath = "/sign-in";

    public static IServiceCollection AddEdgeSecurity(this IServiceCollection services)
    {
        services.AddAuthentication(Schemes.Edge)
            .AddPolicyScheme(Schemes.Edge, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(Schemes.Key, null)
            .AddSessions();
        services.AddPeople();
        services.AddAuthorization(Policies.Register);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, EdgeDenials>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "cme-antiforgery";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services;
    }

    private static string SchemeOf(HttpContext context) =>
        IsForSystems(context.Request.Path) || KeyAuthentication.Sent(context.Request) is not null ? Schemes.Key : Schemes.Person;

    /// <summary>Whether a path is answered with JSON and problem documents rather than pages.</summary>
    internal static bool IsForSystems(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health")
        || path.StartsWithSegments("/demo/clock");

    /// <summary>Whether what goes wrong on a path is told as a problem document; on every other it is told as a page.</summary>
    internal static bool AnswersProblems(PathString path) => IsForSystems(path) || path.StartsWithSegments("/live");
}
