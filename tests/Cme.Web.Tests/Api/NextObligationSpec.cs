using System.Text.Json;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Domain.Registers.Counts;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.Web.Api.Episodes;

namespace Cme.Web.Tests.Api;

/// <summary>A row is stored at 08:55 and read all morning: what it says of the next obligation is as of the reading.</summary>
public sealed class NextObligationSpec
{
    private static readonly ObligationView FirstCall = new()
    {
        Step = "first-call", State = "pending", OpensAt = Instant(9, 20), DueAt = Instant(9, 50), ActBy = Instant(9, 50),
    };

    [Theory]
    [InlineData(9, 19, "pending")]
    [InlineData(9, 20, "due")]
    [InlineData(9, 50, "overdue")]
    public void It_is_pending_until_its_window_opens_and_overdue_from_its_act_by(int hour, int minute, string state)
    {
        var stored = new EpisodeRow { NextObligation = JsonSerializer.Serialize(FirstCall, StateJson.Options) };
        stored.ToDocument(1, AttendanceCounts.None, 2, Instant(hour, minute)).NextObligation!.State.ShouldBe(state);
        new BoardRow { NextObligation = FirstCall }.ToDocument(1, 2, Instant(hour, minute)).NextObligation!.State.ShouldBe(state);
    }

    [Fact]
    public void Beyond_the_published_calendar_it_stays_pending() =>
        new BoardRow { NextObligation = FirstCall with { OpensAt = null } }.ToDocument(1, 2, Instant(23, 0)).NextObligation!.State.ShouldBe("pending");

    private static DateTimeOffset Instant(int hour, int minute) => new(2026, 9, 8, hour, minute, 0, TimeSpan.FromHours(1));
}
