namespace Cme.Web.Security;

/// <summary>How a caller can be known.</summary>
public static class Schemes
{
    /// <summary>A bearer key of an organisation. The only scheme of <c>/api</c>, which therefore needs no antiforgery token.</summary>
    public const string Key = "Key";
    /// <summary>A person's session cookie. The only scheme of the pages.</summary>
    public const string Person = "Person";
    /// <summary>Chooses between the two by what is asked for.</summary>
    public const string Edge = "Edge";
}
