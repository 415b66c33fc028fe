using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cme.Web.Tests.Crashes;

namespace Cme.Grains.ClusterTests.Processes;

/// <summary>
/// Registers of earlier sessions, and notes on episodes, sent through all nodes while something dies. A register that is refused is sent again until
/// it is acknowledged, through the next node, as a school's system would behind a proxy; a note is sent once.
/// </summary>
/// <param name="round">Grows with every load on the same city: what it sends is newer than what the one before sent.</param>
internal sealed class CityLoad(City city, IReadOnlyList<WebNode> nodes, int round) : IDisposable
{
    private const int AtOnce = 8;
    private static readonly TimeSpan GivesUp = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient[] _clients = [.. nodes.Select(node => new HttpClient { BaseAddress = node.BaseUrl, Timeout = TimeSpan.FromSeconds(60) })];
    private readonly ConcurrentDictionary<(string Urn, string Date, string Session, int Revision), DateTimeOffset> _registers = new();
    private readonly ConcurrentBag<string> _notes = [];
    private readonly ConcurrentBag<TimeSpan> _answers = [];
    private int _next = -1, _refused, _unreached;

    /// <summary>How many registers were acknowledged.</summary>
    public int Registers => _registers.Count;

    /// <summary>Sends at least so many registers, and goes on until something else has ended.</summary>
    public async Task RunAsync(int atLeast, Task until)
    {
        var episodes = await city.RowsAsync("select e.reference || ' ' || e.urn from cme.episode e where e.status = 'open' and e.urn like '8%' order by 1 limit 200");
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref _next) is var index && (index < atLeast || !until.IsCompleted))
            {
                await UntilAcknowledgedAsync(index);
                if (index % 10 == 0) { await NoteAsync(episodes[index / 10 % episodes.Count].Split(' '), index); }
            }
        }));
    }

    /// <summary>
    /// For every missing pupil the risk is assessed, and then the DSL is consulted and not reassured: another assessment is due half an hour later.
    /// </summary>
    public async Task DoubtAsync()
    {
        var episodes = await city.RowsAsync("select e.reference || ' ' || e.urn from cme.episode e where e.status = 'open' and e.urn like '8%' order by 1");
        await Parallel.ForEachAsync(episodes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (episode, _) =>
        {
            await ActAsync(episode.Split(' '), "risk-assessment", "concern");
            await ActAsync(episode.Split(' '), "consult-dsl", "not-confirmed");
        });

        async Task ActAsync(string[] episode, string action, string outcome)
        {
            using var answer = await SendAsync(0, () => Act(episode[0], episode[1], new { action, outcome, at = city.Now, performedBy = Performer(episode[1]) }));
            answer.ShouldNotBeNull();
        }
    }

    /// <summary>Whatever was acknowledged is there, and once.</summary>
    public async Task HoldsAsync()
    {
        var stored = await city.RowsAsync(
            """
            select s.urn, to_char(s.date, 'YYYY-MM-DD'), s.session, s.revision, extract(epoch from s.as_of)::bigint
              from cme.register_sheet s where s.urn like '8%'
            """);
        // A source that says the same again later keeps the revision, so that one revision may have several rows.
        _registers.Select(sent => $"{sent.Key.Urn} {sent.Key.Date} {sent.Key.Session} {sent.Key.Revision} {sent.Value.ToUnixTimeSeconds()}")
            .Except(stored).ShouldBeEmpty("acknowledged registers are lost");
        stored.ShouldBeUnique();
        var noted = await city.RowsAsync("select e.data -> 'deed' ->> 'note' from cme.event e where e.data -> 'deed' ->> 'note' like 'note %'");
        _notes.Except(noted).ShouldBeEmpty("acknowledged notes are lost");
        noted.ShouldBeUnique();
    }

    /// <summary>What became of it, for people.</summary>
    public string Told
    {
        get
        {
            var answers = _answers.Order().ToList();
            return string.Create(CultureInfo.InvariantCulture,
                $"{Registers} registers and {_notes.Count} notes acknowledged; {_refused} answers of 503, {_unreached} of no answer; median {answers[answers.Count / 2].TotalMilliseconds:0} ms, slowest {answers[^1].TotalSeconds:0.0} s");
        }
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task UntilAcknowledgedAsync(int index)
    {
        var urn = city.Schools[index % city.Schools.Count];
        var (date, session) = Session(index / city.Schools.Count);
        var asOf = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds((round * 4000) + index);
        var since = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var asked = Stopwatch.GetTimestamp();
            using var answer = await SendAsync(index + attempt, () => city.Put(urn, date, session, asOf, 30 + ((round + index) % 60)));
            _answers.Add(Stopwatch.GetElapsedTime(asked));
            if (answer is { StatusCode: HttpStatusCode.OK })
            {
                var taken = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
                if (taken["accepted"]!.GetValue<int>() > 0) { _registers[(urn, date, session, taken["revision"]!.GetValue<int>())] = asOf; }
                return;
            }
            Stopwatch.GetElapsedTime(since).ShouldBeLessThan(GivesUp, "a register is refused for minutes");
            await Task.Delay(Between, TimeProvider.System);
        }
    }

    private async Task NoteAsync(string[] episode, int index)
    {
        var note = $"note {round}-{index}";
        using var answer = await SendAsync(index, () => Act(episode[0], episode[1],
            new { action = "note", at = new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero), note, performedBy = Performer(episode[1]) }));
        if (answer is { IsSuccessStatusCode: true }) { _notes.Add(note); }
    }

    private HttpRequestMessage Act(string reference, string urn, object action) => city.As(urn, HttpMethod.Post, $"/api/v1/episodes/{reference}/actions", action);

    private static object Performer(string urn) => new { name = "Priya Patel", role = "attendance-officer", org = urn };

    /// <returns>The answer, or null if nobody gave one.</returns>
    private async Task<HttpResponseMessage?> SendAsync(int node, Func<HttpRequestMessage> request)
    {
        try
        {
            var answer = await _clients[node % _clients.Length].SendAsync(request());
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) { Interlocked.Increment(ref _refused); }
            else { await Town.Expect(answer); }
            return answer;
        }
        catch (Exception lost) when (lost is HttpRequestException { StatusCode: null, InnerException: not null } or TaskCanceledException)
        {
            Interlocked.Increment(ref _unreached);
            return null;
        }
    }

    /// <summary>One of the 36 sessions of 8 September to 1 October.</summary>
    private static (string Date, string Session) Session(int number)
    {
        var days = Enumerable.Range(0, 24).Select(offset => new DateOnly(2026, 9, 8).AddDays(offset))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToList();
        return (days[number / 2 % days.Count].ToString("O", CultureInfo.InvariantCulture), number % 2 == 0 ? "AM" : "PM");
    }
}
