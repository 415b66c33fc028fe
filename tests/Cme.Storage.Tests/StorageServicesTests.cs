using Cme.Storage.Auditor;
using Cme.Storage.Connections;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Sequencer;
using Cme.Storage.States;
using Cme.TestSupport.Clock;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cme.Storage.Tests;

public sealed class StorageServicesTests
{
    [Fact]
    public async Task A_host_gets_every_part_and_one_sequencer_for_writers_and_service()
    {
        await using var provider = Provider([]);

        foreach (var part in new[] { typeof(IStateWriter), typeof(IStateReader), typeof(IRegisters), typeof(IReminderTable), typeof(Cme.Storage.Schools.ISchools),
            typeof(Cme.Storage.Episodes.IEpisodes), typeof(Cme.Storage.Boards.IBoards), typeof(Cme.Storage.Access.IApiKeys), typeof(Cme.Storage.Demo.IDemoClockStore), typeof(AuditorService) })
        {
            provider.GetRequiredService(part).ShouldNotBeNull();
        }
        provider.GetServices<IHostedService>().ShouldContain(provider.GetRequiredService<SequencerService>());
        provider.GetRequiredService<ISequencerPoke>().ShouldBe(provider.GetRequiredService<SequencerSignal>());
    }

    [Theory]
    [InlineData("Auditor:Every", "00:00:01")]
    [InlineData("Sequencer:Rest", "00:00:01")]
    [InlineData("Storage:Commits:Writers", "0")]
    public async Task A_setting_out_of_its_range_stops_the_start(string key, string value)
    {
        await using var provider = Provider(new() { [key] = value });

        Should.Throw<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);
    }

    private static ServiceProvider Provider(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddSingleton(DataSources.Create("Host=/nowhere;Database=cme"))
        .AddKeyedSingleton<TimeProvider>("system", TimeProvider.System)
        .AddKeyedSingleton<TimeProvider>("business", new ManualClock("2026-09-08T08:30:00Z"))
        .AddSingleton<IPublishedListener, Announcements>()
        .AddSingleton<IMissedListener, Nobody>()
        .AddCmeStorage().AddCmePublication()
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private sealed class Nobody : IMissedListener
    {
        public Task LookAsync(string reference, CancellationToken cancel) => Task.CompletedTask;

        public Task LookAtSchoolAsync(string authority, string urn, CancellationToken cancel) => Task.CompletedTask;

        public Task DeliverAsync(string authority, string urn, CancellationToken cancel) => Task.CompletedTask;

        public Task TakeCalendarsAsync(string authority, string urn, CancellationToken cancel) => Task.CompletedTask;
    }
}
