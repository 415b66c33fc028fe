using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Cme.Telemetry;

/// <summary>What is traced: a request, the grain calls that it makes, and their statements.</summary>
internal static class AllowedTraces
{
    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Cme.Runtime.Embedded", "Npgsql", WithoutMessages.Source];

    public static TracerProviderBuilder AddAllowed(this TracerProviderBuilder traces, double share) => traces.AddSource(Sources)
        .SetSampler(new BeginsWithRequest(share))
        .AddProcessor(new WithoutMessages())
        .AddOtlpExporter();
}

/// <summary>
/// A trace begins with a request or with a reminder that a grain is given. What the service asks by itself several times a second (is anything to be
/// numbered, has a board changed) and who asks whether it is well would be most of all traces, and tell nobody anything.
/// </summary>
internal sealed class BeginsWithRequest(double share) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(share);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (Begins(samplingParameters)) { return _share.ShouldSample(samplingParameters); }
        var isTraced = samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        return new SamplingResult(isTraced ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }

    // Whether a request is traced is ours to say, and not a header's: a proxy that traces nothing itself would forbid it.
    private static bool Begins(in SamplingParameters of) => of.Name == "Microsoft.AspNetCore.Hosting.HttpRequestIn"
        ? !AsksHealth(of.Tags)
        : of.ParentContext.TraceId == default && of.Name.EndsWith("/ReceiveReminder", StringComparison.Ordinal);

    private static bool AsksHealth(IEnumerable<KeyValuePair<string, object?>>? tags) =>
        tags?.Any(tag => tag.Key == "url.path" && tag.Value is string path && path.StartsWith("/health/", StringComparison.Ordinal)) == true;
}
