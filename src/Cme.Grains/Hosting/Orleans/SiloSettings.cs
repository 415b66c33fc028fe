namespace Cme.Grains.Hosting;

/// <summary>Where a silo of a cluster listens. Its ports ask nobody who they are: only the cluster's own machines may reach them.</summary>
public sealed record SiloSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>The address under which other silos and web nodes reach it, and the only one that it listens on.</summary>
    /// <value>127.0.0.1 unless configured: a cluster on one machine.</value>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>For the other silos.</summary>
    /// <value>11111 unless configured.</value>
    public int Port { get; init; } = 11111;

    /// <summary>For the web nodes.</summary>
    /// <value>30000 unless configured.</value>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>What logs and health call it; made up by Orleans if null.</summary>
    public string? Name { get; init; }
}
