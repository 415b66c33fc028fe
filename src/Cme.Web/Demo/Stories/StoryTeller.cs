using System.Text.Json;
using Cme.Domain.Calendars;
using Cme.Web.Demo.Feed;
using Cme.Web.Hosting;
using Cme.Web.Security;

namespace Cme.Web.Demo.Stories;

/// <summary>
/// Brings the demo to where a story begins: registers with the marks that the story needs, the clock from one hour to the next,
/// and what people did on the way, all as it would come from outside. It starts on the morning of a school day, today's or the next.
/// </summary>
internal sealed class StoryTeller(DemoFeed feed, ClockMover clock, SchoolMornings mornings, Quiet quiet, CancellationToken cancel)
{
    private readonly List<Func<string, DemoPupil, string?>> _told = [];
    private DateOnly _since = DateOnly.MaxValue;

    /// <summary>Has a pupil be marked so in each register from the story's first day on.</summary>
    public void Mark(string urn, DemoPupil pupil, string code) =>
        _told.Add((school, one) => school == urn && one.SchoolPupilId == pupil.SchoolPupilId ? code : null);

    /// <summary>Has a whole year group be marked so in each register from the story's first day on.</summary>
    public void MarkYear(string urn, string yearGroup, string code) =>
        _told.Add((school, one) => school == urn && one.YearGroup == yearGroup ? code : null);

    /// <summary>Moves to 8:30 of the next day on which the school is open; today's, if it is still earlier.</summary>
    public async Task MorningAsync(string urn)
    {
        var morning = await mornings.NextOfAsync(urn, clock.Now.AddMinutes(-5), cancel);
        if (morning > clock.Now) { await clock.MoveToAsync(morning, cancel); }
        if (_since == DateOnly.MaxValue) { _since = London.DateOf(clock.Now); }
    }

    /// <summary>Moves to a time of the day, London time, and has the registers come in that are then due.</summary>
    public async Task AtAsync(int hour, int minute)
    {
        var instant = London.At(London.DateOf(clock.Now), new TimeOnly(hour, minute));
        if (instant > clock.Now) { await clock.MoveToAsync(instant, cancel); }
        await feed.PostDueRegistersAsync(
            (urn, session, pupil) => session.Date >= _since ? _told.Select(tell => tell(urn, pupil)).FirstOrDefault(code => code is not null) : null, cancel);
        // A register is acknowledged before the episodes that it causes are there.
        await quiet.WhenQuietAsync(cancel);
    }

    /// <summary>Records what the school's attendance officer did, now.</summary>
    public async Task ActAsync(string urn, string reference, string action, string? outcome = null, string? channel = null)
    {
        var officer = Personas.All.Single(persona => persona.School == urn && persona.Role == Roles.AttendanceOfficer);
        using var client = feed.ClientOf(urn);
        using var answer = await client.PostAsJsonAsync(
            $"/api/v1/episodes/{reference}/actions",
            new { action, outcome, channel, at = clock.Now, performedBy = new { name = officer.Name, role = officer.Role, org = urn } }, cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The first of the pupils about whom there never was an episode, so that a story can be told again.</summary>
    public async Task<DemoPupil> UntoldAsync(string urn, IEnumerable<DemoPupil> pupils)
    {
        var known = (await EpisodesAsync(urn, "all")).Select(episode => episode.Pupil).ToHashSet();
        return pupils.FirstOrDefault(pupil => !known.Contains(pupil.SchoolPupilId))
            ?? throw new StoryException("This story has been told of every child there is. Start the demo anew with --reset.");
    }

    /// <summary>The reference of a pupil's open episode.</summary>
    public async Task<string> EpisodeOfAsync(string urn, DemoPupil pupil) =>
        (await EpisodesAsync(urn, "open")).FirstOrDefault(episode => episode.Pupil == pupil.SchoolPupilId).Reference
            ?? throw new StoryException("The day did not go as the story has it. Open it again: it goes on from the next morning.");

    private async Task<List<(string Reference, string Pupil)>> EpisodesAsync(string urn, string status)
    {
        using var client = feed.ClientOf(urn);
        var found = new List<(string, string)>();
        for (var next = $"/api/v1/episodes?school={Uri.EscapeDataString(urn)}&status={status}&limit=500"; next is not null;)
        {
            using var answer = await client.GetAsync(next, cancel);
            answer.EnsureSuccessStatusCode();
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancel));
            foreach (var episode in page.RootElement.GetProperty("data").EnumerateArray())
            {
                found.Add((episode.GetProperty("reference").GetString()!, episode.GetProperty("child").GetProperty("schoolPupilId").GetString()!));
            }
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split(';')[0].Trim('<', '>') : null;
        }
        return found;
    }
}

/// <summary>A story cannot be told from where the demo is. The message says what to do.</summary>
internal sealed class StoryException(string message) : Exception(message);
