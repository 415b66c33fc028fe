using Cme.Domain;
using Cme.Storage.People;
using Cme.Web.Pages.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cme.Web.Security.People;

/// <summary>ASP.NET Core Identity over our own store, and the cookies of sessions.</summary>
internal static class PeopleSetup
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 for a password.</summary>
    /// <remarks>Source: OWASP Password Storage Cheat Sheet.</remarks>
    public const int HashIterations = 210_000;

    private const int MostFailures = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddOptions<SignInLimitOptions>().BindConfiguration(SignInLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<Seals>();
        services.AddSingleton<Standings>();
        services.AddSingleton<PersonSessions>();
        services.AddSingleton<PersonAudit>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<PeopleDesk>();
        services.AddSingleton<Leavers>();
        services.AddSingleton<KeyDesk>();
        services.AddScoped<IUserStore<Person>, PersonStore>();
        services.AddIdentityCore<Person>(identity =>
            {
                identity.Lockout.MaxFailedAccessAttempts = MostFailures;
                identity.Lockout.DefaultLockoutTimeSpan = LockedFor;
                identity.ClaimsIdentity.SecurityStampClaimType = PersonSessions.StampClaim;
            })
            .AddUserManager<PersonManager>()
            .AddSignInManager()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        // Whether an address is taken the database says, and what a password must be PasswordRules says.
        services.RemoveAll<IUserValidator<Person>>();
        services.RemoveAll<IPasswordValidator<Person>>();
        services.AddScoped<IPasswordValidator<Person>, PasswordRules>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionOptions>();
        return services;
    }

    public static AuthenticationBuilder AddSessions(this AuthenticationBuilder authentication) => authentication
        .AddCookie(Schemes.Person)
        .AddCookie(Schemes.HalfWay)
        .AddCookie(IdentityConstants.TwoFactorUserIdScheme);
}

/// <summary>The cookies: a session's, that of somebody half way in, and that of a passkey's challenge.</summary>
internal sealed class SessionOptions(PersonSessions sessions, [FromKeyedServices(Clock.System)] TimeProvider clock) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    /// <summary>A session is written anew at most so often: each page would otherwise send a cookie along.</summary>
    private static readonly TimeSpan WrittenEvery = TimeSpan.FromMinutes(5);

    public void Configure(CookieAuthenticationOptions options)
    {
        // Every cookie has a name.
    }

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.TimeProvider = clock;
        options.CookieManager = new SessionCookies();
        options.Cookie.HttpOnly = true;
        options.Cookie.Path = "/";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.LoginPath = EdgeSecurity.SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        (options.Cookie.Name, options.ExpireTimeSpan, options.SlidingExpiration) = name switch
        {
            Schemes.Person => ("cme-session", PersonSessions.Idle, true),
            Schemes.HalfWay => ("cme-half-way", PersonSessions.HalfWay, false),
            _ => ("cme-passkey", TimeSpan.FromMinutes(10), false),
        };
        options.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments("/live")) { context.Response.StatusCode = StatusCodes.Status401Unauthorized; }
            else { context.Response.Redirect(context.RedirectUri); }
            return Task.CompletedTask;
        };
        // A page that may not be seen is answered where it is, so that its address does not change under the reader.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        if (name is not (Schemes.Person or Schemes.HalfWay)) { return; }
        options.Events.OnValidatePrincipal = sessions.ValidateAsync;
        options.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = context.ElapsedTime > WrittenEvery;
            return Task.CompletedTask;
        };
    }
}
