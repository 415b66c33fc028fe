using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.TestSupport.Database;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Readme;

/// <summary>A backup is worth what its restore is worth: both are taken from the operations guide as printed.</summary>
public sealed class OperationsGuide
{
    private const string Urn = "900001";

    [Fact]
    public async Task What_was_acknowledged_before_a_backup_is_there_when_it_is_restored()
    {
        await using var service = await ServiceProcess.StartAsync();
        await Printed.BashAsync(await Printed.ScriptAsync(service, "docs/integration/README.md"));
        var kept = await HistoryAsync(service);
        var here = ThrowAwayDirectory.Create();

        var script = (await Printed.ScriptAsync(service, "docs/operations.md", "<!-- backup -->", most: 2))
            .Replace("DATA=var/live", $"DATA={Path.GetDirectoryName(service.Credentials)}\nPATH=$PATH:/usr/lib/postgresql/15/bin\ncd {here}", StringComparison.Ordinal);
        var said = (await Printed.BashAsync($"{script}\necho \"$PGHOST\"")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (episodes, host) = (said[^2], said[^1]);

        await using var restored = await ServiceProcess.StartAsync(
            $"--ConnectionStrings:Cme=Host={host};Database=cme_restored;Username=cme;Passfile={here}/backup/pgpass");
        episodes.ShouldBe("1");
        (await HistoryAsync(restored, service.KeyOf(Urn))).ShouldBe(kept);
    }

    private static async Task<string> HistoryAsync(ServiceProcess service, string? key = null)
    {
        using var school = service.ClientOf(Urn);
        if (key is not null) { school.DefaultRequestHeaders.Authorization = new("Bearer", key); }
        var episode = (await school.GetFromJsonAsync<JsonObject>("/api/v1/episodes?status=all"))!["data"]!.AsArray().Single()!;
        return await school.GetStringAsync($"/api/v1/episodes/{(string)episode["reference"]!}/timeline");
    }
}
