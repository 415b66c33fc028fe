using System.Globalization;
using Cme.Contracts.Boards;
using Cme.Domain.Children;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>By what a viewer may have a board in order.</summary>
public enum BoardOrders { Urgency, Deadline, Missing, School, Name }

/// <summary>
/// What comes first on a board, as one text that sorts. The browser puts a new row in its place by the same text, so the
/// order is decided here only.
/// </summary>
public static class BoardOrder
{
    /// <summary>
    /// A school: at risk first, then by when it must be done. The desk: by its parts, then how far it has climbed, then by
    /// when. The lead: by what has been left undone, flagged children first, then the longest missing. The reference makes every order total.
    /// </summary>
    public static string Of(BoardRow row, BoardKind board, BoardOrders order = BoardOrders.Urgency)
    {
        var flagged = Flags.IsFlagged(row.Flags) ? '0' : '1';
        var overdue = row.OverdueCount > 0 ? '0' : '1';
        var climbed = 9 - row.Level;
        var actBy = row.NextObligation?.ActBy.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) ?? "99991231235959";
        return (order, board) switch
        {
            (BoardOrders.Deadline, _) => $"{actBy}-{row.Reference}",
            (BoardOrders.Missing, _) => $"{row.FirstDayMissing:yyyyMMdd}-{actBy}-{row.Reference}",
            (BoardOrders.School, _) => $"{row.SchoolName.ToUpperInvariant()}-{row.Urn}-{flagged}{climbed}-{actBy}-{row.Reference}",
            (BoardOrders.Name, _) => $"{row.Surname.ToUpperInvariant()}-{row.Forename.ToUpperInvariant()}-{row.Reference}",
            (_, BoardKind.School) => $"{flagged}{overdue}{climbed}-{actBy}-{row.Reference}",
            (_, BoardKind.Desk) => $"{BoardSections.Of(row, board)!.Rank}{climbed}-{actBy}-{row.Reference}",
            _ => $"{LeadReasons.Of(row).Rank}{flagged}{row.FirstDayMissing:yyyyMMdd}-{actBy}-{row.Reference}",
        };
    }

    /// <summary>What an order is called where it is chosen.</summary>
    public static string Words(BoardOrders order) => order switch
    {
        BoardOrders.Deadline => "Soonest deadline",
        BoardOrders.Missing => "Longest missing",
        BoardOrders.School => "School",
        BoardOrders.Name => "Surname",
        _ => "Most pressing",
    };
}
