using System.ComponentModel.DataAnnotations;

namespace Cme.Web.Api.Concerns;

/// <summary>How concerns of the public are taken in.</summary>
public sealed class ConcernSettings
{
    public const string Section = "Concerns";

    /// <summary>Concerns an hour from one address of the network.</summary>
    /// <value>1 to 100,000; 30 unless configured: a library's or refuge's visitors share one address, and nobody reports thirty children.</value>
    [Range(1, 100_000)] public int PerHour { get; init; } = 30;

    /// <summary>Where "Exit this page" leads: a page that anybody may have open.</summary>
    [Required, Url] public string ExitTo { get; init; } = "https://www.bbc.co.uk/weather";

    /// <summary>By council, the beginnings of the postcodes of its area, such as <c>CW1</c> or <c>NN</c>: for a service of several councils.</summary>
    public Dictionary<string, string[]> Postcodes { get; init; } = new(StringComparer.Ordinal);
}
