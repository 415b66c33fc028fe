using System.Collections.Immutable;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Web.Pages.Boards;
using Cme.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cme.Web.Tests.Pages;

/// <summary>What is asked of a board stands in its address, and a count is the same question as the list that it opens.</summary>
public sealed class BoardQuerySpec
{
    private static readonly DateTimeOffset s_now = new(2026, 9, 7, 11, 5, 0, TimeSpan.Zero);
    private static readonly string[] s_steps = ["first-call", "risk-assessment", "refer-police-or-social-care", "confirm-seen", "visit"];

    [Theory]
    [InlineData(BoardKind.Desk), InlineData(BoardKind.Lead), InlineData(BoardKind.School)]
    public void Every_count_on_a_board_finds_exactly_so_many_rows_by_its_address(BoardKind kind)
    {
        var all = new BoardChanges { Rows = Rows(300), Counts = [new() { Urn = "900001", Name = "School 1", Open = 5, Overdue = 2 }] };
        var (sight, place) = (Sight(kind), BoardPlace.Of(new Board(kind, kind == BoardKind.School ? "900001" : null)));
        var summary = BoardSummary.Of(all, sight, place.Path);
        var figures = summary.Figures.Concat(summary.Schools.Select(school => school.OnDesk))
            .Concat(summary.Reasons.Concat(summary.Debtors).SelectMany(line => line.Counts)).ToArray();

        figures.Length.ShouldBeGreaterThan(3);
        figures.Sum(figure => figure.Count).ShouldBeGreaterThan(300);
        foreach (var figure in figures)
        {
            figure.Address.ShouldStartWith(place.Path);
            all.Rows.Count(row => Parsed(figure.Address).Finds(row, sight)).ShouldBe(figure.Count, figure.Address);
        }
    }

    [Fact]
    public void The_parts_of_the_desk_have_each_row_once()
    {
        var figures = BoardSummary.Of(new() { Rows = Rows(300) }, Sight(BoardKind.Desk), "/desk").Figures;
        figures.Where(figure => figure.Address.Contains("section=")).Sum(figure => figure.Count).ShouldBe(300);
    }

    [Fact]
    public void An_address_says_what_was_asked_and_nothing_that_is_usual()
    {
        var query = BoardQuery.All.With(BoardQuery.School, "900001").With(BoardQuery.Overdue, "yes") with { Order = BoardOrders.Missing, Page = 3 };

        query.Address.ShouldBe("?overdue=yes&school=900001&order=missing&part=3");
        Parsed("/desk" + query.Address).Address.ShouldBe(query.Address);
        BoardQuery.All.Address.ShouldBe("");
    }

    [Fact]
    public void Another_filter_begins_at_the_first_page() => (BoardQuery.All with { Page = 4 }).With(BoardQuery.Stage, "referred").Page.ShouldBe(1);

    [Theory]
    [InlineData("?stage=no-such-stage"), InlineData("?age=ancient"), InlineData("?section=kitchen"), InlineData("?overdue=perhaps"), InlineData("?level=x")]
    public void A_value_that_no_row_has_finds_nothing_rather_than_everything(string address) =>
        Rows(50).Count(row => Parsed(address).Finds(row, Sight(BoardKind.Desk))).ShouldBe(0);

    [Theory]
    [InlineData("?part=0"), InlineData("?part=-1"), InlineData("?part=abc"), InlineData("?order=backwards"), InlineData("?order=17"), InlineData("?nonsense=1")]
    public void What_an_address_says_that_means_nothing_is_left_alone(string address) => Parsed(address).Address.ShouldBe("");

    [Fact]
    public void Mine_is_what_I_have_by_my_id_and_not_what_a_namesake_has()
    {
        var mine = BoardQuery.All.With(BoardQuery.Owner, BoardQuery.Me);
        mine.Finds(Row(1) with { ClaimedBy = "Sandra Leverett", ClaimedById = "duty-desk", ClaimedOrg = "999" }, Sight(BoardKind.Desk)).ShouldBeTrue();
        mine.Finds(Row(1) with { ClaimedBy = "Sandra Leverett", ClaimedById = "another", ClaimedOrg = "999" }, Sight(BoardKind.Desk)).ShouldBeFalse();
        mine.Finds(Row(1) with { ClaimedBy = "Sandra Leverett", ClaimedOrg = "900001" }, Sight(BoardKind.Desk)).ShouldBeFalse();
        mine.Finds(Row(1) with { ClaimedBy = "Sandra Leverett", ClaimedOrg = "999" }, Sight(BoardKind.Desk)).ShouldBeTrue();
        mine.Finds(Row(1) with { ClaimedBy = null }, Sight(BoardKind.Desk)).ShouldBeFalse();
    }

    [Fact]
    public void A_school_is_not_told_what_else_is_on_the_desk() =>
        BoardQuery.All.With(BoardQuery.Held, "school").Finds(Row(1) with { OnDesk = false }, Sight(BoardKind.School, "900001")).ShouldBeFalse();

    [Fact]
    public void Each_order_puts_the_rows_as_it_says()
    {
        BoardRow[] rows =
        [
            Row(1) with { Reference = "a", Surname = "Zed", SchoolName = "Ash", FirstDayMissing = new(2026, 9, 4), NextObligation = Next("visit", s_now.AddHours(1)) },
            Row(1) with { Reference = "b", Surname = "Abe", SchoolName = "Elm", FirstDayMissing = new(2026, 9, 1), NextObligation = Next("visit", s_now.AddHours(9)) },
        ];
        string First(BoardOrders order) => rows.OrderBy(row => BoardOrder.Of(row, BoardKind.Desk, order), StringComparer.Ordinal).First().Reference;
        (First(BoardOrders.Deadline), First(BoardOrders.Missing), First(BoardOrders.School), First(BoardOrders.Name)).ShouldBe(("a", "b", "a", "b"));
    }

    private static BoardQuery Parsed(string address) => BoardQuery.Read(new QueryCollection(
        QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "")));

    private static BoardSight Sight(BoardKind kind, string? school = null) =>
        new(kind, new Viewer(ViewerKind.Person, "999", school, Roles.DutyDesk, [], "Sandra Leverett", "duty-desk"), s_now);

    private static ImmutableArray<BoardRow> Rows(int count) => [.. Enumerable.Range(0, count).Select(Row)];

    private static BoardRow Row(int at) => new()
    {
        Reference = $"episode-{at:0000}", Surname = $"Row {at}", Urn = $"90000{1 + (at % 3)}", SchoolName = $"School {1 + (at % 3)}", OnDesk = true,
        Stage = at % 2 == 0 ? "enquiring" : "referred", Flags = at % 7 == 0 ? ["cp_plan"] : [], Level = at % 5, OverdueCount = at % 3,
        FirstDayMissing = new DateOnly(2026, 9, 7).AddDays(-(at % 40)), ClaimedBy = at % 4 == 0 ? "Sandra Leverett" : null, ClaimedById = at % 4 == 0 ? "duty-desk" : null,
        AcknowledgedBy = at % 11 == 0 ? "Helen Marchbanks" : null, NextObligation = Next(s_steps[at % s_steps.Length], s_now.AddMinutes(at - 100)),
    };

    private static ObligationView Next(string step, DateTimeOffset actBy) => new()
    {
        Step = step, What = step, Role = step == "visit" ? Roles.AttendanceOfficer : Roles.Dsl, DueAt = actBy, ActBy = actBy,
        SatisfiedBy = step == "first-call" ? [new("call", [])] : [],
    };
}
