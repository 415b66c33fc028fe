using Cme.Contracts.Boards;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>A board as a page shows it: one part of its rows, and what is counted over all of them.</summary>
public sealed record BoardView
{
    /// <summary>Rows on one page. More would make a page that nobody reads, and that a phone cannot hold.</summary>
    public const int PageSize = 100;

    public required Board Board { get; init; }
    public required string Epoch { get; init; }
    /// <summary>The sequencer's number that the rows stand at; the live feed goes on from it.</summary>
    public required long Number { get; init; }
    /// <summary>The business clock when the page was made.</summary>
    public required DateTimeOffset Now { get; init; }
    public required IReadOnlyList<BoardRowView> Rows { get; init; }
    public required BoardSummary Summary { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }
    /// <summary>What is to be said of the registers; null where nothing is, or where they cannot be read.</summary>
    public RegistersView? Registers { get; init; }
    /// <summary>How many rows this page has, of which <see cref="Rows"/> may be those only that changed.</summary>
    public required int Size { get; init; }

    public bool ShowsSchool => Board.Kind != BoardKind.School;

    /// <summary>Everything on the lead's board is with the lead, so there the last column says why.</summary>
    public string LastColumn => Board.Kind == BoardKind.Lead ? "Why" : "With";

    /// <summary>One page of a board's rows. A page beyond the last is the last.</summary>
    /// <param name="page">From 1.</param>
    public static BoardView Of(Board board, BoardChanges all, int page, DateTimeOffset now)
    {
        var (rows, at, pages) = PageOf(board, all, page);
        return new BoardView
        {
            Board = board,
            Epoch = all.Epoch,
            Number = all.To,
            Now = now,
            Rows = [.. rows.Select(row => BoardRowView.Of(row, board.Kind, now))],
            Size = rows.Length,
            Summary = BoardSummary.Of(board.Kind, all, now),
            Page = at,
            Pages = pages,
        };
    }

    /// <summary>Those rows of a page that changed, and the references of the changed ones that the page does not have (any more).</summary>
    /// <param name="all">Everything on the board, no older than the changes.</param>
    public static (BoardView View, IReadOnlyList<string> Removed) OfChanges(
        Board board, BoardChanges changes, BoardChanges all, int page, DateTimeOffset now)
    {
        var view = Of(board, all, page, now);
        var changed = changes.Rows.Select(row => row.Reference).ToHashSet(StringComparer.Ordinal);
        var here = view.Rows.Where(row => changed.Contains(row.Reference)).ToArray();
        return (
            view with { Number = changes.To, Rows = here },
            [.. changes.Removed, .. changed.Except(here.Select(row => row.Reference), StringComparer.Ordinal)]);
    }

    private static (BoardRow[] Rows, int Page, int Pages) PageOf(Board board, BoardChanges all, int page)
    {
        var pages = Math.Max(1, (all.Rows.Length + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        BoardRow[] rows = [.. all.Rows.OrderBy(row => BoardOrder.Of(row, board.Kind), StringComparer.Ordinal).Skip((at - 1) * PageSize).Take(PageSize)];
        return (rows, at, pages);
    }
}
