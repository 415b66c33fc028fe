using Cme.Grains.Specs.Boards;
using Cme.Grains.Specs.Children;
using Cme.Grains.Specs.Episodes;
using Cme.Grains.Specs.Hosts;
using Cme.Grains.Specs.Schools;
using Cme.Runtime.Embedded.Simulation;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;

namespace Cme.Grains.EmbeddedTests.Grains;

/// <summary>
/// The same specs while every second activation ends after its call, every second tick comes twice and everything that crosses is copied: what a
/// runtime may do at any time without telling the caller. What the caller is told of, such as a write that was refused, is in
/// <see cref="InvariantsUnderChaos"/>; a tick that comes late or never changes what a spec may expect at an instant, and is there, too.
/// </summary>
internal static class QuietChaos
{
    public static IGrainHost HostOn(TestDatabase database, ManualClock clock) =>
        new EmbeddedHost(database, clock, new ChaosOptions { Seed = 1, Deactivations = 0.5, DoubledTicks = 0.5 });
}

public sealed class BoardSpecsUnderChaos : BoardSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => QuietChaos.HostOn(database, clock);
}

public sealed class CalendarSpecsUnderChaos : CalendarSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => QuietChaos.HostOn(database, clock);
}

public sealed class EpisodeSpecsUnderChaos : EpisodeSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => QuietChaos.HostOn(database, clock);
}

public sealed class RecordSpecsUnderChaos : RecordSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => QuietChaos.HostOn(database, clock);
}

public sealed class RegisterSpecsUnderChaos : RegisterSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => QuietChaos.HostOn(database, clock);
}
