using Cme.Storage.Connections;
using Cme.Storage.Demo;
using Cme.Web.Demo;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cme.Web.Pages.Demo;

/// <summary>The buttons of the demo's bar: move the clock, or post registers. Outside the demo there is no such page.</summary>
[Authorize(Policies.Person)]
public sealed class BarModel(IDemoClockStore store, SchoolMornings mornings, ClockMover? clock = null, IDemoFeed? feed = null,
    DemoPlayer? player = null) : PageModel
{
    /// <summary>Said on the page that the bar was pressed on.</summary>
    [TempData] public string? DemoBar { get; set; }

    public IActionResult OnGet() => clock is null ? NotFound() : LocalRedirect("/");

    /// <param name="press">Which button.</param>
    /// <param name="back">The page to go back to; taken only if it is one of ours.</param>
    public async Task<IActionResult> OnPostAsync(string? press, string? back, CancellationToken cancel)
    {
        if (clock is null) { return NotFound(); }
        using var everybody = Reader.AsTheProduct();                 // The whole demo goes on, whoever pressed.
        DemoBar = press switch
        {
            "ten-minutes" => await MoveAsync(clock, clock.Now.AddMinutes(10), cancel),
            "hour" => await MoveAsync(clock, clock.Now.AddHours(1), cancel),
            "next-deadline" => await store.NextInstantAsync(clock.Now, cancel) is { } next
                ? await MoveAsync(clock, next, cancel) : "Nothing is due: there is no next deadline.",
            "next-school-morning" => await MoveAsync(clock, await mornings.NextAsync(clock.Now, cancel), cancel),
            "post-registers" => await PostAsync(cancel),
            "play" => Play(1),
            "play-fast" => Play(15),
            "pause" => Pause(),
            _ => null,
        };
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }

    private static async Task<string> MoveAsync(ClockMover clock, DateTimeOffset to, CancellationToken cancel) =>
        $"It is now {Times.Full(await clock.MoveToAsync(to, cancel) ?? clock.Now)}. Everything that fell due has been handled.";

    private string Play(int minutes)
    {
        if (player is null) { return "The days do not go by by themselves here: several web nodes share the clock. Put it forward with the other buttons."; }
        player.Play(minutes);
        return $"Playing: {Spans.Counted(minutes, "minute")} go by each second, and registers come in when they are due.";
    }

    private string Pause()
    {
        player?.Pause();
        return $"Paused at {Times.Full(clock!.Now)}. The clock goes on at its ordinary pace.";
    }

    private async Task<string> PostAsync(CancellationToken cancel)
    {
        if (feed is null) { return "This demo has no registers to post. Send them over HTTP, as a school’s system would."; }
        return await feed.PostDueRegistersAsync(cancel) switch
        {
            0 => "No register is due that was not posted already. The next is due when its session begins.",
            var posted => $"{Spans.Counted(posted, "register")} posted.",
        };
    }
}
