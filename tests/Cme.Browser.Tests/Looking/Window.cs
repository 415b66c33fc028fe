namespace Cme.Browser.Tests.Looking;

/// <summary>A size at which the pages are used, in CSS pixels.</summary>
/// <param name="Name">As a test's name says it.</param>
internal sealed record Window(string Name, int Width, int Height)
{
    public static Window Desk { get; } = new("1440 px", 1440, 1_000);
    public static Window Tablet { get; } = new("768 px", 768, 1_024);
    public static Window Phone { get; } = new("320 px", 320, 640);
    /// <summary>What 400 % zoom leaves of a window of 1280 by 1024: WCAG 1.4.10.</summary>
    public static Window Zoomed { get; } = new("400 % zoom", 320, 256);

    public static IReadOnlyList<Window> All { get; } = [Desk, Tablet, Phone, Zoomed];

    /// <summary>Whether everything is to be seen in every window; otherwise in few, so that together all are seen.</summary>
    public static bool Every => Environment.GetEnvironmentVariable("CME_WINDOWS") == "all";

    public static Window Of(string name) => All.Single(window => window.Name == name);
}
