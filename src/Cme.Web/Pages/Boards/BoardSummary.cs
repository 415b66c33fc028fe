using System.Collections.Immutable;
using System.Globalization;
using Cme.Contracts.Boards;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;
using static Cme.Web.Pages.Boards.BoardQuery;

namespace Cme.Web.Pages.Boards;

/// <summary>What is counted on a board, over all of its rows. Every count knows the query of the list that it opens.</summary>
public sealed record BoardSummary
{
    public required IReadOnlyList<Figure> Figures { get; init; }
    /// <summary>The desk only: what each school has on the desk, and what it still holds itself.</summary>
    public IReadOnlyList<SchoolLine> Schools { get; init; } = [];
    /// <summary>The lead only: why, and for how long.</summary>
    public IReadOnlyList<CountLine> Reasons { get; init; } = [];
    /// <summary>The lead only: who has not done it.</summary>
    public IReadOnlyList<CountLine> Debtors { get; init; } = [];

    /// <param name="address">Of the board's page, such as <c>/desk</c>.</param>
    public static BoardSummary Of(BoardChanges all, BoardSight sight, string address)
    {
        Figure Count(string words, BoardQuery query) => Figure.Of(words, query, all.Rows, sight, address);
        Figure Climbed(int level, string words) => Count(words, BoardQuery.All.With(Level, level.ToString(CultureInfo.InvariantCulture)));
        Figure Section(BoardSection section) => Count(section.Words, BoardQuery.All.With(BoardQuery.Section, section.Id));
        var open = Count("On this board", BoardQuery.All);
        var overdue = Count("With a step overdue", BoardQuery.All.With(Overdue, "yes"));
        var flagged = Count("Flagged children", BoardQuery.All.With(Flag, "any"));
        var free = Count("Not taken on", BoardQuery.All.With(Owner, Nobody));
        return sight.Board switch
        {
            BoardKind.School => new()
            {
                Figures = [open, Count("Calls to make today", BoardQuery.All.With(Calls, "today")), overdue, flagged, free, Climbed(Levels.DutyDesk, "With the council")],
            },
            BoardKind.Desk => new()
            {
                Figures = [open, Section(BoardSections.Flagged), Section(BoardSections.LetGo), Section(BoardSections.Ours), overdue, free, Climbed(Levels.CmeLead, "With the CME lead")],
                Schools = SchoolLine.All(all, sight, address),
            },
            _ => new()
            {
                Figures = [open, Count("Not acknowledged", BoardQuery.All.With(Acknowledged, "no")), flagged, free],
                Reasons = [.. from reason in LeadReasons.All
                              let query = BoardQuery.All.With(Why, reason.Id)
                              where all.Rows.Any(row => query.Finds(row, sight))
                              select new CountLine(reason.Words, [.. Ages.All.Select(band => Count(band.Words, query.With(Age, band.Id))), Count("All", query)])],
                Debtors = [.. from role in all.Rows.Select(row => row.NextObligation?.Role).OfType<string>().Distinct().Order(StringComparer.Ordinal)
                              let query = BoardQuery.All.With(Who, role)
                              select new CountLine(Labels.Role(role), [.. Ages.All.Select(band => Count(band.Words, query.With(Age, band.Id))), Count("All", query)])],
            },
        };
    }
}

/// <summary>A number, and the address of the list of exactly that many rows.</summary>
public sealed record Figure(string Words, int Count, string Address)
{
    public static Figure Of(string words, BoardQuery query, IEnumerable<BoardRow> rows, BoardSight sight, string address) =>
        new(words, rows.Count(row => query.Finds(row, sight)), address + query.Address);
}

/// <summary>Several counts of one thing.</summary>
public sealed record CountLine(string Words, ImmutableArray<Figure> Counts);

/// <summary>A school as the desk counts it. What it holds itself is on its own board, not on the desk.</summary>
public sealed record SchoolLine(string Urn, string Name, Figure OnDesk, Figure Held, Figure HeldOverdue)
{
    /// <summary>The schools that have anything open, those with most overdue first.</summary>
    public static IReadOnlyList<SchoolLine> All(BoardChanges all, BoardSight sight, string address)
    {
        var held = all.Counts.ToDictionary(count => count.Urn, StringComparer.Ordinal);
        var query = BoardQuery.All.With(BoardQuery.Held, "school");
        return
        [
            .. from name in all.Rows.Select(row => (row.Urn, Name: row.SchoolName)).Concat(all.Counts.Select(count => (count.Urn, count.Name))).DistinctBy(one => one.Urn)
               let of = held.GetValueOrDefault(name.Urn)
               let board = $"/schools/{Uri.EscapeDataString(name.Urn)}/board"
               let line = new SchoolLine(
                   name.Urn, name.Name, Figure.Of(name.Name, BoardQuery.All.With(School, name.Urn), all.Rows, sight, address),
                   new(name.Name, of?.Open ?? 0, board + query.Address), new(name.Name, of?.Overdue ?? 0, board + query.With(Overdue, "yes").Address))
               orderby line.OnDesk.Count descending, line.HeldOverdue.Count descending, line.Held.Count descending, line.Name
               select line,
        ];
    }
}
