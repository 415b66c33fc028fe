using System.Text.Json;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Tests.Pages;

public sealed class WordingSpec
{
    private sealed record Case(DateTimeOffset ActBy, DateTimeOffset Now, string Says);

    [Fact]
    public void The_server_says_how_late_it_is_in_the_words_that_the_browser_uses()
    {
        var cases = JsonSerializer.Deserialize<Case[]>(File.ReadAllText("spans.cases.json"), JsonSerializerOptions.Web)!;

        cases.Length.ShouldBeGreaterThan(5);
        foreach (var one in cases) { Spans.Until(one.ActBy, one.Now).ShouldBe(one.Says); }
    }

    [Theory]
    [InlineData("2026-09-07T08:50:00Z", "9:50am")]
    [InlineData("2026-09-07T14:15:00Z", "3:15pm")]
    [InlineData("2026-09-08T14:15:00Z", "tomorrow at 3:15pm")]
    [InlineData("2026-09-06T22:30:00Z", "yesterday at 11:30pm")]
    [InlineData("2026-09-06T23:30:00Z", "12:30am")]
    [InlineData("2026-09-11T14:15:00Z", "Friday 11 September at 3:15pm")]
    [InlineData("2027-01-05T15:15:00Z", "Tuesday 5 January 2027 at 3:15pm")]
    public void An_instant_is_said_as_near_as_a_reader_in_London_needs(string at, string says) =>
        Times.Near(DateTimeOffset.Parse(at, null), DateTimeOffset.Parse("2026-09-07T08:05:00Z", null)).ShouldBe(says);

    [Fact]
    public void Flags_are_said_in_words_the_urgent_ones_first() =>
        FlagView.Of(["interpreter_needed", "cp_plan"]).Select(flag => (flag.Words, flag.Urgent))
            .ShouldBe([("Child protection plan", true), ("Interpreter needed", false)]);

    [Theory]
    [InlineData("2026-09-07T13:00:00Z", "3:15pm", "in 1 hour 15 minutes", false)]
    [InlineData("2026-09-07T14:30:00Z", "tomorrow at 3:15pm", "in 23 hours 45 minutes", false)]
    [InlineData("2026-09-08T14:25:00Z", "3:15pm", "10 minutes overdue", true)]
    public void A_step_with_grace_keeps_to_the_rules_time_while_that_lies_ahead(string now, string by, string until, bool late)
    {
        var view = DeadlineView.Of(
            new(2026, 9, 7, 14, 15, 0, TimeSpan.Zero), new(2026, 9, 8, 14, 15, 0, TimeSpan.Zero), DateTimeOffset.Parse(now, null));
        (view.By, view.Until, view.Late).ShouldBe((by, until, late));
    }
}
