namespace Cme.Domain;

/// <summary>The service keys of the two clocks (DESIGN 6). Both are <see cref="TimeProvider"/>s.</summary>
public static class Clock
{
    /// <summary>The domain's, the reminders' and the obligations' clock: a demo or a test moves it.</summary>
    public const string Business = "business";

    /// <summary>The clock of sign-in, tokens, rate limits, heartbeats and audits: nobody moves it.</summary>
    public const string System = "system";
}
