namespace Cme.Web.Security;

/// <summary>How a caller can be known.</summary>
public static class Schemes
{
    /// <summary>A bearer key of an organisation. The only scheme of <c>/api</c>, which therefore needs no antiforgery token.</summary>
    public const string Key = "Key";
    /// <summary>A person's session cookie. The only scheme of the pages.</summary>
    public const string Person = "Person";
    /// <summary>Somebody whose password was right and who has not proved a second factor: may prove or set one up, and nothing else.</summary>
    public const string HalfWay = "HalfWay";
    /// <summary>Chooses between key and person by what is asked for.</summary>
    public const string Edge = "Edge";
}
