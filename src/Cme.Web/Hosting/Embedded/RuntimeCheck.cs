using Cme.Runtime.Embedded.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cme.Web.Hosting.Embedded;

/// <summary>Whether grains take their turns.</summary>
internal sealed class RuntimeCheck(EmbeddedRuntime runtime) : IHealthCheck
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var facts = runtime.Facts();
        return Task.FromResult(facts.OldestWaiting < Slow
            ? HealthCheckResult.Healthy($"{facts.Activations} grains in memory, {facts.Reminders} reminders set.")
            : HealthCheckResult.Degraded($"A call has waited for {facts.OldestWaiting.TotalSeconds:0} seconds."));
    }
}
