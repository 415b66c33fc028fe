using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.TestSupport.Service;

namespace Cme.Web.Tests.Crashes;

/// <summary>What was sent to a service under way and acknowledged, and what must hold of it afterwards (DESIGN 9.1, 9.2, 9.7).</summary>
internal sealed class TownRecord
{
    /// <summary>How many different things are sent in a round.</summary>
    public const int Requests = 200;

    /// <summary>Each acknowledged revision, with the pupil who has N in it if it was a whole register.</summary>
    private readonly ConcurrentDictionary<(string Urn, string Date, string Session, int Revision), string?> _registers = new();

    private readonly ConcurrentDictionary<string, (string Urn, string Reference)> _notes = new();

    public int Count => _registers.Count + _notes.Count;

    /// <summary>Five pupils of each school are missing on the last day, so that there are episodes to act on.</summary>
    public static async Task OpenEpisodesAsync(IService service)
    {
        foreach (var urn in Town.Schools)
        {
            using var school = service.ClientOf(urn);
            await Town.Expect(await school.PutAsJsonAsync(
                $"/api/v1/schools/{urn}/registers/2026-10-02/AM", Town.Register(new(2026, 10, 2, 7, 55, 0, TimeSpan.Zero), 1, 2, 3, 4, 5)));
        }
    }

    public static async Task<Dictionary<string, string[]>> ReferencesAsync(IService service)
    {
        var references = new Dictionary<string, string[]>();
        foreach (var urn in Town.Schools)
        {
            using var school = service.ClientOf(urn);
            references[urn] = [.. (await Town.AllAsync(school, "/api/v1/episodes?limit=500")).Select(row => (string)row!["reference"]!)];
        }
        return references;
    }

    /// <summary>Sends one of a round's two hundred registers, corrections and notes, and remembers it if it was acknowledged.</summary>
    public Task SendAsync(IService service, int index, int round, Dictionary<string, string[]> references)
    {
        var urn = Town.Schools[index % 3];
        return (index % 5) switch
        {
            0 or 1 => RegisterAsync(service, urn, index, round),
            2 => CorrectionAsync(service, urn, index, round),
            _ => NoteAsync(service, urn, references[urn][index % references[urn].Length], $"note {round}-{index}"),
        };
    }

    /// <summary>Whatever was acknowledged is there once, every deadline was noticed once, and boards show what the database holds.</summary>
    public async Task HoldsAsync(IService service)
    {
        await RegistersAreThereAsync(service);
        await ActionsAreThereOnceAsync(service);
        await NothingWasNoticedTwiceAsync(service);
        await BoardsEqualTheDatabaseAsync(service);
    }

