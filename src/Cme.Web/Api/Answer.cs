using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cme.Web.Api;

/// <summary>Answers with a value as JSON. Every reading has a strong ETag, and so has every change of what has a version.</summary>
internal static class Answer
{
    public static IResult Ok<T>(T value, JsonTypeInfo<T> type) => new JsonAnswer<T>(value, type, 200, null, false);

    public static IResult WithStatus<T>(int status, T value, JsonTypeInfo<T> type) => new JsonAnswer<T>(value, type, status, null, false);

    /// <summary>An answer to a change, with the tag of the version that it made.</summary>
    public static IResult Made<T>(int status, T value, JsonTypeInfo<T> type, long version) => new JsonAnswer<T>(value, type, status, version, true);

    /// <summary>Something that has a version, which changes whenever the answer does.</summary>
    public static IResult Versioned<T>(T value, JsonTypeInfo<T> type, long version) => new JsonAnswer<T>(value, type, 200, version, true);

    /// <summary>Something that has a version, while time or another record changes the answer too.</summary>
    public static IResult Changing<T>(T value, JsonTypeInfo<T> type, long version) => new JsonAnswer<T>(value, type, 200, version, false);

    /// <param name="version">The version that the tag begins with.</param>
    /// <param name="isWhole">True if the version is the whole tag.</param>
    private sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status, long? version, bool isWhole) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var (request, response) = (httpContext.Request, httpContext.Response);
            var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
            var isReading = HttpMethods.IsGet(request.Method);
            if (isReading || version is not null)
            {
                var tag = version is { } number && isWhole ? Preconditions.Tag(number) : Preconditions.TagOf(json, version);
                response.Headers.ETag = tag;
                if (isReading && Preconditions.IsUnwanted(request, tag))
                {
                    return Problems.Of("precondition-failed", "It is not as If-Match says. Leave out If-Match to read it as it is.").ExecuteAsync(httpContext);
                }
                if (isReading && Preconditions.IsHeld(request, tag))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    return Task.CompletedTask;
                }
            }
            response.StatusCode = status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = json.Length;
            return response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
        }
    }
}
