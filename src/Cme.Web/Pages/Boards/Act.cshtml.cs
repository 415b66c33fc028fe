using System.Collections.Immutable;
using System.Text.Json;
using Cme.Contracts;
using Cme.Contracts.Episodes;
using Cme.Storage.Episodes;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Orleans;

namespace Cme.Web.Pages.Boards;

/// <summary>
/// Takes on, gives up, gives to a colleague or acknowledges one row of a board, or those that were ticked. Each by itself: what cannot be
/// done is told, with who was quicker, and the rest is done.
/// </summary>
[Authorize(Policies.RecordAction)]
public sealed class ActModel(IGrainFactory grains, IEpisodes episodes, IColleagues colleagues) : PageModel
{
    public const string TakeOn = "take-on", GiveUp = "give-up", GiveTo = "give-to", Acknowledge = "acknowledge";

    /// <summary>A board's page has no more rows.</summary>
    private const int Most = BoardView.PageSize;

    private const string Kept = "BoardActed";

    public ActedView Acted { get; private set; } = null!;

    /// <summary>What was done a moment ago, for the page that shows the board again.</summary>
    public static ActedView? TakeKept(PageModel page) =>
        page.TempData[Kept] is string kept ? JsonSerializer.Deserialize<ActedView>(kept) : null;

    /// <param name="one">A row's own button: what to do, a space, and the reference.</param>
    /// <param name="what">What to do with the rows that were ticked.</param>
    /// <param name="to">The id of the colleague, to give.</param>
    /// <param name="back">The board's address.</param>
    /// <param name="inline">True for a live page, which shows the answer itself.</param>
    public async Task<IActionResult> OnPostAsync(string? one, string? what, string[] episode, string? to, string? back, bool inline = false)
    {
        var (action, references) = one?.Split(' ') is [var single, var reference] ? (single, [reference]) : (what, episode);
        Acted = await Do(Viewer.Of(User), action, [.. references.Distinct().Take(Most)], to);
        if (inline) { return Page(); }
        TempData[Kept] = JsonSerializer.Serialize(Acted);
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }

    /// <summary>Nothing is here to be read: someone has gone back to an address that was only sent to.</summary>
    public IActionResult OnGet() => LocalRedirect("/");

    private async Task<ActedView> Do(Viewer viewer, string? action, ImmutableArray<string> references, string? to)
    {
        if (references.IsEmpty) { return ActedView.Refused("Tick at least one episode first"); }
        var colleague = action == GiveTo ? (await colleagues.OfAsync(viewer)).FirstOrDefault(one => one.Id == to) : null;
        if (action == GiveTo && colleague is null) { return ActedView.Refused("Choose the colleague to give it to"); }
        if (action is not (TakeOn or GiveUp or GiveTo or Acknowledge) || (action == Acknowledge && viewer.Role != Roles.CmeLead))
        {
            return ActedView.Refused("That cannot be done here");
        }
        var done = await Task.WhenAll(references.Select(reference => One(viewer, action, reference, colleague)));
        return ActedView.Of(action, colleague?.Name, done);
    }

    private async Task<ActedRow> One(Viewer viewer, string action, string reference, Colleague? colleague)
    {
        var scope = new CallerScope(viewer.Authority, viewer.School);
        if (await episodes.GetAsync(scope, reference) is not { } row || !Scope.MayWriteEpisode(viewer, row.Authority, row.Urn))
        {
            return new("An episode", "is not there, or not yours to change", reference, 0);
        }
        var name = $"{row.Forename} {row.Surname}".Trim();
        var grain = grains.GetGrain<IEpisodeGrain>(reference);
        var sent = new ClaimEpisode { Officer = viewer.Name, OfficerId = viewer.Id, Org = viewer.Organisation, RecordedBy = viewer.Id };
        var outcome = action switch
        {
            TakeOn => await grain.Claim(sent),
            // The council's officers give up whatever stands in their way; a school's people only what is their own.
            GiveUp => await grain.Release(viewer.OfAuthority ? sent with { Officer = null } : sent),
            GiveTo => await grain.GiveTo(sent with { Officer = colleague!.Name, OfficerId = colleague.Id, Had = HadBy(reference) }),
            _ => await grain.Acknowledge(viewer.Name, viewer.Id),
        };
        var why = outcome.RefusalCode switch
        {
            null => null,
            "claimed" when await episodes.GetAsync(scope, reference) is { ClaimedBy: { Length: > 0 } has } => $"{has} has it",
            "closed" => "is closed",
            _ => outcome.RefusalMessage,
        };
        return new(name, why, reference, outcome.Version);
    }

    /// <summary>Who had it when the sender's page was made; null for nobody.</summary>
    private string? HadBy(string reference) => (string?)Request.Form[$"had:{reference}"] is { Length: > 0 } had ? had : null;
}

/// <summary>What came of acting on rows of a board.</summary>
/// <param name="Title">Such as "You have taken on 3 episodes".</param>
/// <param name="Not">What could not be done, a line each: "Amina Example: Sandra Leverett has it".</param>
/// <param name="Failed">True if nothing was done.</param>
/// <param name="Versions">Of the episodes as they now are, by reference.</param>
public sealed record ActedView(string Title, ImmutableArray<string> Not, bool Failed, ImmutableDictionary<string, long> Versions)
{
    public static ActedView Refused(string title) => new(title, [], true, ImmutableDictionary<string, long>.Empty);

    public static ActedView Of(string action, string? colleague, IReadOnlyCollection<ActedRow> results)
    {
        var done = results.Where(result => result.Why is null).ToArray();
        var what = done is [var one] ? $"the episode of {one.Name}" : $"{done.Length} episodes";
        var title = action switch
        {
            _ when done.Length == 0 => results.Count == 1 ? "That could not be done" : "None of it could be done",
            ActModel.TakeOn => $"You have taken on {what}",
            ActModel.GiveUp => $"You have given up {what}",
            ActModel.GiveTo => $"You have given {colleague} {what}",
            _ => $"You have acknowledged {what}",
        };
        return new(
            title, [.. results.Where(result => result.Why is not null).Select(result => $"{result.Name}: {result.Why}")], done.Length == 0,
            done.ToImmutableDictionary(result => result.Reference, result => result.Version));
    }
}

/// <summary>What came of acting on one row.</summary>
/// <param name="Name">The child's.</param>
/// <param name="Why">Why it could not be done; null if it was.</param>
/// <param name="Version">Of the episode afterwards.</param>
public sealed record ActedRow(string Name, string? Why, string Reference, long Version);