    /// <summary>A register of a session of its own: September has enough of them for 80 in each round, told apart by the source's time.</summary>
    private async Task RegisterAsync(IService service, string urn, int index, int round)
    {
        var (date, session) = Session(index);
        using var school = service.ClientOf(urn);
        var asOf = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero).AddMinutes((round * Requests) + index);
        using var answer = await school.PutAsJsonAsync($"/api/v1/schools/{urn}/registers/{date}/{session}", Town.Register(asOf, 10 + (index % 40)));
        await Town.Expect(answer);
        var taken = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        if (taken["accepted"]!.GetValue<int>() > 0)                  // Else a later one had overtaken it: superseded, as the answer says.
        {
            _registers[(urn, date, session, taken["revision"]!.GetValue<int>())] = Town.Id(10 + (index % 40));
        }
    }

    private async Task CorrectionAsync(IService service, string urn, int index, int round)
    {
        using var school = service.ClientOf(urn);
        var asOf = new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero).AddSeconds((round * Requests) + index);
        var pupil = 6 + (index % 50);
        using var answer = await school.PatchAsJsonAsync($"/api/v1/schools/{urn}/registers/2026-10-02/AM", Town.Correction(asOf, pupil, index % 2 == 0 ? "N" : "I"));
        await Town.Expect(answer);
        var revision = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["revision"]!.GetValue<int>();
        _registers.TryAdd((urn, "2026-10-02", "AM", revision), null);
    }

    private async Task NoteAsync(IService service, string urn, string reference, string note)
    {
        using var school = service.ClientOf(urn);
        using var answer = await school.PostAsJsonAsync($"/api/v1/episodes/{reference}/actions", new
        {
            action = "note", at = new DateTimeOffset(2026, 10, 2, 12, 0, 0, TimeSpan.Zero), note,
            performedBy = new { name = "Priya Patel", role = "attendance-officer", org = urn },
        });
        await Town.Expect(answer);
        _notes[note] = (urn, reference);
    }

    private async Task RegistersAreThereAsync(IService service)
    {
        foreach (var ((urn, date, session, revision), missing) in _registers)
        {
            using var school = service.ClientOf(urn);
            var sheet = await school.GetFromJsonAsync<JsonObject>($"/api/v1/schools/{urn}/registers/{date}/{session}?revision={revision}");
            if (missing is not null)
            {
                sheet!["marks"]!.AsArray().Single(mark => (string?)mark!["schoolPupilId"] == missing)!["code"]!.GetValue<string>().ShouldBe("N");
            }
        }
    }

    private async Task ActionsAreThereOnceAsync(IService service)
    {
        foreach (var ofEpisode in _notes.GroupBy(note => note.Value))
        {
            using var school = service.ClientOf(ofEpisode.Key.Urn);
            var timeline = await Town.AllAsync(school, $"/api/v1/episodes/{ofEpisode.Key.Reference}/timeline?limit=500");
            foreach (var (note, _) in ofEpisode)
            {
                timeline.Count(entry => (string?)entry!["note"] == note).ShouldBe(1, note);
            }
        }
    }

    public static async Task NothingWasNoticedTwiceAsync(IService service)
    {
        using var authority = service.ClientOf(Town.Authority);
        foreach (var episode in await Town.AllAsync(authority, "/api/v1/episodes?status=all&limit=500"))
        {
            var timeline = await Town.AllAsync(authority, $"/api/v1/episodes/{episode!["reference"]}/timeline?limit=500");
            var noticed = timeline.Where(entry => (string?)entry!["type"] is "BecameOverdue" or "Escalated")
                .Select(entry => $"{entry!["type"]} {entry["obligationId"]} {entry["at"]}").ToList();
            noticed.ShouldBeUnique();
            await EverythingOverdueIsNoticedAsync(authority, (string)episode["reference"]!);
        }
    }

    /// <summary>The clock goes on, so that something may fall due at this very moment: a reminder may be a minute late, and no more.</summary>
    private static async Task EverythingOverdueIsNoticedAsync(HttpClient authority, string reference)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var overdue = (await Town.AllAsync(authority, $"/api/v1/episodes/{reference}/obligations")).Where(owed => (string?)owed!["state"] == "overdue");
            var timeline = await Town.AllAsync(authority, $"/api/v1/episodes/{reference}/timeline?limit=500");
            var unnoticed = overdue.Where(owed => !timeline.Any(entry =>
                (string?)entry!["type"] == "BecameOverdue" && (string?)entry["obligationId"] == (string?)owed!["id"])).ToList();
            if (unnoticed.Count == 0) { return; }
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromMinutes(1), unnoticed[0]!.ToJsonString());
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    /// <summary>What a watcher of each board is shown equals, once quiet, what the database lists for it.</summary>
    public static async Task BoardsEqualTheDatabaseAsync(IService service)
    {
        await BoardEqualsAsync(service, Town.Authority, "desk", "/api/v1/episodes?board=desk&limit=500");
        foreach (var urn in Town.Schools)
        {
            await BoardEqualsAsync(service, urn, $"school:{urn}", $"/api/v1/episodes?school={urn}&limit=500");
        }
    }

    /// <summary>What a watcher of a board is shown equals, once quiet, what the database lists for it.</summary>
    public static async Task BoardEqualsAsync(IService service, string viewer, string board, string list)
    {
        using var authority = service.ClientOf(Town.Authority);
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var hub = await HubClient.ConnectAsync(service.BaseUrl, service.KeyOf(viewer));
            await hub.WatchAsync(board);
            var shown = Rows((await hub.NextAsync("Snapshot"))["rows"]!.AsArray()).ToList();
            var listed = Rows(await Town.AllAsync(authority, list)).ToList();
            if (shown.SequenceEqual(listed)) { return; }
            // Something may have fallen due between the two.
            if (TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(20)) { shown.ShouldBe(listed); }
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private static IEnumerable<string> Rows(JsonArray rows) =>
        rows.Select(row => $"{row!["reference"]} {row["version"]} {row["status"]} {row["level"]} {row["overdueCount"]}").Order(StringComparer.Ordinal);

    /// <summary>One of the 36 sessions of 8 September to 1 October.</summary>
    private static (string Date, string Session) Session(int index)
    {
        var days = Enumerable.Range(0, 24).Select(offset => new DateOnly(2026, 9, 8).AddDays(offset))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToList();
        return (days[index / 2 % days.Count].ToString("O", CultureInfo.InvariantCulture), index % 2 == 0 ? "AM" : "PM");
    }
}
