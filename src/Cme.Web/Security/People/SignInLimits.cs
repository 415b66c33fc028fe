using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Cme.Web.Security.People;

/// <summary>How often somebody may try to get in.</summary>
public sealed class SignInLimitOptions
{
    public const string Section = "SignIn";

    /// <summary>Attempts a minute from one address of the network.</summary>
    /// <value>1 to 100,000; 60 unless configured: a school's staff share one address on a Monday morning.</value>
    [Range(1, 100_000)] public int PerMinute { get; init; } = 60;
}

/// <summary>Slows down those who try many addresses or links, which locking one address does not.</summary>
internal sealed class SignInLimits(IOptions<SignInLimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(from =>
        RateLimitPartition.GetFixedWindowLimiter(
            from, _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <returns>False if there were too many attempts from where this request comes from.</returns>
    public bool MayTry(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
