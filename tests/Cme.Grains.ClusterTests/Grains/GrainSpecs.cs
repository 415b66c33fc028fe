using Cme.Grains.Specs.Boards;
using Cme.Grains.Specs.Children;
using Cme.Grains.Specs.Episodes;
using Cme.Grains.Specs.Hosts;
using Cme.Grains.Specs.Language;
using Cme.Grains.Specs.Schools;
using Cme.Grains.Specs.Storage;
using Cme.TestSupport.Clock;
using Cme.TestSupport.Database;

namespace Cme.Grains.ClusterTests.Grains;

public sealed class BoardSpecs : BoardSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock);
}

public sealed class CalendarSpecs : CalendarSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock);
}

public sealed class EpisodeSpecs : EpisodeSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock);
}

public sealed class RecordSpecs : RecordSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock);
}

public sealed class RegisterSpecs : RegisterSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock);
}

public sealed class WrittenBeforeSpecs : WrittenBeforeSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock);
}

public sealed class StoredStateSpecs : StoredStateSpec
{
    protected override IGrainHost HostOn(TestDatabase database, ManualClock clock) => new SiloHost(database, clock);
}

public sealed class UniformHashSpecs : UniformHashSpec;

public sealed class RepeatedCallsSpecs : RepeatedCallsSpec;

public sealed class WireTypesSpecs : WireTypesSpec;
