using System.Text.Json;
using Cme.Runtime.Embedded.Activation;
using Cme.Runtime.Embedded.Hosting;
using Cme.Runtime.Embedded.Reminders;
using Cme.Runtime.Embedded.Storage;
using Cme.TestSupport.Clock;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Cme.Grains.EmbeddedTests.Runtime;

/// <summary>A runtime with the grains of this folder, two clocks that stand still, and stores that outlive it if they are passed on.</summary>
internal sealed class RuntimeUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RuntimeUnderTest(
        Action<EmbeddedRuntimeOptions>? configure, IGrainStateStore? state, IReminderStore? reminders, TimeProvider? businessClock)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(Stage)
            .AddSingleton<TimeProvider>(SystemClock)
            .AddKeyedSingleton("business", businessClock ?? BusinessClock)
            .AddSingleton<IGrainStateSerializer, JsonSerializerForTests>()
            .AddSingleton(state ?? new InMemoryStateStore())
            .AddSingleton(reminders ?? new InMemoryReminderStore())
            .AddEmbeddedRuntime(options =>
            {
                options.GrainAssemblies.Add(typeof(RuntimeUnderTest).Assembly);
                options.BusinessClockKey = "business";
                configure?.Invoke(options);
            });
        _services = services.BuildServiceProvider();
    }

    public Stage Stage { get; } = new();

    public ManualClock SystemClock { get; } = new("2026-09-08T07:00:00Z");

    public ManualClock BusinessClock { get; } = new("2026-09-08T07:00:00Z");

    public EmbeddedRuntime Runtime => _services.GetRequiredService<EmbeddedRuntime>();

    public RuntimeFacts Facts => Runtime.Facts();

    public static async Task<RuntimeUnderTest> Start(
        Action<EmbeddedRuntimeOptions>? configure = null, IGrainStateStore? state = null, IReminderStore? reminders = null,
        TimeProvider? businessClock = null)
    {
        var started = new RuntimeUnderTest(configure, state, reminders, businessClock);
        await started.Runtime.StartAsync();
        return started;
    }

    public TGrain Grain<TGrain>(string key)
        where TGrain : IGrainWithStringKey => _services.GetRequiredService<IGrainFactory>().GetGrain<TGrain>(key);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class JsonSerializerForTests : IGrainStateSerializer
    {
        public ReadOnlyMemory<byte> Serialize<TState>(TState state) => JsonSerializer.SerializeToUtf8Bytes(state);

        public TState Deserialize<TState>(ReadOnlyMemory<byte> payload) => JsonSerializer.Deserialize<TState>(payload.Span)!;
    }
}
