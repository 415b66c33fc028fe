using System.Diagnostics;
using Cme.Grains.Hosting;
using Cme.Web.Security;

namespace Cme.Web.Api;

/// <summary>Makes a problem document, or for people a page, of everything that goes wrong after it in the pipeline.</summary>
internal static partial class ProblemAnswers
{
    /// <summary>The page that tells a person what went wrong; the status is appended.</summary>
    private const string Page = "/problem";

    public static IApplicationBuilder UseProblemAnswers(this WebApplication app)
    {
        app.UseWhen(context => EdgeSecurity.AnswersProblems(context.Request.Path), systems => systems.Use(Answer));
        return app.UseWhen(context => !EdgeSecurity.AnswersProblems(context.Request.Path), people => people
            .UseStatusCodePagesWithReExecute(Page + "/{0}")
            .UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = Page,
                StatusCodeSelector = thrown => StorageFaults.IsAway(thrown) ? 503 : 500,
            }));
    }

    /// <summary>An address that no route has is not found, whoever asks: there is nothing to protect.</summary>
    public static IApplicationBuilder UseNotFoundBeforeSignIn(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not null) { return next(context); }
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception thrown) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested) { return; }
            context.Response.Clear();
            await ForException(context, thrown).ExecuteAsync(context);
            return;
        }
        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
        {
            await Problems.ForStatus(context, response.StatusCode).ExecuteAsync(context);
        }
    }

    private static ProblemResult ForException(HttpContext context, Exception thrown)
    {
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProblemAnswers));
        if (thrown is BadHttpRequestException bad) { return Problems.ForStatus(context, bad.StatusCode); }
        if (StorageFaults.IsAway(thrown))
        {
            LogStorageAway(log, thrown.GetType().Name);
            return Problems.Of("storage-unavailable",
                "Nothing was acknowledged. Send the same request again after as many seconds as Retry-After says; it is safe to repeat.");
        }
        var correlation = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        LogBroken(log, thrown, correlation);
        var problem = Problems.Of("internal-error", "This is our fault. Tell whoever runs this service the correlationId.");
        return problem with { Document = problem.Document with { CorrelationId = correlation } };
    }

    [LoggerMessage(1001, LogLevel.Warning, "Refused a request because the database cannot be reached: {Cause}.")]
    private static partial void LogStorageAway(ILogger log, string cause);

    [LoggerMessage(1002, LogLevel.Error, "A request failed. Correlation id {CorrelationId}.")]
    private static partial void LogBroken(ILogger log, Exception thrown, string correlationId);
}
