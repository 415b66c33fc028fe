using System.Globalization;
using System.Security.Claims;
using Cme.Domain;
using Cme.Storage.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Cme.Web.Security.People;

/// <summary>
/// Begins, renews and ends sessions. A session says who, under which stamp, since when, and when the person last proved who they
/// are; it holds until the stamp changes, ten hours have passed or nothing was asked for an hour.
/// </summary>
public sealed class PersonSessions(Standings standings, [FromKeyedServices(Clock.System)] TimeProvider clock)
{
    /// <summary>A working day. Whoever works longer signs in again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);
    /// <summary>How long a session lasts that nothing is asked in.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    /// <summary>How long after a password somebody may bring the second factor, or set one up.</summary>
    public static readonly TimeSpan HalfWay = TimeSpan.FromMinutes(15);
    /// <summary>How long somebody who proved who they are may do what cannot be undone.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    internal const string StampClaim = "cme:stamp";
    private const string SinceClaim = "cme:since";
    private const string FreshClaim = "cme:fresh";

    /// <summary>Begins a session of somebody who has proved both factors.</summary>
    public async Task BeginAsync(HttpContext context, Person person)
    {
        await context.SignOutAsync(Schemes.HalfWay);
        await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        var now = Seconds(clock.GetUtcNow());
        await SignInAsync(context, person, now, now);
    }

    /// <summary>Lets somebody whose password was right go on to the second factor.</summary>
    public async Task BeginHalfWayAsync(HttpContext context, Person person)
    {
        await context.SignOutAsync(Schemes.Person);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, person.Id), new(StampClaim, person.SecurityStamp), new(SinceClaim, Seconds(clock.GetUtcNow()))], Schemes.HalfWay);
        await context.SignInAsync(Schemes.HalfWay, new ClaimsPrincipal(identity));
    }

    /// <summary>The id of whoever is half way in; null if nobody is.</summary>
    public static async Task<string?> HalfWayInAsync(HttpContext context) =>
        (await context.AuthenticateAsync(Schemes.HalfWay)).Principal?.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>Goes on with a session of somebody who has just proved again who they are, or who changed their own stamp.</summary>
    public Task RenewAsync(HttpContext context, Person person) =>
        SignInAsync(context, person, context.User.FindFirstValue(SinceClaim) ?? Seconds(clock.GetUtcNow()), Seconds(clock.GetUtcNow()));

    /// <summary>Whether the person proved lately who they are.</summary>
    public bool IsFresh(ClaimsPrincipal user) => AgeOf(user, FreshClaim) <= Fresh;

    /// <summary>Ends whatever has begun.</summary>
    public static async Task EndAsync(HttpContext context)
    {
        await context.SignOutAsync(Schemes.Person);
        await context.SignOutAsync(Schemes.HalfWay);
        await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    /// <summary>Refuses a cookie of either scheme that no longer holds.</summary>
    internal async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var longest = context.Scheme.Name == Schemes.HalfWay ? HalfWay : Longest;
        if (context.Principal is { } user && await HoldsAsync(user, longest, context.HttpContext.RequestAborted)) { return; }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    /// <summary>Whether a session still holds; also asked for those who keep a socket open.</summary>
    internal async ValueTask<bool> HoldsAsync(ClaimsPrincipal user, TimeSpan longest, CancellationToken cancel) =>
        AgeOf(user, SinceClaim) < longest && user.FindFirstValue(ClaimTypes.NameIdentifier) is { } person
        && user.FindFirstValue(StampClaim) is { } stamp && await standings.HoldAsync(person, stamp, cancel);

    /// <summary>The viewer that a person is.</summary>
    public static Viewer ViewerOf(Person person) => new(ViewerKind.Person, person.Authority, person.School, person.Role, [], person.Name, person.Id);

    private static Task SignInAsync(HttpContext context, Person person, string since, string fresh)
    {
        var user = ViewerOf(person).ToPrincipal(Schemes.Person);
        user.Identities.Single().AddClaims([new(StampClaim, person.SecurityStamp), new(SinceClaim, since), new(FreshClaim, fresh)]);
        return context.SignInAsync(Schemes.Person, user);
    }

    private TimeSpan AgeOf(ClaimsPrincipal user, string claim) =>
        long.TryParse(user.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)
            : TimeSpan.MaxValue;

    private static string Seconds(DateTimeOffset instant) => instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
