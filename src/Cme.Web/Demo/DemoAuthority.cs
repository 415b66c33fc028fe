using System.Text.Json.Serialization;

namespace Cme.Web.Demo;

/// <summary>A school of the demo.</summary>
/// <param name="Urn">In the range that no real school has; a provider without one has a <c>local:</c> name.</param>
/// <param name="Kind"><c>school</c> or <c>provider</c>, as the contract calls them.</param>
/// <param name="Commissioner">The URN of the school that places pupils there; only a provider has one.</param>
public sealed record DemoSchool(string Urn, string Name, [property: JsonIgnore] string Kind = "school", [property: JsonIgnore] string? Commissioner = null);

/// <summary>The invented authority that the demo shows. No person, school or authority here exists.</summary>
public static class DemoAuthority
{
    /// <summary>A code that is not given to any local authority.</summary>
    public const string Code = "999";
    public const string Name = "Nene Valley Council";
    /// <summary>The procedure that its schools follow.</summary>
    public const string Pack = "northamptonshire";

    public static IReadOnlyList<DemoSchool> Schools { get; } =
    [
        new("900001", "Willowbrook Academy"),
        new("900002", "Irchester Road Primary School"),
        new("900003", "Saxon Mere School"),
        new("900004", "Harrow Lane Academy"),
        new("900005", "Tithe Barn School"),
        new("900006", "Larkhill Primary School"),
        new("900007", "Cranford Brook Primary School"),
        new("900008", "Ditchley Infant School"),
        new("900009", "Ditchley Junior School"),
        new("900010", "Pilgrim Fields Primary School"),
        new("900011", "Oakley Green Primary School"),
        new("local:riverside", "Riverside Centre", "provider", "900001"),
    ];
}
