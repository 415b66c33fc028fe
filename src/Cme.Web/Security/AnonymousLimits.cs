using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;
using Cme.Web.Api;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Cme.Web.Security;

/// <summary>How much somebody whom we do not know may ask.</summary>
public sealed class AnonymousLimitOptions
{
    public const string Section = "Anonymous";

    /// <summary>Requests a minute from one address.</summary>
    /// <value>1 to 100,000; 600 unless configured: a person never comes near, and who guesses keys gets nowhere.</value>
    [Range(1, 100_000)] public int PerMinute { get; init; } = 600;
}

/// <summary>
/// Slows down those whom nobody knows: wrong keys, sign-ins, public pages. A known key or person is never slowed down here, and
/// neither are probes of health and the demo's clock.
/// </summary>
internal static class AnonymousLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddAnonymousLimits(this IServiceCollection services)
    {
        services.AddOptions<AnonymousLimitOptions>().BindConfiguration(AnonymousLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(LimitOf);
            limiter.OnRejected = async (refused, _) =>
            {
                var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
                if (EdgeSecurity.AnswersProblems(refused.HttpContext.Request.Path))
                {
                    await (Problems.ForStatus(refused.HttpContext, 429) with { RetryAfter = seconds }).ExecuteAsync(refused.HttpContext);
                }
                else
                {
                    refused.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                }
            };
        });
    }

    private static RateLimitPartition<string> LimitOf(HttpContext context)
    {
        var path = context.Request.Path;
        if (context.User.Identity?.IsAuthenticated == true || path.StartsWithSegments("/health") || path.StartsWithSegments("/demo"))
        {
            return RateLimitPartition.GetNoLimiter("");
        }
        var limits = context.RequestServices.GetRequiredService<IOptions<AnonymousLimitOptions>>().Value;
        return RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = limits.PerMinute, Window = Window, QueueLimit = 0 });
    }
}
