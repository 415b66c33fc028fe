using System.Collections.Immutable;
using Cme.Contracts.Boards;
using Cme.Domain.Children;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Boards;
using Cme.Web.Pages.Wording;
using Cme.Web.Security;

namespace Cme.Web.Pages.Wall;

/// <summary>
/// A board for a screen that hangs where anybody passes: numbers and times, and nobody's name. A school's has no count of flagged children:
/// where few are missing, that would tell who.
/// </summary>
public sealed record WallView
{
    public required Board Board { get; init; }
    public required string Title { get; init; }
    public required string Epoch { get; init; }
    public required long Number { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required ImmutableArray<WallFigure> Figures { get; init; }
    /// <summary>When the next step becomes overdue; null if none will.</summary>
    public required DeadlineView? Next { get; init; }
    /// <summary>How it stands with the registers, a line each.</summary>
    public required ImmutableArray<string> Registers { get; init; }

    /// <param name="title">Whose board it is: "Duty desk" or a school's name.</param>
    public static WallView Of(Board board, string title, BoardChanges all, BoardSight sight, RegistersView? registers)
    {
        var next = all.Rows.Select(row => row.NextObligation?.ActBy).Where(at => at > sight.Now).Min();
        return new()
        {
            Board = board,
            Title = title,
            Epoch = all.Epoch,
            Number = all.To,
            Now = sight.Now,
            Figures = FiguresOf(all.Rows, sight, registers),
            Next = next is { } at ? DeadlineView.Of(at, at, sight.Now) : null,
            Registers = board.Kind == BoardKind.School && registers is not null
                ? [.. registers.Lines.Select(line => $"{line.Session}: {line.Tag.ToLowerInvariant()}")] : [],
        };
    }

    private static ImmutableArray<WallFigure> FiguresOf(ImmutableArray<BoardRow> rows, BoardSight sight, RegistersView? registers)
    {
        var overdue = new WallFigure("With a step overdue", rows.Count(row => row.OverdueCount > 0), Warns: true);
        var free = new WallFigure("Not taken on", rows.Count(row => string.IsNullOrEmpty(row.ClaimedBy)));
        return sight.Board == BoardKind.School
            ?
            [
                new("Missing now", rows.Length), new("Calls to make today", rows.Count(sight.IsCallToday)), overdue, free,
                new("With the council", rows.Count(row => row.Level >= Levels.DutyDesk)),
            ]
            :
            [
                new("On the desk", rows.Length), new("Flagged children", rows.Count(row => Flags.IsFlagged(row.Flags))),
                new("Not done by schools", rows.Count(row => BoardSections.Of(row, BoardKind.Desk) == BoardSections.LetGo)), overdue, free,
                new("Schools without a register", registers?.Silent ?? 0, Warns: true),
            ];
    }
}

/// <summary>A large number.</summary>
/// <param name="Warns">Whether any at all is too many.</param>
public sealed record WallFigure(string Words, int Count, bool Warns = false)
{
    public bool IsWarning => Warns && Count > 0;
}
