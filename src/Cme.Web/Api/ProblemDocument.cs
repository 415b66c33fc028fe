using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.AspNetCore.Http.Metadata;

namespace Cme.Web.Api;

/// <summary>What went wrong and what to do about it (RFC 9457). Every 4xx and 5xx is one.</summary>
public sealed record ProblemDocument
{
    [Description("Identifies the kind of problem: https://cme.example/problems/ followed by the code.")]
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }
    [Description("What is wrong this time, and what to do about it.")]
    public required string Detail { get; init; }
    [Description("The path that was asked for.")]
    public string Instance { get; init; } = "";
    [Description("Stable; meant for programs.")]
    public required string Code { get; init; }
    [Description("The places in the body that are wrong, by JSON pointer.")]
    public ImmutableArray<PlaceProblem>? Errors { get; init; }
    [Description("Pairs of action and outcome that would have been allowed.")]
    public ImmutableArray<string>? Allowed { get; init; }
    [Description("Of a batch: how many items were rejected.")]
    public int? Rejected { get; init; }
    [Description("Of a batch: the items that were rejected.")]
    public ImmutableArray<ItemReport>? Items { get; init; }
    [Description("To name when asking for help. Our log has the cause under it.")]
    public string? CorrelationId { get; init; }

    internal static string TypeOf(string code) => $"https://cme.example/problems/{code}";
}

/// <summary>One place in a body that is wrong.</summary>
/// <param name="Pointer">A JSON pointer with the names as sent, such as <c>/marks/3/upn</c>.</param>
public sealed record PlaceProblem(string Pointer, string Code, string Detail);

/// <summary>An item of a batch that was rejected, or accepted with a warning.</summary>
/// <param name="Index">Its position in the list as sent, from 0.</param>
/// <param name="Status"><c>rejected</c> or <c>warning</c>.</param>
public sealed record ItemReport(int Index, string Status, string Code, string Detail);

/// <summary>Answers a request with a problem document.</summary>
internal sealed record ProblemResult(ProblemDocument Document) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public int? StatusCode => Document.Status;
    public string ContentType => "application/problem+json";

    /// <summary>Seconds after which it is worth asking again, for Retry-After; null for problems that waiting does not cure.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The same problem under another status.</summary>
    public ProblemResult As(int status) => this with { Document = Document with { Status = status } };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Document.Status;
        if ((RetryAfter ?? (Document.Status is 429 or 503 ? 2 : null)) is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return response.WriteAsJsonAsync(
            Document with { Instance = httpContext.Request.Path }, EdgeJson.Default.ProblemDocument, ContentType, CancellationToken.None);
    }
}
