using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Registers;

/// <summary>How it stands with what a school sends.</summary>
internal static class FeedEndpoints
{
    public static void MapFeed(this IEndpointRouteBuilder api) =>
        api.MapGet("/schools/{urn}/feed", Get).Audited(ReadKinds.Register).RequireAuthorization(Scopes.RegisterRead).WithTags("Registers")
            .WithName("GetFeed").WithSummary("Which registers were expected, came, are missing or look wrong, and which data needs putting right")
            .WithDescription("Reckoned from the calendar and the registers held whenever it is asked. A day without sessions has none.")
            .Answers<FeedDocument>(200).Refuses("unknown-school", "invalid");

    internal static async Task<IResult> Get(
        HttpContext context, string urn, string? date, FeedReader feeds, [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        var now = clock.GetUtcNow();
        var day = date is null ? London.DateOf(now) : Fields.ParseDate(date);
        if (!Scope.MayReadSchool(viewer, urn)) { return Problems.UnknownSchool(urn); }
        if (day is not { } asked) { return Problems.Invalid([Parameters.Wrong("date", "invalid-date", "must be a date such as 2026-09-07")]); }
        return await feeds.ReadAsync(viewer.Authority, urn, asked, now, context.RequestAborted) is { } feed
            ? Answer.Ok(feed, EdgeJson.Default.FeedDocument)
            : Problems.UnknownSchool(urn);
    }
}
