using System.ComponentModel;
using System.Xml;
using Cme.Web.Api;

namespace Cme.Web.Demo;

/// <summary>Where the clock of the demo stands.</summary>
public sealed record ClockDocument(DateTimeOffset Now);

/// <summary>How far to move the clock: to an instant, or by a duration.</summary>
public sealed record ClockMoveDocument
{
    public DateTimeOffset? AdvanceTo { get; init; }
    [Description("An ISO 8601 duration of days and less, such as PT2H or P1DT30M.")]
    public string? AdvanceBy { get; init; }
}

/// <summary>The demo's clock over HTTP. Outside the demo these routes do not exist.</summary>
internal static class ClockEndpoints
{
    /// <summary>The farthest move: a school year and a little more.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(400);

    public static void MapDemoClock(this IEndpointRouteBuilder routes)
    {
        var clock = routes.MapGroup("/demo/clock").WithTags("Demo").AllowAnonymous();
        clock.MapGet("", (ClockMover mover) => Answer.Ok(new ClockDocument(mover.Now), EdgeJson.Default.ClockDocument))
            .WithName("GetDemoClock").WithSummary("Read the business clock").Answers<ClockDocument>(200);
        clock.MapPost("", Move).WithName("MoveDemoClock").WithSummary("Move the business clock forward")
            .WithDescription("Any distance. Returns when everything that then was due has been handled; the clock goes on ticking.")
            .Takes<ClockMoveDocument>().Answers<ClockDocument>(200).Refuses("clock-backwards");
    }

    internal static async Task<IResult> Move(HttpContext context, ClockMover mover)
    {
        var (move, problem) = await Body.ReadAsync(context.Request, ReadMove);
        if (problem is not null) { return problem; }
        var (to, by) = move;
        if (by < TimeSpan.Zero) { return Backwards(mover); }

        var instant = to ?? mover.Now + by!.Value;
        if (instant - mover.Now > Farthest) { return Problems.Invalid([new("", "out-of-range", "The clock moves at most 400 days at a time.")]); }
        return await mover.MoveToAsync(instant, context.RequestAborted) is { } now
            ? Answer.Ok(new ClockDocument(now), EdgeJson.Default.ClockDocument)
            : Backwards(mover);
    }

    private static (DateTimeOffset? To, TimeSpan? By) ReadMove(Fields body)
    {
        DateTimeOffset? to = body.Has("advanceTo") ? body.Instant("advanceTo") : null;
        TimeSpan? by = body.Has("advanceBy") ? Duration(body) : null;
        if (body.Sound && to.HasValue == by.HasValue) { body.Wrong("", "required", "needs either 'advanceTo' or 'advanceBy'"); }
        return (to, by);
    }

    private static ProblemResult Backwards(ClockMover mover) =>
        Problems.Of("clock-backwards", $"It is now {mover.Now:yyyy-MM-dd'T'HH:mm:ss'Z'}. Give a later instant.");

    private static TimeSpan? Duration(Fields body)
    {
        var text = body.Text("advanceBy");
        try
        {
            // Months and years have no length of their own.
            if (text.Length is > 1 and <= 40 && !text.Split('T')[0].Contains('Y', StringComparison.Ordinal) && !text.Split('T')[0].Contains('M', StringComparison.Ordinal))
            {
                return XmlConvert.ToTimeSpan(text);
            }
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            // Told below.
        }
        body.Wrong("advanceBy", "invalid-duration", "must be an ISO 8601 duration such as PT2H or P1DT30M");
        return null;
    }
}
