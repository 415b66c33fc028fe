using Cme.Domain.Episodes;
using Cme.Storage.Episodes;
using Cme.Storage.History;
using Cme.TestSupport.Terms;
using Cme.Web.Api.Episodes;
using static Cme.TestSupport.Terms.Dates;

namespace Cme.Web.Tests.Api;

/// <summary>What the timeline says of what happened, for those who ask years later what was known.</summary>
public sealed class TimelineWords
{
    private static readonly DateTimeOffset Wednesday = At("Wed 14 Oct 2026 15:30"), Friday = At("Fri 16 Oct 2026 11:00");

    [Fact]
    public void A_deadline_that_moved_is_told_with_both_of_its_days() =>
        Said(new MovedDeadline("one", "visit", "NOR-12", Wednesday, Friday)).ShouldEndWith("deadlines moved: visit, from Wednesday 14 October 2026 to Friday 16 October 2026.");

    [Fact]
    public void What_had_been_done_and_no_longer_does_is_told_as_to_be_done_again()
    {
        Said(new MovedDeadline("one", "second-day-call", "NOR-04", Wednesday, Friday) { DoneBefore = Wednesday })
            .ShouldEndWith("second day call, which had been done, is to be done again, by Friday 16 October 2026 and no longer by Wednesday 14 October 2026.");
        Said(new MovedDeadline("one", "second-day-call", "NOR-04", Friday, Friday) { DoneBefore = Wednesday })
            .ShouldEndWith("second day call, which had been done, is to be done again by Friday 16 October 2026.");
    }

    private static string Said(MovedDeadline moved)
    {
        var stored = EventCodec.Write(new EpisodeEvent.DeadlinesMoved(2, [moved], Friday, Friday), 1);
        return Timeline.Of([new EventRow("episode", 1, stored.Type, stored.Schema, Friday, Friday, "product", stored.Data, Friday)], 1)[0].Text;
    }
}
