using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace Cme.Web.Api;

/// <summary>Answers with a value as JSON, and with an ETag where the value has a version.</summary>
internal static class Answer
{
    public static IResult Ok<T>(T value, JsonTypeInfo<T> type) => new JsonAnswer<T>(value, type, 200, null);

    public static IResult WithStatus<T>(int status, T value, JsonTypeInfo<T> type) => new JsonAnswer<T>(value, type, status, null);

    /// <summary>Answers 304 if the caller has this version already.</summary>
    /// <param name="version">Changes whenever the answer does, and only then.</param>
    public static IResult Versioned<T>(T value, JsonTypeInfo<T> type, string version) => new JsonAnswer<T>(value, type, 200, $"\"{version}\"");

    private sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status, string? etag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (etag is not null)
            {
                response.Headers.ETag = etag;
                if (EntityTagHeaderValue.TryParseList(httpContext.Request.Headers.IfNoneMatch, out var held)
                    && held.Any(one => one.Tag == etag))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    return Task.CompletedTask;
                }
            }
            return response.WriteAsJsonAsync(value, type, "application/json; charset=utf-8", httpContext.RequestAborted);
        }
    }
}
