using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cme.Domain;
using Cme.Grains.Hosting;
using Cme.Storage.Idempotency;
using Cme.Web.Security;

namespace Cme.Web.Api.Idempotency;

/// <summary>
/// Carries out a POST that names an <c>Idempotency-Key</c> once, and answers its repetitions with the first answer. What failed
/// with a 5xx is not kept: its repetition is carried out, as the same sending, which the episode recognises (ADR 0130).
/// </summary>
internal sealed partial class IdempotentPosts(
    RequestDelegate next, IIdempotency idempotency, [FromKeyedServices(Clock.System)] TimeProvider clock, ILogger<IdempotentPosts> logger)
{
    public const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";
    private const int Longest = 255;

    private static readonly object SendingMark = new();

    /// <summary>The identity of what is being posted, the same however often it comes; null if its sender gave no key.</summary>
    public static string? SendingOf(HttpContext context) => context.Items[SendingMark] as string;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.StartsWithSegments("/api/v1")
            || context.Request.Headers[Header] is not { Count: > 0 } keys || Viewer.TryOf(context.User) is not { } viewer)
        {
            await next(context);
            return;
        }
        if (keys is not [{ Length: > 0 and <= Longest } key] || !key.All(letter => letter is > ' ' and <= '~'))
        {
            await Problems.Of("invalid-idempotency-key",
                $"Send one {Header} of 1 to {Longest} printable characters without spaces, such as a UUID.").ExecuteAsync(context);
            return;
        }
        var (bytes, problem) = await Body.BufferAsync(context.Request);
        if (problem is not null)
        {
            await problem.ExecuteAsync(context);
            return;
        }
        context.Request.Body = new MemoryStream(bytes);
        var posted = new Posted(viewer.Authority, viewer.Organisation, key, DigestOf(context.Request, bytes));
        await (await idempotency.ReceiveAsync(posted, clock.GetUtcNow(), context.RequestAborted) switch
        {
            Reception.Fresh fresh => CarryOut(context, posted, fresh),
            Reception.Answered { Answer: var answer } => Repeat(context, answer),
            Reception.Reused => Problems.Of("idempotency-key-reused",
                $"This {Header} was used for another request within the last 24 hours. Take a new key for each request.").ExecuteAsync(context),
            _ => (Problems.Of("idempotency-in-progress",
                "The same request is being carried out. Send it again in a moment to read its answer.") with { RetryAfter = 1 }).ExecuteAsync(context),
        });
    }

    private async Task CarryOut(HttpContext context, Posted posted, Reception.Fresh fresh)
    {
        context.Items[SendingMark] = fresh.Sending.ToString("n");
        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        catch
        {
            await Quietly(() => idempotency.GiveUpAsync(posted, fresh.Attempt));
            throw;
        }
        finally
        {
            context.Response.Body = wire;
        }
        await Quietly(() => context.Response.StatusCode < 500
            ? idempotency.KeepAsync(posted, fresh.Attempt, new(context.Response.StatusCode, HeadersOf(context.Response), answer.ToArray()))
            : idempotency.GiveUpAsync(posted, fresh.Attempt));
        answer.Position = 0;
        await answer.CopyToAsync(wire, context.RequestAborted);
    }

    private static async Task Repeat(HttpContext context, KeptAnswer kept)
    {
        var response = context.Response;
        response.StatusCode = kept.Status;
        foreach (var (name, values) in JsonSerializer.Deserialize(kept.Headers, EdgeJson.Default.DictionaryStringStringArray)!)
        {
            response.Headers[name] = values;
        }
        response.Headers[Replayed] = "true";
        await response.Body.WriteAsync(kept.Body, context.RequestAborted);
    }

    /// <summary>
    /// What was done is done, and its answer is known: that it could not be kept is no reason to tell the sender that it failed. A
    /// repetition then waits until the attempt counts as given up, and is recognised by its sending.
    /// </summary>
    private async Task Quietly(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception why) when (StorageFaults.IsAway(why) || why is Npgsql.PostgresException)
        {
            LogNotKept(logger, why.GetType().Name);
        }
    }

    private static string HeadersOf(HttpResponse response) => JsonSerializer.Serialize(
        response.Headers.ToDictionary(header => header.Key, header => header.Value.Select(value => value ?? "").ToArray()),
        EdgeJson.Default.DictionaryStringStringArray);

    private static byte[] DigestOf(HttpRequest request, byte[] body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        digest.AppendData(body);
        return digest.GetHashAndReset();
    }

    [LoggerMessage(1101, LogLevel.Warning, "The answer to an idempotent request was not kept: {Why}.")]
    private static partial void LogNotKept(ILogger logger, string why);
}
