using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Cme.Telemetry;

/// <summary>What is traced: a request, the grain calls that it makes, and their statements.</summary>
internal static class AllowedTraces
{
    private static readonly string[] Sources =
    [
        "Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Application", "Cme.Runtime.Embedded", "Npgsql", WithoutMessages.Source,
    ];

    public static TracerProviderBuilder AddAllowed(this TracerProviderBuilder traces, double share) => traces.AddSource(Sources)
        .SetSampler(new ParentBasedSampler(new BeginsWithRequest(share)))
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

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Server && !AsksHealth(samplingParameters.Tags)
            ? _share.ShouldSample(samplingParameters)
            : new SamplingResult(SamplingDecision.Drop);

    private static bool AsksHealth(IEnumerable<KeyValuePair<string, object?>>? tags) =>
        tags?.Any(tag => tag.Key == "url.path" && tag.Value is string path && path.StartsWith("/health/", StringComparison.Ordinal)) == true;
}
