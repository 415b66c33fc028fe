namespace Cme.Web.Security;

/// <summary>Which kind of board: the duty desk's, the CME lead's, or one school's.</summary>
public enum BoardKind { Desk, Lead, School }

/// <summary>A board as a client names it: <c>desk</c>, <c>lead</c> or <c>school:123456</c>.</summary>
/// <param name="Urn">The school's URN; null for the boards of an authority.</param>
public sealed record Board(BoardKind Kind, string? Urn)
{
    public static Board Desk { get; } = new(BoardKind.Desk, null);
    public static Board Lead { get; } = new(BoardKind.Lead, null);
    public static Board School(string urn) => new(BoardKind.School, urn);

    /// <summary>The board so named, or null if there is no such name.</summary>
    public static Board? Parse(string? name) => name switch
    {
        "desk" => Desk,
        "lead" => Lead,
        _ when name?.StartsWith("school:", StringComparison.Ordinal) == true && name.Length > 7 => School(name[7..]),
        _ => null,
    };

    /// <summary>The name as a client gives it.</summary>
    public string Name => Kind switch { BoardKind.Desk => "desk", BoardKind.Lead => "lead", _ => $"school:{Urn}" };
}
