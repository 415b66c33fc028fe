using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Crashes;

/// <summary>
/// kill -9 of the real program, its PostgreSQL going down with it, while 200 registers, corrections and actions are posted at
/// once and deadlines fall due. Whatever was acknowledged is there once after the restart (DESIGN 9.1, 9.2, 9.7).
/// </summary>
public sealed class KilledWhileItWorks
{
    private const int Requests = 200;
    private const int Concurrent = 16;

    /// <summary>How often it is killed: twice in the ordinary run; CME_KILLS says otherwise.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CME_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 2;

    [Fact]
    public async Task Whatever_was_acknowledged_before_kill_9_is_there_exactly_once_after_the_restart()
    {
        await using var service = await ServiceProcess.StartAsync();
        await Town.SettleAsync(service);
        await OpenEpisodesAsync(service);
        for (var round = 0; round < Kills; round++)
        {
            var acknowledged = await WorkUntilKilledAsync(service, round);
            await service.StartAgainAsync();
            await RegistersAreThereAsync(service, acknowledged.Registers);
            await ActionsAreThereOnceAsync(service, acknowledged.Notes);
            await NothingWasNoticedTwiceAsync(service);
            await BoardsEqualTheDatabaseAsync(service);
        }
    }

    /// <summary>Five pupils of each school are missing on the last day, so that there are episodes to act on.</summary>
    private static async Task OpenEpisodesAsync(ServiceProcess service)
    {
        foreach (var urn in Town.Schools)
        {
            using var school = service.ClientOf(urn);
            await Town.Expect(await school.PutAsJsonAsync(
                $"/api/v1/schools/{urn}/registers/2026-10-02/AM", Town.Register(new(2026, 10, 2, 7, 55, 0, TimeSpan.Zero), 1, 2, 3, 4, 5)));
        }
    }

