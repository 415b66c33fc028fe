using System.Diagnostics;
using Cme.Telemetry;
using OpenTelemetry.Trace;

namespace Cme.Web.Tests.Telemetry;

/// <summary>What is left of a span, and which are begun at all.</summary>
public sealed class SpanSpecs
{
    private static readonly ActivityContext Traced = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
    private static readonly ActivityContext Untraced = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true);

    [Fact]
    public void A_span_keeps_what_is_listed_and_nothing_else()
    {
        using var span = new Activity("IChildGrain/Signal") { TraceStateString = "mis=Amina" }.Start();
        span.SetTag("rpc.method", "IChildGrain/Signal").SetTag("orleans.rpc.target_id", "child/child-7").SetTag("db.query.text", "select 'Amina'");
        span.SetStatus(ActivityStatusCode.Error, "No child Amina");

        new WithoutMessages().OnEnd(span);

        span.TagObjects.Select(tag => tag.Key).ShouldBe(["rpc.method"]);
        (span.Status, span.StatusDescription, span.TraceStateString).ShouldBe((ActivityStatusCode.Error, null, null));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.HttpRequestIn", "/api/v1/episodes", true)]
    [InlineData("Microsoft.AspNetCore.Hosting.HttpRequestIn", "/health/ready", false)]
    [InlineData("IRemindable/ReceiveReminder", null, true)]
    [InlineData("IBoardGrain/Since", null, false)]
    [InlineData("select cme.waiting_authorities", null, false)]
    public void A_trace_begins_with_a_request_or_a_reminder(string name, string? path, bool begins) => IsTraced(name, path, default, 1).ShouldBe(begins);

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Whether_a_request_is_traced_its_sender_does_not_decide(double share, bool isTraced)
    {
        IsTraced("Microsoft.AspNetCore.Hosting.HttpRequestIn", "/desk", Traced, share).ShouldBe(isTraced);
        IsTraced("Microsoft.AspNetCore.Hosting.HttpRequestIn", "/desk", Untraced, share).ShouldBe(isTraced);
    }

    [Fact]
    public void What_a_request_needs_is_traced_with_it_or_not_at_all()
    {
        IsTraced("IEpisodeGrain/Record", null, Traced, 0).ShouldBeTrue();
        IsTraced("IEpisodeGrain/Record", null, Untraced, 1).ShouldBeFalse();
    }

    private static bool IsTraced(string name, string? path, ActivityContext parent, double share) => new BeginsWithRequest(share).ShouldSample(
        new SamplingParameters(parent, ActivityTraceId.CreateRandom(), name, ActivityKind.Server, path is null ? [] : [new("url.path", path)], null))
        .Decision == SamplingDecision.RecordAndSample;
}
