using Cme.Web.Hosting;
using Cme.Web.Security;

namespace Cme.Web.Demo.Feed;

/// <summary>
/// Once the service answers: enrols the demo's pupils, and tells whoever started it where it is, whom to be and what to press.
/// </summary>
internal sealed class DemoWelcome(IHostApplicationLifetime life, StartSettings settings, IConfiguration configuration, DemoFeed? feed = null)
    : BackgroundService
{
    private static readonly string[] s_first = ["attendance-officer-900001", "dsl-900001", "duty-desk", "cme-lead"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        if (feed is not null)
        {
            await feed.EnrolAsync(stoppingToken);
        }
        Console.WriteLine(Words());
    }

    private string Words()
    {
        var address = (settings.Cluster.Url ?? configuration["Urls"] ?? "http://localhost:5080").Split(';')[0].TrimEnd('/');
        var people = s_first
            .Select(id => Personas.All.Single(persona => persona.Id == id))
            .Select(persona => $"    {persona.Name,-18} {Roles.Title(persona.Role)}, {persona.Organisation}");
        return $"""

            The demo is ready: {address}

              Everybody in it is invented. Sign in as
            {string.Join(Environment.NewLine, people)}

              {(feed is null ? "It has no pupils: send calendar, roll and registers over HTTP." : $"Two minutes that show it all, and stories to open: {address}/demo")}

              API keys for your own calls: {Path.Combine(settings.Directory, DemoCredentials.FileName)}
              The API's description: {address}/docs

            """;
    }
}
