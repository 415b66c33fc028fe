using System.Text.Json.Nodes;
using Cme.TestSupport.Stories;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Browser.Tests.Enquiries;

/// <summary>The same ten days with registers corrected on days 4, 12 and 22 of the absence, and in both directions.</summary>
public sealed class TenDaysCorrected(Browser browser) : IClassFixture<Browser>
{
    private const string Urn = "900001";

    private static readonly string[] SchoolDays =
    [
        "Thu 22 Oct 2026", "Fri 23 Oct 2026", "Mon 2 Nov 2026", "Tue 3 Nov 2026", "Wed 4 Nov 2026", "Thu 5 Nov 2026", "Fri 6 Nov 2026",
        "Mon 9 Nov 2026", "Tue 10 Nov 2026", "Wed 11 Nov 2026", "Thu 12 Nov 2026", "Fri 13 Nov 2026", "Mon 16 Nov 2026", "Tue 17 Nov 2026",
        "Wed 18 Nov 2026", "Thu 19 Nov 2026", "Fri 20 Nov 2026", "Mon 23 Nov 2026", "Tue 24 Nov 2026", "Wed 25 Nov 2026", "Thu 26 Nov 2026",
        "Fri 27 Nov 2026",
    ];

    // The demo's clock goes on ticking, so what is counted from an arrival is a little later.
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    private SchoolOfTheStory _school = null!;

    [Fact]
    public async Task A_correction_moves_the_ladder_and_never_floods_the_lead()
    {
        _school = new SchoolOfTheStory(browser.Service.ClientOf, Urn);
        await _school.CalendarAsync();
        await _school.RollAsync(["Isla", "Jack", "Kofi", "Maya", .. Enumerable.Range(1, 30).Select(number => $"Present{number}")]);
        await MorningsAsync(1, 4);
        await OnDay4_TheFirstDayWasIllness();
        await MorningsAsync(5, 12);
        await OnDay12_AMiddleDayWasPresent();
        await MorningsAsync(13, 22);
        await OnDay22_InBothDirections();
    }

    // Maya is ill by the staff's word all along; the others are missing.
    private async Task MorningsAsync(int from, int to)
    {
        foreach (var day in SchoolDays[(from - 1)..to])
        {
            await _school.MorningAsync($"{day} 09:05", ("Isla", "N"), ("Jack", "N"), ("Kofi", "N"), ("Maya", "I"));
        }
    }

    private async Task OnDay4_TheFirstDayWasIllness()
    {
        var before = await _school.ReferenceAsync("Isla");
        Due((await _school.OwedAsync("Isla"))["report-missing"]).ShouldBe(At("Wed 11 Nov 2026 15:30"));

        await _school.ClockAsync("Tue 3 Nov 2026 10:00");
        await _school.CorrectAsync("Tue 3 Nov 2026 10:00", "Thu 22 Oct 2026", "Isla", "I", "known-contact");

        (await _school.FindAsync("Isla")).ShouldBe(before, "A corrected first day re-anchors the same episode.");
        ((string?)(await _school.EpisodeAsync("Isla"))["firstDayMissing"]).ShouldBe("2026-10-23");
        Due((await _school.OwedAsync("Isla"))["report-missing"]).ShouldBe(At("Thu 12 Nov 2026 15:30"), "Day 10 from the run that is left.");
    }

    private async Task OnDay12_AMiddleDayWasPresent()
    {
        var before = await _school.ReferenceAsync("Jack");
        await _school.ClockAsync("Fri 13 Nov 2026 10:00");
        await _school.CorrectAsync("Fri 13 Nov 2026 10:00", "Wed 4 Nov 2026", "Jack", "/");

        (await _school.FindAsync("Jack")).ShouldBe(before);
        ((string?)(await _school.EpisodeAsync("Jack"))["firstDayMissing"]).ShouldBe("2026-11-05", "Seen on day 5: the run that is left begins on day 6.");
        var report = (await _school.OwedAsync("Jack"))["report-missing"];
        Due(report).ShouldBe(At("Wed 18 Nov 2026 15:30"));
        ((string?)report["state"]).ShouldNotBe("overdue");
        foreach (var (step, owed) in await _school.OwedAsync("Jack"))
        {
            var knownLate = Due(owed) < At("Fri 13 Nov 2026 10:00") && (string?)owed["state"] == "overdue";
            (knownLate && ActBy(owed) > At("Fri 13 Nov 2026 10:00")).ShouldBeFalse($"{step} is overdue before its grace for late knowledge is over.");
        }
    }

    private async Task OnDay22_InBothDirections()
    {
        await _school.ClockAsync("Fri 27 Nov 2026 10:00");
        foreach (var day in SchoolDays.Reverse())
        {
            await _school.CorrectAsync("Fri 27 Nov 2026 10:00", day, "Kofi", "C");
        }
        var kofi = await _school.EpisodeAsync("Kofi");
        ((string?)kofi["status"]).ShouldBe("open", "After day 5 no code closes by itself.");
        Due((await _school.OwedAsync("Kofi"))["confirm-seen"]).ShouldBe(At("Fri 27 Nov 2026 11:00"), Tick);

        (await _school.FindAsync("Maya")).ShouldBeNull();
        foreach (var day in SchoolDays[19..])
        {
            await _school.CorrectAsync("Fri 27 Nov 2026 10:05", day, "Maya", "N");
        }
        ((string?)(await _school.EpisodeAsync("Maya"))["firstDayMissing"]).ShouldBe("2026-11-25");
        foreach (var (step, owed) in await _school.OwedAsync("Maya"))
        {
            ((int)owed["level"]!).ShouldBe(0, $"{step}: what was only known now has climbed to nobody.");
        }
    }

    private static DateTimeOffset Due(JsonObject owed) => (DateTimeOffset)owed["dueAt"]!;

    private static DateTimeOffset ActBy(JsonObject owed) => (DateTimeOffset)owed["actBy"]!;
}