    private static async Task<Acknowledged> WorkUntilKilledAsync(ServiceProcess service, int round)
    {
        var chance = new Random(round);
        var killAfter = chance.Next(20, Requests - 20);
        var acknowledged = new Acknowledged();
        var answered = 0;
        var killed = false;
        var start = await Town.NowAsync(service);
        var references = await ReferencesAsync(service);
        var work = Enumerable.Range(0, Requests).Select(index => Job(index, round, references)).ToArray();
        var time = MoveTimeAsync(service, start);
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = Concurrent }, async (job, _) =>
        {
            try
            {
                await job(service, acknowledged);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
            {
                return;                                              // Not acknowledged: it may be there or not.
            }
            if (Interlocked.Increment(ref answered) == killAfter)
            {
                await service.KillAsync();
                killed = true;
            }
        });
        await time;
        killed.ShouldBeTrue($"Only {answered} of {Requests} were acknowledged, so it was never killed.\n{service.Output}");
        return acknowledged;
    }

    private static Func<ServiceProcess, Acknowledged, Task> Job(int index, int round, Dictionary<string, string[]> references)
    {
        var urn = Town.Schools[index % 3];
        return (index % 5) switch
        {
            0 or 1 => (service, acknowledged) => RegisterAsync(service, acknowledged, urn, index, round),
            2 => (service, acknowledged) => CorrectionAsync(service, acknowledged, urn, index, round),
            _ => (service, acknowledged) => NoteAsync(service, acknowledged, urn, references[urn][index % references[urn].Length], $"note {round}-{index}"),
        };
    }

    /// <summary>A register of a session of its own: September has enough of them for 80 in each round, told apart by the source's time.</summary>
    private static async Task RegisterAsync(ServiceProcess service, Acknowledged acknowledged, string urn, int index, int round)
    {
        var (date, session) = Session(index);
        using var school = service.ClientOf(urn);
        var asOf = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero).AddMinutes((round * Requests) + index);
        using var answer = await school.PutAsJsonAsync($"/api/v1/schools/{urn}/registers/{date}/{session}", Town.Register(asOf, 10 + (index % 40)));
        await Town.Expect(answer);
        var taken = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        if (taken["accepted"]!.GetValue<int>() > 0)                  // Else a later one had overtaken it: superseded, as the answer says.
        {
            acknowledged.Registers[(urn, date, session, taken["revision"]!.GetValue<int>())] = Town.Id(10 + (index % 40));
        }
    }

    private static async Task CorrectionAsync(ServiceProcess service, Acknowledged acknowledged, string urn, int index, int round)
    {
        using var school = service.ClientOf(urn);
        var asOf = new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero).AddSeconds((round * Requests) + index);
        var pupil = 6 + (index % 50);
        using var answer = await school.PatchAsJsonAsync($"/api/v1/schools/{urn}/registers/2026-10-02/AM", Town.Correction(asOf, pupil, index % 2 == 0 ? "N" : "I"));
        await Town.Expect(answer);
        var revision = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["revision"]!.GetValue<int>();
        acknowledged.Registers.TryAdd((urn, "2026-10-02", "AM", revision), null);
    }

    private static async Task NoteAsync(ServiceProcess service, Acknowledged acknowledged, string urn, string reference, string note)
    {
        using var school = service.ClientOf(urn);
        using var answer = await school.PostAsJsonAsync($"/api/v1/episodes/{reference}/actions", new
        {
            action = "note", at = new DateTimeOffset(2026, 10, 2, 12, 0, 0, TimeSpan.Zero), note,
            performedBy = new { name = "Priya Patel", role = "attendance-officer", org = urn },
        });
        await Town.Expect(answer);
        acknowledged.Notes[note] = (urn, reference);
    }

    /// <summary>Ten minutes at a time, so that calls and assessments fall due while everything else is posted.</summary>
    private static async Task MoveTimeAsync(ServiceProcess service, DateTimeOffset from)
    {
        try
        {
            for (var step = 1; step <= 6; step++)
            {
                await Town.MoveToAsync(service, from.AddMinutes(10 * step).ToString("O", CultureInfo.InvariantCulture));
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            // It was killed meanwhile; the clock goes on from what it stored.
        }
    }

    private static async Task RegistersAreThereAsync(ServiceProcess service, ConcurrentDictionary<(string Urn, string Date, string Session, int Revision), string?> registers)
    {
        foreach (var ((urn, date, session, revision), missing) in registers)
        {
            using var school = service.ClientOf(urn);
            var sheet = await school.GetFromJsonAsync<JsonObject>($"/api/v1/schools/{urn}/registers/{date}/{session}?revision={revision}");
            if (missing is not null)
            {
                sheet!["marks"]!.AsArray().Single(mark => (string?)mark!["schoolPupilId"] == missing)!["code"]!.GetValue<string>().ShouldBe("N");
            }
        }
    }

    private static async Task ActionsAreThereOnceAsync(ServiceProcess service, ConcurrentDictionary<string, (string Urn, string Reference)> notes)
    {
        foreach (var ofEpisode in notes.GroupBy(note => note.Value))
        {
            using var school = service.ClientOf(ofEpisode.Key.Urn);
            var timeline = await Town.AllAsync(school, $"/api/v1/episodes/{ofEpisode.Key.Reference}/timeline?limit=500");
            foreach (var (note, _) in ofEpisode)
            {
                timeline.Count(entry => (string?)entry!["note"] == note).ShouldBe(1, note);
            }
        }
    }

    private static async Task NothingWasNoticedTwiceAsync(ServiceProcess service)
    {
        using var authority = service.ClientOf(Town.Authority);
        foreach (var episode in await Town.AllAsync(authority, "/api/v1/episodes?status=all&limit=500"))
        {
            var timeline = await Town.AllAsync(authority, $"/api/v1/episodes/{episode!["reference"]}/timeline?limit=500");
            var noticed = timeline.Where(entry => (string?)entry!["type"] is "BecameOverdue" or "Escalated")
                .Select(entry => $"{entry!["type"]} {entry["obligationId"]} {entry["at"]}").ToList();
            noticed.ShouldBeUnique();
            await EverythingOverdueWasNoticedAsync(authority, (string)episode["reference"]!, timeline);
        }
    }

    private static async Task EverythingOverdueWasNoticedAsync(HttpClient authority, string reference, JsonArray timeline)
    {
        var obligations = await Town.AllAsync(authority, $"/api/v1/episodes/{reference}/obligations");
        foreach (var overdue in obligations.Where(owed => (string?)owed!["state"] == "overdue"))
        {
            timeline.ShouldContain(entry => (string?)entry!["type"] == "BecameOverdue" && (string?)entry["obligationId"] == (string?)overdue!["id"]);
        }
    }

    /// <summary>What a watcher of each board is shown equals what the database lists for it.</summary>
    private static async Task BoardsEqualTheDatabaseAsync(ServiceProcess service)
    {
        using var authority = service.ClientOf(Town.Authority);
        await using var hub = await HubClient.ConnectAsync(service.BaseUrl, service.KeyOf(Town.Authority));
        await hub.WatchAsync("desk");
        Rows((await hub.NextAsync("Snapshot"))["rows"]!.AsArray()).ShouldBe(Rows(await Town.AllAsync(authority, "/api/v1/episodes?board=desk&limit=500")));
        foreach (var urn in Town.Schools)
        {
            await using var school = await HubClient.ConnectAsync(service.BaseUrl, service.KeyOf(urn));
            await school.WatchAsync($"school:{urn}");
            Rows((await school.NextAsync("Snapshot"))["rows"]!.AsArray())
                .ShouldBe(Rows(await Town.AllAsync(authority, $"/api/v1/episodes?school={urn}&limit=500")));
        }
    }

    private static IEnumerable<string> Rows(JsonArray rows) =>
        rows.Select(row => $"{row!["reference"]} {row["version"]} {row["status"]} {row["level"]} {row["overdueCount"]}").Order(StringComparer.Ordinal);

    private static async Task<Dictionary<string, string[]>> ReferencesAsync(ServiceProcess service)
    {
        var references = new Dictionary<string, string[]>();
        foreach (var urn in Town.Schools)
        {
            using var school = service.ClientOf(urn);
            references[urn] = [.. (await Town.AllAsync(school, "/api/v1/episodes?limit=500")).Select(row => (string)row!["reference"]!)];
        }
        return references;
    }

    /// <summary>One of the 36 sessions of 8 September to 1 October.</summary>
    private static (string Date, string Session) Session(int index)
    {
        var days = Enumerable.Range(0, 24).Select(offset => new DateOnly(2026, 9, 8).AddDays(offset))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToList();
        return (days[index / 2 % days.Count].ToString("O", CultureInfo.InvariantCulture), index % 2 == 0 ? "AM" : "PM");
    }

    private sealed class Acknowledged
    {
        /// <summary>Each acknowledged revision, with the pupil who has N in it if it was a whole register.</summary>
        public ConcurrentDictionary<(string Urn, string Date, string Session, int Revision), string?> Registers { get; } = new();

        public ConcurrentDictionary<string, (string Urn, string Reference)> Notes { get; } = new();
    }
}
