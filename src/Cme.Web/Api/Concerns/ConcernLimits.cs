using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Cme.Web.Api.Concerns;

/// <summary>How many concerns come from one address: enough for everybody who shares it, and too few for a machine to bury the desk.</summary>
internal sealed class ConcernLimits(IOptions<ConcernSettings> settings) : IDisposable
{
    /// <summary>After how long somebody who was refused may try again at the latest.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(from =>
        RateLimitPartition.GetSlidingWindowLimiter(
            from,
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = settings.Value.PerHour, Window = Window, SegmentsPerWindow = 6, QueueLimit = 0 }));

    /// <returns>False if too many came from where this request comes from.</returns>
    public bool MayReport(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
