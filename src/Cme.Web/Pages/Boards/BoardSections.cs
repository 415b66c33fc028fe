using Cme.Contracts.Boards;
using Cme.Domain.Children;
using Cme.Domain.Procedures;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>A part of a board: every row is in exactly one.</summary>
/// <param name="Id">As it stands in an address.</param>
/// <param name="Rank">0 comes first.</param>
public sealed record BoardSection(string Id, int Rank, string Words);

/// <summary>The parts of the duty desk: flagged children, then what schools have let go overdue, then what is the council's own.</summary>
public static class BoardSections
{
    public static BoardSection Flagged { get; } = new("flagged", 0, "Flagged children");
    public static BoardSection LetGo { get; } = new("let-go", 1, "Not done by schools");
    public static BoardSection Ours { get; } = new("ours", 2, "The council’s own");

    /// <summary>The part that a row is in; null on a board that has none.</summary>
    public static BoardSection? Of(BoardRow row, BoardKind board) =>
        board != BoardKind.Desk ? null : Flags.IsFlagged(row.Flags) ? Flagged : row.Level >= Levels.DutyDesk ? LetGo : Ours;
}
