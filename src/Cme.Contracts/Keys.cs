namespace Cme.Contracts;

/// <summary>
/// The keys of all grains. Each begins with a word that cannot be read as hexadecimal: Orleans' ADO.NET storage normalises
/// keys that parse as numbers, so that "20235" and "020235" would share one row (ORLEANS trap 1).
/// </summary>
public static class Keys
{
    /// <summary>A school or provider within one authority: <c>school-940-123456</c>, <c>school-940-local:riverside</c>.</summary>
    public static string School(string authority, string urn) => $"school-{authority}-{urn}";

    /// <summary>A child of one authority: <c>child-7k3q92mxh4b2</c>.</summary>
    public static string Child(string childId) => $"child-{childId}";

    /// <summary>The authority's live duty desk.</summary>
    public static string Desk(string authority) => $"board-{authority}-desk";

    /// <summary>The board of the authority's CME lead.</summary>
    public static string Lead(string authority) => $"board-{authority}-lead";

    /// <summary>A school's own board.</summary>
    public static string SchoolBoard(string authority, string urn) => $"board-{authority}-school-{urn}";
}
