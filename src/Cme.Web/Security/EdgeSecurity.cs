using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
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
            .AddCookie(Schemes.Person, Session);
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

    private static void Session(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "cme-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(10);
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        // A page that may not be seen is answered where it is, so that its address does not change under the reader.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments("/live")) { context.Response.StatusCode = StatusCodes.Status401Unauthorized; }
            else { context.Response.Redirect(context.RedirectUri); }
            return Task.CompletedTask;
        };
        // A session of a persona that no longer exists, or that a demo started on what is no longer a demo, is over.
        options.Events.OnValidatePrincipal = async context =>
        {
            var demo = context.HttpContext.RequestServices.GetService<PersonaSignIn>();
            if (Viewer.TryOf(context.Principal) is not { } viewer || demo?.Knows(viewer) != true)
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(Schemes.Person);
            }
        };
    }
}
