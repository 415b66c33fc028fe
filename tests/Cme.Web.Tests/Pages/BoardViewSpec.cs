using System.Collections.Immutable;
using Cme.Contracts.Boards;
using Cme.Contracts.Episodes;
using Cme.Web.Pages.Boards;
using Cme.Web.Security;

namespace Cme.Web.Tests.Pages;

public sealed class BoardViewSpec
{
    private static readonly DateTimeOffset s_now = new(2026, 9, 7, 11, 5, 0, TimeSpan.Zero);

    [Fact]
    public void A_school_sees_flagged_children_first_then_what_is_overdue_then_what_is_due_soonest() =>
        Names(Board.School("900001"), Row("later", dueIn: 90), Row("soon", dueIn: 5), Row("overdue", dueIn: -5, overdue: 1), Row("flagged", dueIn: 200, flag: "cp_plan"))
            .ShouldBe(["flagged", "overdue", "soon", "later"]);

    [Fact]
    public void The_desk_sees_flagged_children_first_then_what_schools_let_go_then_its_own() =>
        Names(Board.Desk, Row("own", level: 2, dueIn: -200), Row("desk", level: 3, dueIn: -90), Row("lead", level: 4), Row("flagged", level: 0, flag: "s47"))
            .ShouldBe(["flagged", "lead", "desk", "own"]);

    [Fact]
    public void The_lead_sees_an_untold_referral_before_an_unassessed_risk_and_then_the_flagged_then_the_longest_missing() =>
        Names(Board.Lead,
            Row("called late", step: "first-call"), Row("risk", step: "risk-assessment"), Row("risk since Friday", step: "risk-assessment", daysMissing: 3),
            Row("flagged risk", step: "risk-assessment", flag: "cp_plan"),
            Row("referral", step: "refer-police-or-social-care"))
            .ShouldBe(["referral", "flagged risk", "risk since Friday", "risk", "called late"]);

    [Fact]
    public void A_flag_that_is_not_urgent_changes_no_order() =>
        Names(Board.School("900001"), Row("interpreter", dueIn: 90, flag: "interpreter_needed"), Row("soon", dueIn: 5)).ShouldBe(["soon", "interpreter"]);

    [Fact]
    public void Every_row_is_on_exactly_one_page()
    {
        var all = Changes([.. Enumerable.Range(0, 250).Select(at => Row($"row {at:000}", dueIn: at))]);
        var pages = Enumerable.Range(1, 3).Select(page => View(Board.Desk, all, page)).ToArray();

        pages.SelectMany(page => page.Rows).Select(row => row.Reference).Distinct().Count().ShouldBe(250);
        pages.Select(page => page.Rows.Count).ShouldBe([100, 100, 50]);
        View(Board.Desk, all, 99).Page.ShouldBe(3);
    }

    [Fact]
    public void Of_what_changed_a_page_is_told_its_own_rows_and_to_drop_the_others()
    {
        var all = Changes([.. Enumerable.Range(0, 150).Select(at => Row($"row {at:000}", dueIn: at))]);
        var changes = new BoardChanges { Epoch = "e", To = 8, Rows = [all.Rows[3], all.Rows[120]], Removed = ["episode-closed"] };

        var (view, removed) = BoardView.OfChanges(Board.Desk, changes, all, BoardQuery.All, BoardPlace.Of(Board.Desk), Sight(Board.Desk));

        view.Rows.Select(row => row.Name).ShouldBe(["row 003"]);
        removed.ShouldBe(["episode-closed", "episode-row 120"], ignoreOrder: true);
        (view.Number, view.Size, view.Pages).ShouldBe((8, 100, 2));
    }

    [Fact]
    public void Counts_are_over_the_whole_board_not_the_page()
    {
        var all = Changes([.. Enumerable.Range(0, 250).Select(at => Row($"row {at:000}", overdue: at % 2))]);
        View(Board.Desk, all, 3).Summary.Figures.Where(figure => figure.Words is "On this board" or "With a step overdue").Select(figure => figure.Count).ShouldBe([250, 125]);
    }

    [Fact]
    public void A_row_without_a_next_step_says_so_and_comes_last_of_its_kind()
    {
        var view = View(Board.School("900001"), Changes([Row("nothing") with { NextObligation = null }, Row("due", dueIn: 5)]));
        view.Rows.Select(row => row.Due?.What).ShouldBe(["Call home", null]);
    }

    private static string[] Names(Board board, params ImmutableArray<BoardRow> rows) =>
        [.. View(board, Changes(rows)).Rows.Select(row => row.Name)];

    private static BoardView View(Board board, BoardChanges all, int page = 1) =>
        BoardView.Of(board, all, BoardQuery.All with { Page = page }, BoardPlace.Of(board), Sight(board));

    private static BoardSight Sight(Board board) =>
        new(board.Kind, new Viewer(ViewerKind.Person, "999", board.Urn, Roles.DutyDesk, [], "Sandra Leverett", "duty-desk"), s_now);

    private static BoardChanges Changes(ImmutableArray<BoardRow> rows) => new() { Epoch = "e", Snapshot = true, To = 9, Rows = rows };

    private static BoardRow Row(
        string name, int dueIn = 0, int overdue = 0, int level = 0, string? flag = null, string step = "first-call", int daysMissing = 0) => new()
        {
            Reference = $"episode-{name}",
            Surname = name,
            FirstDayMissing = new DateOnly(2026, 9, 7).AddDays(-daysMissing),
            Flags = flag is null ? [] : [flag],
            Level = level,
            OverdueCount = overdue,
            NextObligation = new() { Step = step, What = "Call home", Role = Roles.AttendanceOfficer, ActBy = s_now.AddMinutes(dueIn) },
        };
}
