using System.Buffers;
using System.Text.Json;

namespace Cme.Web.Api;

/// <summary>Reads the body of a request whole, within its limit, and says what is wrong with it.</summary>
internal static class Body
{
    /// <summary>The largest body that is taken: 2 MiB, a full roll of the largest schools several times over.</summary>
    public const int Limit = 2 * 1024 * 1024;

    /// <summary>
    /// The largest body that is read at all. Larger than <see cref="Limit"/>, so that whoever sends 10 MB reads our answer
    /// instead of a connection that was reset while they were sending.
    /// </summary>
    public const int ReadLimit = 32 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads a body that is an object, once and strictly.</summary>
    /// <param name="read">Makes of its fields what goes on from the edge. No JSON of the body outlives it.</param>
    /// <returns>What was read, or the problem that names every place that is wrong: nothing may then be applied.</returns>
    public static async Task<(T Value, ProblemResult? Problem)> ReadAsync<T>(HttpRequest request, Func<Fields, T> read)
    {
        var (bytes, problem) = await ReadAsync(request);
        if (problem is not null) { return (default!, problem); }
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            var faults = new List<PlaceProblem>();
            var value = read(Fields.Of(document, faults));
            return faults.Count == 0 ? (value, null) : (default!, Problems.Invalid(faults));
        }
        catch (JsonException wrong)
        {
            return (default!, Malformed(wrong));
        }
    }

    /// <summary>Reads the body, which must be JSON by its content type.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, ProblemResult? Problem)> ReadAsync(HttpRequest request)
    {
        if (!IsJson(request)) { return (default, NotJson(request.ContentType)); }
        if (request.ContentLength > Limit) { return (default, TooLarge()); }
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > Limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, TooLarge());
            }
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return (bytes, null);
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Takes in a body of any type, for whoever must know it whole before it is read.</summary>
    public static async Task<(byte[] Bytes, ProblemResult? Problem)> BufferAsync(HttpRequest request)
    {
        if (request.ContentLength > Limit) { return ([], TooLarge()); }
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            if (buffer.Length + read > Limit) { return ([], TooLarge()); }
            buffer.Write(chunk, 0, read);
        }
        return (buffer.ToArray(), null);
    }

    /// <summary>Says where the JSON broke off, counting as an editor does: lines and positions from 1.</summary>
    public static ProblemResult Malformed(JsonException wrong)
    {
        var line = (wrong.LineNumber ?? 0) + 1;
        var position = (wrong.BytePositionInLine ?? 0) + 1;
        return Problems.Of("malformed-json", $"The JSON breaks at line {line}, position {position}. Nothing was applied.",
            [new("", "malformed-json", $"line {line}, position {position}")]);
    }

    public static ProblemResult TooLarge() => Problems.Of("body-too-large",
        "A body may be at most 2 MiB. Send fewer pupils or marks at a time. Nothing was applied.");

    public static ProblemResult NotJson(string? contentType) => Problems.Of("unsupported-media-type",
        $"Send the body as JSON with 'Content-Type: application/json'{(contentType is null ? "" : $", not '{contentType}'")}.");

    private static bool IsJson(HttpRequest request) => request.HasJsonContentType();
}
