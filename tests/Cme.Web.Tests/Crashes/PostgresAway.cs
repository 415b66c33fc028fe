using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.TestSupport.Database;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Crashes;

/// <summary>PostgreSQL is stopped under the running program and started again: 503 with Retry-After meanwhile, then all catches up.</summary>
public sealed class PostgresAway
{
    [Fact]
    public async Task While_PostgreSQL_is_away_the_answer_is_503_and_afterwards_everything_catches_up()
    {
        await using var postgres = await TestServer.StartAsync();
        await using var service = await ServiceProcess.StartAsync($"--ConnectionStrings:Cme={postgres.ConnectionString}");
        await Town.SettleAsync(service);
        using var school = service.ClientOf("900001");
        await using var hub = await HubClient.ConnectAsync(service.BaseUrl, service.KeyOf("900001"));
        await hub.WatchAsync("school:900001");
        await hub.NextAsync("Snapshot");

        await postgres.StopServerAsync();
        ((string?)(await hub.NextAsync("Stale"))["board"]).ShouldBe("school:900001");
        using (var refused = await PutAsync(school, 8, 1))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            ((string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["code"]).ShouldBe("storage-unavailable");
        }
        using (var notReady = await school.GetAsync("/health/ready"))
        {
            notReady.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        await postgres.StartServerAgainAsync();
        await UntilTakenAsync(school, 9, 2);
        var changed = await hub.NextAsync("Changes");
        changed["rows"]!.AsArray().ShouldNotBeEmpty();
    }

    private static async Task UntilTakenAsync(HttpClient school, int minute, int missing)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await tick.WaitForNextTickAsync(patience.Token))
        {
            using var answer = await PutAsync(school, minute, missing);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient school, int minute, int missing) => school.PutAsJsonAsync(
        "/api/v1/schools/900001/registers/2026-10-02/AM", Town.Register(new(2026, 10, 2, 7, minute, 0, TimeSpan.Zero), missing));
}
