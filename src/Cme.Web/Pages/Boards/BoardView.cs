using Cme.Contracts.Boards;
using Cme.Web.Api.Places;
using Cme.Web.Pages.Concerns;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>A board as a page shows it: one part of the rows that were asked for, and what is counted over all of them.</summary>
public sealed record BoardView
{
    /// <summary>Rows on one page. More would make a page that nobody reads, and that a phone cannot hold.</summary>
    public const int PageSize = 100;

    public required BoardSight Sight { get; init; }
    public required Board Board { get; init; }
    /// <summary>Which page it is on.</summary>
    public required BoardPlace Place { get; init; }
    public required BoardQuery Query { get; init; }
    public required string Epoch { get; init; }
    /// <summary>The sequencer's number that the rows stand at; the live feed goes on from it.</summary>
    public required long Number { get; init; }
    public required IReadOnlyList<BoardRowView> Rows { get; init; }
    public required BoardSummary Summary { get; init; }
    public required BoardFilters Filters { get; init; }
    public required int Page { get; init; }
    public required int Pages { get; init; }
    /// <summary>How many rows the query finds, on all pages.</summary>
    public required int Found { get; init; }
    /// <summary>How many rows the board has.</summary>
    public required int Total { get; init; }
    /// <summary>What is to be said of the registers; null where nothing is, or where they cannot be read.</summary>
    public RegistersView? Registers { get; init; }
    /// <summary>The desk: how many referrals wait for somebody to find out whom they are about; null where nothing is said of them.</summary>
    public int? Referrals { get; init; }
    /// <summary>How many names came off a roll though a condition was not met, and are off it; null if that is not this board's, or not known.</summary>
    public int? Removed { get; init; }
    /// <summary>The desk and the lead: what the public has reported; null where nothing is said of it.</summary>
    public ConcernSummary? Concerns { get; init; }
    /// <summary>What is asked of and about other places where missing children are registered; null on the lead's board, or if it is not known.</summary>
    public AskedCounts? Asked { get; init; }
    /// <summary>To whom the viewer may give an episode; nobody if the viewer only reads.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];
    /// <summary>What the viewer did a moment ago with rows of the board.</summary>
    public ActedView? Acted { get; init; }
    /// <summary>How many rows this page has, of which <see cref="Rows"/> may be those only that changed.</summary>
    public required int Size { get; init; }

    /// <summary>The business clock when the page was made.</summary>
    public DateTimeOffset Now => Sight.Now;

    public bool ShowsSchool => Board.Kind != BoardKind.School;

    public bool MayAct => !Sight.Viewer.ReadOnly;

    /// <summary>Whether the viewer is the one who acknowledges what climbs to the lead.</summary>
    public bool MayAcknowledge => Board.Kind == BoardKind.Lead && Sight.Viewer.Role == Roles.CmeLead;

    /// <summary>Everything on the lead's board is with the lead, so there the last column says why.</summary>
    public string LastColumn => Board.Kind == BoardKind.Lead ? "Why" : "With";

    /// <summary>On an officer's own page: what the officer has, what nobody has, and everything.</summary>
    public IReadOnlyList<Figure> WorkTabs { get; private init; } = [];

    /// <summary>The address of another page of the same rows.</summary>
    public string AddressOf(int page) => Place.Path + (Query with { Page = page }).Address;

    /// <summary>One page of what is wanted of a board's rows. A page beyond the last is the last.</summary>
    public static BoardView Of(Board board, BoardChanges all, BoardQuery query, BoardPlace place, BoardSight sight)
    {
        BoardRow[] found = query.IsFiltered ? [.. all.Rows.Where(row => query.Finds(row, sight))] : [.. all.Rows];
        var (rows, at, pages) = PageOf(found, board.Kind, query);
        return new BoardView
        {
            Sight = sight,
            Board = board,
            Place = place,
            Query = query,
            Epoch = all.Epoch,
            Number = all.To,
            Rows = [.. rows.Select(row => BoardRowView.Of(row, query.Order, sight))],
            Size = rows.Length,
            Summary = BoardSummary.Of(all, sight, place.Path),
            Filters = BoardFilters.Of(all.Rows, query, place, sight),
            Page = at,
            Pages = pages,
            Found = found.Length,
            Total = all.Rows.Length,
            WorkTabs = place == BoardPlace.Work ? [.. new[] { ("My work", BoardQuery.Me), ("Available", BoardQuery.Nobody), ("All", BoardQuery.Anybody) }.Select(tab =>
                Figure.Of(tab.Item1, BoardQuery.All.With(BoardQuery.Owner, tab.Item2), all.Rows, sight, place.Path))] : [],
        };
    }

    /// <summary>Those rows of a page that changed, and the references of the changed ones that the page does not have (any more).</summary>
    /// <param name="all">Everything on the board, no older than the changes.</param>
    public static (BoardView View, IReadOnlyList<string> Removed) OfChanges(
        Board board, BoardChanges changes, BoardChanges all, BoardQuery query, BoardPlace place, BoardSight sight)
    {
        var view = Of(board, all, query, place, sight);
        var changed = changes.Rows.Select(row => row.Reference).ToHashSet(StringComparer.Ordinal);
        var here = view.Rows.Where(row => changed.Contains(row.Reference)).ToArray();
        return (
            view with { Number = changes.To, Rows = here },
            [.. changes.Removed, .. changed.Except(here.Select(row => row.Reference), StringComparer.Ordinal)]);
    }

    private static (BoardRow[] Rows, int Page, int Pages) PageOf(BoardRow[] found, BoardKind board, BoardQuery query)
    {
        var pages = Math.Max(1, (found.Length + PageSize - 1) / PageSize);
        var at = Math.Clamp(query.Page, 1, pages);
        BoardRow[] rows = [.. found.OrderBy(row => BoardOrder.Of(row, board, query.Order), StringComparer.Ordinal).Skip((at - 1) * PageSize).Take(PageSize)];
        return (rows, at, pages);
    }
}

/// <summary>A page that shows a board.</summary>
/// <param name="Name">What the live page tells the server.</param>
/// <param name="Path">Its address.</param>
public sealed record BoardPlace(string Name, string Path)
{
    /// <summary>An officer's own work, on the board where it comes from.</summary>
    public static BoardPlace Work { get; } = new("work", "/work");

    /// <summary>The board's own page.</summary>
    public static BoardPlace Of(Board board) => new("board", board.Kind switch
    {
        BoardKind.Desk => "/desk",
        BoardKind.Lead => "/lead",
        _ => $"/schools/{Uri.EscapeDataString(board.Urn!)}/board",
    });

    public static BoardPlace Parse(string? name, Board board) => name == Work.Name ? Work : Of(board);
}
