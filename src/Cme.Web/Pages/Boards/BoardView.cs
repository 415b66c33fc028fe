using System.Collections.Immutable;
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
    /// <summary>The order of the last row of the page before; null on the first page.</summary>
    public required string? After { get; init; }
    /// <summary>The order of the first row of the page that follows; null on the last page.</summary>
    public required string? Before { get; init; }

    public bool ShowsSchool => Board.Kind != BoardKind.School;

    /// <summary>Everything on the lead's board is with the lead, so there the last column says why.</summary>
    public string LastColumn => Board.Kind == BoardKind.Lead ? "Why" : "With";

    /// <summary>One page of a board's rows. A page beyond the last is the last.</summary>
    /// <param name="page">From 1.</param>
    public static BoardView Of(Board board, BoardChanges all, int page, DateTimeOffset now)
    {
        var rows = Ordered(all.Rows, board.Kind);
        var pages = Math.Max(1, (rows.Length + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        var start = (at - 1) * PageSize;
        var end = Math.Min(start + PageSize, rows.Length);
        return new BoardView
        {
            Board = board,
            Epoch = all.Epoch,
            Number = all.To,
            Now = now,
            Rows = [.. rows[start..end].Select(row => BoardRowView.Of(row, board.Kind, now))],
            Summary = BoardSummary.Of(board.Kind, all, now),
            Page = at,
            Pages = pages,
            After = start == 0 ? null : BoardOrder.Of(rows[start - 1], board.Kind),
            Before = end == rows.Length ? null : BoardOrder.Of(rows[end], board.Kind),
        };
    }

    /// <summary>The rows that changed, with what is counted over all rows, at the number of the changes.</summary>
    public static BoardView OfChanges(Board board, BoardChanges changes, BoardChanges all, DateTimeOffset now) => new()
    {
        Board = board,
        Epoch = changes.Epoch,
        Number = changes.To,
        Now = now,
        Rows = [.. Ordered(changes.Rows, board.Kind).Select(row => BoardRowView.Of(row, board.Kind, now))],
        Summary = BoardSummary.Of(board.Kind, all, now),
        Page = 1,
        Pages = 1,
        After = null,
        Before = null,
    };

    private static BoardRow[] Ordered(ImmutableArray<BoardRow> rows, BoardKind board) =>
        [.. rows.OrderBy(row => BoardOrder.Of(row, board), StringComparer.Ordinal)];
}
