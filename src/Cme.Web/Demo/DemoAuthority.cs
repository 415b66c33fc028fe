namespace Cme.Web.Demo;

/// <summary>A school of the demo.</summary>
/// <param name="Urn">In the range that no real school has.</param>
public sealed record DemoSchool(string Urn, string Name);

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
    ];
}
