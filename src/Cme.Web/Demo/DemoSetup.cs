using Cme.Contracts;
using Cme.Contracts.Schools;
using Cme.Storage.Access;
using Cme.Storage.Schools;
using Cme.Web.Hosting;
using Cme.Web.Security;
using Orleans;

namespace Cme.Web.Demo;

/// <summary>Sets the demo up before it is ready: its clock, its authority, its schools and its keys. Safe to repeat.</summary>
internal sealed class DemoSetup(
    StartSettings settings, IConfiguration configuration, ClockMover clock, ISchools schools, IApiKeys keys, IGrainFactory grains,
    IServiceScopeFactory scopes) : IHostedLifecycleService
{
    /// <summary>Before anything else runs: reminders that look at a clock not yet set would find everything due.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => clock.ResumeAsync(cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await schools.GetAuthorityAsync(DemoAuthority.Code, cancellationToken) is null)
        {
            await schools.PutAuthorityAsync(new AuthorityRecord(DemoAuthority.Code, DemoAuthority.Name), cancellationToken);
        }
        foreach (var school in DemoAuthority.Schools)
        {
            if (await schools.GetAsync(DemoAuthority.Code, school.Urn, cancellationToken) is not null) { continue; }
            var outcome = await grains.GetGrain<ISchoolGrain>(Keys.School(DemoAuthority.Code, school.Urn)).Put(
                new SchoolDetails
                {
                    Authority = DemoAuthority.Code, Urn = school.Urn, Name = school.Name, Kind = school.Kind, Pack = DemoAuthority.Pack,
                    Commissioner = school.Commissioner,
                });
            if (outcome.RefusalCode is not null) { throw new StartupException($"The demo's school {school.Urn} was refused: {outcome.RefusalMessage}"); }
        }
        await WriteCredentialsAsync(cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WriteCredentialsAsync(CancellationToken cancel)
    {
        var path = Path.Combine(settings.Directory, DemoCredentials.FileName);
        var kept = File.Exists(path) && !settings.Demo.Reset ? await File.ReadAllTextAsync(path, cancel) : null;
        var credentials = DemoCredentials.Renew(kept, BaseUrl());
        foreach (var key in credentials.ApiKeys)
        {
            var ofSchool = key.Kind == "school";
            await keys.ImportAsync(key.Key, new ApiKeyGrant(
                key.Kind, DemoAuthority.Code, ofSchool ? key.Organisation : null,
                [.. ofSchool ? Scopes.OfSchoolKey : Scopes.OfAuthorityKey], $"Demo {key.Kind} {key.Organisation}"), cancel);
        }
        // The password hasher lives as long as a request does.
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoPeople>().EnsureAsync(credentials, renewed: kept is null, cancel);
        credentials.WriteTo(path);
    }

    private string BaseUrl() => (settings.Cluster.Url ?? configuration["Urls"] ?? "http://localhost:5080").Split(';')[0].Replace("://*", "://localhost", StringComparison.Ordinal)
        .Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).TrimEnd('/');
}
