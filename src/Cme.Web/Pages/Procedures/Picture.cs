using System.Collections.Immutable;
using Cme.Domain.Procedures;
using Cme.Web.Pages.Wording;

namespace Cme.Web.Pages.Procedures;

/// <summary>
/// One part of a pack laid out in pixels of its own: steps and conditions in columns from left to right, each row beneath the one
/// before. The numbers suit 14 pixel Arial; a page scales the whole.
/// </summary>
public sealed class Picture
{
    private const int StepWidth = 244, ConditionWidth = 168, Gap = 26, RowGap = 12, Line = 19, Padding = 10;

    private readonly List<Shape> _shapes = [];
    private readonly List<Join> _joins = [];

    private Picture(Part part)
    {
        Heading = part.Heading;
        var y = 2;
        foreach (var branch in part.Branches) { y = Place(branch, 2, y, null) + RowGap; }
        Height = y - RowGap + 2;
        Width = _shapes.Max(shape => shape.X + shape.Width) + 2;
    }

    public string Heading { get; }
    public int Width { get; }
    public int Height { get; }
    public ImmutableArray<Shape> Shapes => [.. _shapes];
    public ImmutableArray<Join> Joins => [.. _joins];

    public static ImmutableArray<Picture> Of(ProcedurePack pack) => [.. StepTree.Of(pack).Select(part => new Picture(part))];

    /// <summary>Puts a branch with all that hangs on it; answers where it ends.</summary>
    private int Place(Branch branch, int x, int y, Shape? from)
    {
        var bottom = y;
        if (branch.Condition.Length > 0)
        {
            var condition = Put(ShapeKind.Condition, x, y, ConditionWidth, Wrapped(branch.Condition, ConditionWidth));
            if (from is not null) { _joins.Add(Join.Between(from, condition)); }
            (from, x, bottom) = (condition, x + ConditionWidth + Gap, condition.Bottom);
        }
        var step = Put(branch.Box is null ? ShapeKind.Elsewhere : ShapeKind.Step, x, y, StepWidth, Words(branch));
        if (from is not null) { _joins.Add(Join.Between(from, step)); }
        bottom = Math.Max(bottom, step.Bottom);
        var next = y;
        foreach (var on in branch.Box?.Next ?? [])
        {
            bottom = Math.Max(bottom, Place(on, x + StepWidth + Gap, next, step));
            next = bottom + RowGap;
        }
        return bottom;
    }

    private Shape Put(ShapeKind kind, int x, int y, int width, ImmutableArray<TextLine> lines)
    {
        var shape = new Shape(kind, x, y, width, (2 * Padding) + (lines.Length * Line) - 4,
            [.. lines.Select((line, at) => line with { X = x + Padding, Y = y + Padding + (at * Line) + 12 })]);
        _shapes.Add(shape);
        return shape;
    }

    private static ImmutableArray<TextLine> Words(Branch branch)
    {
        var (step, start) = (branch.Step, branch.Start);
        var name = Wrapped(Labels.Words(step.Id), StepWidth, bold: true);
        return branch.Box is null
            ? [.. name, .. Wrapped($"{Labels.Sentence(StepWords.By(start.Due))} (shown elsewhere)", StepWidth)]
            :
            [
                .. name,
                .. Wrapped($"{Labels.Role(step.Who)}, {Labels.Clause(step.Clause)}", StepWidth),
                .. Wrapped(Labels.Sentence(StepWords.By(start.Due)) + (start.FlaggedDue is { } sooner ? $"; flagged: {StepWords.By(sooner)}" : ""), StepWidth),
            ];
    }

    /// <summary>Text broken at spaces to fit; a character of Arial is taken for 6.8 pixels at 14, a bold one for 7.5.</summary>
    private static ImmutableArray<TextLine> Wrapped(string text, int width, bool bold = false)
    {
        var fits = (int)((width - (2 * Padding)) / (bold ? 7.5 : 6.8));
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > fits)
            {
                lines.Add(new TextLine(line, bold));
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        lines.Add(new TextLine(line, bold));
        return lines.DrainToImmutable();
    }
}

/// <summary>What a shape stands for, which is told by its form and its words, not by its colour.</summary>
public enum ShapeKind
{
    /// <summary>A step, where it stands: a box with straight corners and a thick edge.</summary>
    Step,

    /// <summary>What comes of a step, or must be so: a box with round ends.</summary>
    Condition,

    /// <summary>A step that stands elsewhere in the picture: a box with a broken edge.</summary>
    Elsewhere,
}

/// <summary>A box with its words.</summary>
public sealed record Shape(ShapeKind Kind, int X, int Y, int Width, int Height, ImmutableArray<TextLine> Lines)
{
    public int Bottom => Y + Height;
    public string Class => $"cme-flow__{Kind.ToString().ToLowerInvariant()}";
}

/// <summary>One line of text; X and Y are where its base line starts.</summary>
public sealed record TextLine(string Text, bool Bold)
{
    public int X { get; init; }
    public int Y { get; init; }
}

/// <summary>A line from a box to the next, as the path of an SVG, with its arrow head.</summary>
public sealed record Join(string Path, string Head)
{
    private const int FromTop = 17;

    /// <summary>Straight on if both begin in one row; else down the gap between the columns.</summary>
    public static Join Between(Shape from, Shape to)
    {
        var (x1, y1, x2, y2) = (from.X + from.Width, from.Y + FromTop, to.X - 1, to.Y + FromTop);
        var bend = x1 + ((x2 - x1) / 2);
        var path = y1 == y2 ? $"M{x1} {y1}H{x2 - 5}" : $"M{x1} {y1}H{bend}V{y2}H{x2 - 5}";
        return new Join(path, $"M{x2 - 6} {y2 - 5}L{x2} {y2}L{x2 - 6} {y2 + 5}Z");
    }
}
