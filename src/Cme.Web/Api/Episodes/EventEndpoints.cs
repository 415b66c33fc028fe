using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using Cme.Domain;
using Cme.Storage.Episodes;
using Cme.Web.Security;
using Cme.Web.Security.Reads;

namespace Cme.Web.Api.Episodes;

/// <summary>The feed of events: what a system that keeps a copy reads, in order and without gaps.</summary>
internal static class EventEndpoints
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20), LookAgain = TimeSpan.FromMilliseconds(250);

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", List).Audited(ReadKinds.List).RequireAuthorization(Scopes.CaseRead).WithTags("Episodes")
            .WithName("ListEvents").WithSummary("Read what happened after a number, oldest first")
            .WithDescription("`next` is the `after` of the following call. Numbers grow, and nothing is ever inserted before a number already read; "
                + "a school's key reads its own episodes' events, so that the numbers it sees have gaps and the events none. The `epoch` is that of the "
                + "live boards. It changes only after the service was restored from a backup: numbers from before then say nothing. Send the "
                + "epoch along, and a feed of another epoch is answered with 409 `epoch-changed`: read the episodes again, and the feed from 0. "
                + "With `wait` an empty page is held back until something happens, or so many seconds have passed.")
            .Answers<EventList>(200).Refuses("invalid", "epoch-changed");

    internal static async Task<IResult> List(
        HttpContext context, string? after, string? epoch, string? limit, string? wait, IEpisodes episodes,
        [FromKeyedServices(Clock.System)] TimeProvider clock)
    {
        var viewer = Viewer.Of(context.User);
        var faults = new List<PlaceProblem>();
        var wanted = Paging.Limit(limit, faults);
        var from = Number("after", after, long.MaxValue, faults);
        var patience = TimeSpan.FromSeconds(Number("wait", wait, (long)LongestWait.TotalSeconds, faults));
        if (faults.Count > 0) { return Problems.Invalid(faults); }

        var scope = new CallerScope(viewer.Authority, viewer.School);
        var began = clock.GetTimestamp();
        var page = await episodes.FeedAsync(scope, from, wanted, context.RequestAborted);
        while (page.Entries.IsEmpty && page.Next >= from && clock.GetElapsedTime(began) < patience)
        {
            await Task.Delay(LookAgain, clock, context.RequestAborted);
            page = await episodes.FeedAsync(scope, from, wanted, context.RequestAborted);
        }
        ReadNote.Of(context).Counts = !page.Entries.IsEmpty;
        ReadNote.Of(context).Rows(page.Entries.Select(one => $"{one.Episode}@{one.Version}"));
        // Numbers ahead of ours were given by a service that has since been restored.
        return (epoch is { Length: > 0 } && epoch != page.Epoch) || from > page.Next
            ? Problems.Of("epoch-changed", $"The feed was begun anew; its epoch is now '{page.Epoch}'. Read the episodes again, and the feed from after=0.")
            : Answer.Ok(
                new EventList(page.Epoch, [.. page.Entries.Select(one => new EventDocument(one.Number, one.At, one.Episode, one.Type, one.Version))], page.Next),
                EdgeJson.Default.EventList);
    }

    private static long Number(string name, string? sent, long most, List<PlaceProblem> faults)
    {
        if (sent is null) { return 0; }
        if (long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most) { return number; }
        faults.Add(Parameters.Wrong(name, "out-of-range", $"must be a whole number from 0{(most < long.MaxValue ? $" to {most}" : "")}"));
        return 0;
    }
}

/// <summary>A page of the feed.</summary>
/// <param name="Epoch">Changes when numbers begin anew.</param>
/// <param name="Data">Oldest first.</param>
/// <param name="Next">The <c>after</c> of the following call.</param>
public sealed record EventList(string Epoch, ImmutableArray<EventDocument> Data, long Next);

/// <summary>That something happened to an episode; its timeline says what.</summary>
/// <param name="At">When it was numbered.</param>
/// <param name="Version">Its number in the episode's own history.</param>
public sealed record EventDocument(
    [property: Description("Grows over the whole authority.")] long Number, DateTimeOffset At, string Episode, string Type, long Version);
