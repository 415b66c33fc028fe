namespace Cme.Web.Tests.Telemetry;

/// <summary>Prometheus' own checker, where it is installed (Debian's package "prometheus").</summary>
internal static class Promtool
{
    public const string Path = "/usr/bin/promtool";

    public static bool IsHere => File.Exists(Path);
}
