using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Cme.Telemetry;

/// <summary>
/// Lets a span keep only what is known to say nothing of a person (ADR 0336). Paths, keys of grains, statements and the words of exceptions hold
/// references, names and what was searched for; frameworks add new attributes with every version. So what is not listed is left out.
/// </summary>
internal sealed class WithoutMessages : BaseProcessor<Activity>
{
    /// <summary>The source of spans that stand for one that had to be left out.</summary>
    public const string Source = "Cme.Telemetry";

    private static readonly ActivitySource Stands = new(Source);

    private static readonly FrozenSet<string> Allowed = FrozenSet.ToFrozenSet(
    [
        "http.request.method", "http.route", "http.response.status_code", "url.scheme", "network.protocol.version", "error.type",
        "rpc.system", "rpc.system.name", "rpc.service", "rpc.method", "orleans.rpc.service", "exception.type",
        "db.system.name", "db.namespace", "db.operation.name", "db.response.status_code", "db.npgsql.prepared",
    ], StringComparer.Ordinal);

    public override void OnEnd(Activity data)
    {
        foreach (var (attribute, value) in data.TagObjects.ToArray())
        {
            if (!Allowed.Contains(attribute) && value is not null) { data.SetTag(attribute, null); }
        }
        data.SetStatus(data.Status);                                 // Without its words.
        data.TraceStateString = null;                                // It comes from whoever asked, who may write anything there.
        if (data.Events.Any() || data.Links.Any(link => link.Tags?.Any() == true))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // Events cannot be taken out of a span: another goes in its place.
            Replace(data);
        }
    }

    private static void Replace(Activity left)
    {
        using var stands = Stands.CreateActivity(left.DisplayName, left.Kind, new ActivityContext(left.TraceId, left.ParentSpanId, ActivityTraceFlags.Recorded), left.TagObjects);
        if (stands is null) { return; }
        stands.SetStartTime(left.StartTimeUtc).Start();
        if (ExceptionType(left) is { } type) { stands.SetTag("exception.type", type); }
        stands.SetStatus(left.Status).SetEndTime(left.StartTimeUtc + left.Duration);
    }

    private static string? ExceptionType(Activity left) =>
        left.Events.SelectMany(happened => happened.Tags).FirstOrDefault(tag => tag.Key == "exception.type").Value as string;
}
