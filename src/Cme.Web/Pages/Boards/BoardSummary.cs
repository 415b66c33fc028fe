using System.Collections.Immutable;
using Cme.Contracts.Boards;
using Cme.Domain.Calendars;
using Cme.Domain.Children;
using Cme.Web.Security;

namespace Cme.Web.Pages.Boards;

/// <summary>What is counted at the top of a board, over all of its rows.</summary>
public sealed record BoardSummary
{
    public required IReadOnlyList<Figure> Figures { get; init; }
    /// <summary>The desk only: what schools still hold themselves.</summary>
    public IReadOnlyList<SchoolCount> Schools { get; init; } = [];
    /// <summary>The lead only: why, and for how long.</summary>
    public IReadOnlyList<Ageing> Ages { get; init; } = [];

    public static BoardSummary Of(BoardKind board, BoardChanges all, DateTimeOffset now) => board switch
    {
        BoardKind.School => new() { Figures = [Open(all), Overdue(all), Flagged(all), From(3, "With the council", all)] },
        BoardKind.Desk => new()
        {
            Figures = [Open(all), Overdue(all), Flagged(all), From(4, "With the CME lead", all)],
            Schools = [.. all.Counts.OrderByDescending(it => it.Overdue).ThenByDescending(it => it.Open).ThenBy(it => it.Name, StringComparer.Ordinal)],
        },
        _ => new() { Figures = [Open(all), Flagged(all)], Ages = AgesOf(all.Rows, London.DateOf(now)) },
    };

    private static Figure Open(BoardChanges all) => new("On this board", all.Rows.Length);
    private static Figure Overdue(BoardChanges all) => new("With a step overdue", all.Rows.Count(row => row.OverdueCount > 0));
    private static Figure Flagged(BoardChanges all) => new("Flagged children", all.Rows.Count(row => Flags.IsFlagged(row.Flags)));
    private static Figure From(int level, string words, BoardChanges all) => new(words, all.Rows.Count(row => row.Level >= level));

    private static ImmutableArray<Ageing> AgesOf(ImmutableArray<BoardRow> rows, DateOnly today) =>
    [
        .. from reason in LeadReasons.All
           let days = rows.Where(row => LeadReasons.Of(row) == reason).Select(row => today.DayNumber - row.FirstDayMissing.DayNumber).ToArray()
           where days.Length > 0
           select new Ageing(reason.Words, days.Count(it => it <= 1), days.Count(it => it is > 1 and <= 7), days.Count(it => it > 7)),
    ];
}

/// <summary>One number at the top of a board.</summary>
public sealed record Figure(string Words, int Count);

/// <summary>For one reason, how many episodes by calendar days since the first day missing.</summary>
public sealed record Ageing(string Why, int UpToOneDay, int UpToAWeek, int Longer);
