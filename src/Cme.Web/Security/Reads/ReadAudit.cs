using Cme.Domain;
using Cme.Storage;
using Cme.Storage.Reads;

namespace Cme.Web.Security.Reads;

/// <summary>
/// Writes down what a request showed, before the first byte of it goes out: what was not written down was not shown. Those who are shown
/// something at once share a commit.
/// </summary>
public sealed class ReadAudit(
    IReadLog log, [FromKeyedServices(Clock.System)] TimeProvider system, [FromKeyedServices(Clock.Business)] TimeProvider business)
{
    /// <summary>Answers the request, and lets the answer go when it is written down.</summary>
    internal async Task AnswerAsync(HttpContext context, Viewer viewer, AuditedAttribute audited, RequestDelegate next)
    {
        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }
        var note = ReadNote.Of(context);
        if (note.Counts && Shows(context, note)) { await AddAsync(EntryOf(context, viewer, audited, note)); }
        answer.Position = 0;
        await answer.CopyToAsync(wire, context.RequestAborted);
    }

    /// <summary>Writes down what was shown or done otherwise than by answering a request: a live board, a sign-in.</summary>
    public Task AddAsync(Viewer viewer, string what, string? subject, IEnumerable<string> rows, HttpContext? context)
    {
        var note = new ReadNote();
        note.Rows(rows);
        return AddAsync(EntryOf(viewer, what, subject, note, context?.Connection.RemoteIpAddress?.ToString() ?? ""));
    }

    private async Task AddAsync(ReadEntry entry)
    {
        try
        {
            await log.AddAsync(entry);
        }
        catch (StorageUnavailableException) when (entry.What == ReadKinds.Board)
        {
            // The duty desk's board is shown from memory while the database is away: a child is not to wait for the log.
            log.AddLater(entry);
        }
    }

    private static bool Shows(HttpContext context, ReadNote note) =>
        context.Response.StatusCode is >= 200 and < 300 or StatusCodes.Status304NotModified
        || (!IsReading(context) && context.Response.StatusCode is StatusCodes.Status302Found or StatusCodes.Status303SeeOther) || note.Why is not null;

    private ReadEntry EntryOf(HttpContext context, Viewer viewer, AuditedAttribute audited, ReadNote note)
    {
        note.ChildId ??= context.Request.RouteValues["childId"] as string;
        var subject = note.Subject ?? (context.Request.RouteValues["reference"] ?? context.Request.RouteValues["childId"]
            ?? context.Request.RouteValues["referral"] ?? context.Request.RouteValues["concern"] ?? context.Request.RouteValues["urn"]) as string
            ?? (audited.What == ReadKinds.Board ? context.Request.Path.Value?.TrimStart('/') : null);
        return EntryOf(viewer, note.What ?? (IsReading(context) ? audited.What : audited.What + ReadKinds.Changed), subject, note,
            context.Connection.RemoteIpAddress?.ToString() ?? "");
    }

    private ReadEntry EntryOf(Viewer viewer, string what, string? subject, ReadNote note, string source) => new()
    {
        Authority = viewer.Authority, At = system.GetUtcNow(), BusinessAt = business.GetUtcNow(), Reader = viewer.Id, Name = viewer.Name, Role = viewer.Role,
        Organisation = viewer.Organisation, What = what, Subject = subject, ChildId = note.ChildId, Shown = note.Shown, Fourth = note.Fourth, Why = note.Why,
        Source = source, Content = note.Content,
    };

    private static bool IsReading(HttpContext context) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
}

internal static class ReadAuditing
{
    /// <summary>Writes down what audited routes show. Innermost: everything before it has decided that the route may be asked.</summary>
    public static IApplicationBuilder UseReadAudit(this IApplicationBuilder app) => app.Use((context, next) =>
        context.GetEndpoint()?.AuditOf() is { } audited && Viewer.TryOf(context.User) is { } viewer
            ? context.RequestServices.GetRequiredService<ReadAudit>().AnswerAsync(context, viewer, audited, next)
            : next(context));
}
