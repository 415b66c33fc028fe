using System.ComponentModel.DataAnnotations;

namespace Cme.Web.Hosting;

/// <summary>Where the program keeps what is its own on this machine.</summary>
public sealed class DataSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Data";

    /// <summary>Holds the private PostgreSQL server, the keys that seal session cookies and, in a demo, the credentials.</summary>
    /// <value><c>var/live</c>, or <c>var/demo</c> for the demo, below the working directory unless configured.</value>
    public string? Directory { get; init; }
}

/// <summary>The demo: a synthetic authority with a clock that can be moved.</summary>
public sealed class DemoSettings : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Demo";

    public bool Enabled { get; init; }
    /// <summary>Without pupils and feed: schools, accounts and keys only.</summary>
    public bool Empty { get; init; }
    /// <summary>Empties the demo's database and begins anew.</summary>
    public bool Reset { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled && (Empty || Reset))
        {
            yield return new ValidationResult("Demo:Empty and Demo:Reset belong to the demo. Add --demo (Demo:Enabled=true), or leave them out.");
        }
    }
}

/// <summary>Whether this program hosts the grains itself, or is a web node of a cluster of silos.</summary>
public sealed record ClusterSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>What this program is: alone with its grains, or a client of the silos that share its database.</summary>
    /// <value><c>alone</c> or <c>client</c>; <c>alone</c> unless configured.</value>
    public string Role { get; init; } = "alone";

    /// <summary>The address under which people reach the nodes together; null for this node's own.</summary>
    public string? Url { get; init; }

    public bool IsClient => Role == "client";
}

/// <summary>The settings as this start found them.</summary>
/// <param name="Directory">Absolute.</param>
/// <param name="ConnectionString">A PostgreSQL server of the operator's; null for a private one.</param>
internal sealed record StartSettings(string Directory, string? ConnectionString, DemoSettings Demo)
{
    public ClusterSettings Cluster { get; init; } = new();

    public static StartSettings Of(IConfiguration configuration)
    {
        var demo = configuration.GetSection(DemoSettings.Section).Get<DemoSettings>() ?? new();
        var directory = configuration.GetSection(DataSettings.Section).Get<DataSettings>()?.Directory;
        var connection = configuration.GetConnectionString("Cme");
        return new(
            Path.GetFullPath(string.IsNullOrWhiteSpace(directory) ? Path.Combine("var", demo.Enabled ? "demo" : "live") : directory),
            string.IsNullOrWhiteSpace(connection) ? null : connection, demo)
        {
            Cluster = configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new(),
        };
    }
}
