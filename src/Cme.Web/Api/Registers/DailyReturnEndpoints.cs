using Cme.Domain;
using Cme.Web.Api.Schools;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Registers;

/// <summary>A provider's daily return, as its commissioner reads it (SUF-11).</summary>
internal static class DailyReturnEndpoints
{
    public static void MapDailyReturns(this IEndpointRouteBuilder api) =>
        api.MapGet("/schools/{urn}/returns/{date}", Get).Audited(ReadKinds.Register).RequireAuthorization(Scopes.CaseRead).WithTags("Registers")
            .WithName("GetDailyReturn").WithSummary("Read what a provider reports of a day: absence and attendance")
            .WithDescription("For the provider, its authority, and the school that placed pupils with it, which reads of the pupils on its own roll. The return "
                + "is made of the day's registers, and overdue once the day has ended without them.")
            .Answers<DailyReturnDocument>(200).Refuses("unknown-school", "invalid");

    internal static async Task<IResult> Get(
        HttpContext context, string urn, string date, DailyReturnReader returns, [FromKeyedServices(Clock.Business)] TimeProvider clock)
    {
        if (Fields.ParseDate(date) is not { } day) { return Problems.Invalid([Parameters.Wrong("date", "invalid-date", "must be a date such as 2026-09-07")]); }
        return await returns.FindAsync(Viewer.Of(context.User), urn, day, clock.GetUtcNow(), context.RequestAborted) is { Return: var found }
            ? Answer.Ok(found, EdgeJson.Default.DailyReturnDocument)
            : Problems.UnknownSchool(urn);
    }
}
