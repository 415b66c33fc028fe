using System.Net.Http.Headers;
using System.Text.Json;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Connections;
using Cme.Storage.Demo;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Api.Episodes;
using Cme.Web.Hosting;

namespace Cme.Web.Demo.Feed;

/// <summary>
/// Plays the management information systems of the demo's schools: sends calendars and rolls once, and registers when somebody
/// presses the button, all over HTTP with the schools' own keys. A school whose roll came from somebody else is left alone.
/// </summary>
internal sealed partial class DemoFeed(
    IHttpClientFactory clients, StartSettings settings, ISchools schools, IRegisters registers, SchoolCalendars calendars,
    [FromKeyedServices(Clock.Business)] TimeProvider clock, ILogger<DemoFeed> logger) : IDemoFeed
{
    /// <summary>Sends the calendar, roll and contacts of each school that has no pupils yet.</summary>
    public async Task EnrolAsync(CancellationToken cancel)
    {
        foreach (var school in DemoSchoolData.All)
        {
            if ((await schools.ReadRollAsync(DemoAuthority.Code, school.Urn, cancel)).IsEmpty)
            {
                using var client = ClientOf(school.Urn);
                await Put(client, $"/api/v1/schools/{school.Urn}/calendar/2026-27", school.Calendar, cancel);
                await Put(client, $"/api/v1/schools/{school.Urn}/roll", school.Roll, cancel);
                if (school.Contacts is { } contacts) { await Put(client, $"/api/v1/schools/{school.Urn}/contacts", contacts, cancel); }
            }
        }
    }

    /// <inheritdoc/>
    public Task<int> PostDueRegistersAsync(CancellationToken cancel) => PostDueRegistersAsync((_, _, _) => null, cancel);

    /// <summary>The same, with the marks that a story tells.</summary>
    /// <param name="told">The code of a pupil in a session of a school, by its URN; null where the story leaves the pupil to chance.</param>
    public async Task<int> PostDueRegistersAsync(Func<string, SessionOf, DemoPupil, string?> told, CancellationToken cancel)
    {
        // Whoever presses the button may see one school; these are the systems of all.
        using var product = Reader.AsTheProduct();
        var posted = 0;
        foreach (var school in DemoSchoolData.All)
        {
            var roll = await schools.ReadRollAsync(DemoAuthority.Code, school.Urn, cancel);
            if (!roll.IsEmpty && roll.All(pupil => pupil.SchoolPupilId.StartsWith(DemoPupil.Prefix, StringComparison.Ordinal)))
            {
                posted += await PostDueAsync(school, told, cancel);
            }
        }
        return posted;
    }

    private async Task<int> PostDueAsync(DemoSchoolData school, Func<string, SessionOf, DemoPupil, string?> told, CancellationToken cancel)
    {
        if (await calendars.ReadAsync(DemoAuthority.Code, school.Urn, cancel) is not { } calendar) { return 0; }
        var now = clock.GetUtcNow();
        var (from, to) = (London.DateOf(ClockOfDemo.Beginning), London.DateOf(now));
        var held = (await registers.ReadWindowAsync(DemoAuthority.Code, school.Urn, from, to, cancel)).Sheets
            .Select(sheet => (sheet.Date, sheet.Session)).ToHashSet();
        using var client = ClientOf(school.Urn);
        var posted = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var session in new[] { new SessionOf(day, Session.Am), new SessionOf(day, Session.Pm) })
            {
                var starts = London.At(day, (session.Session == Session.Am ? school.Am : school.Pm).Start);
                var name = SessionNames.Of(session.Session);
                // A class teacher marks five minutes into the session; the school's system sends what it has then.
                if (starts.AddMinutes(5) <= now && !held.Contains((day, name)) && calendar.Holds(session))
                {
                    await Put(client, $"/api/v1/schools/{school.Urn}/registers/{day:yyyy-MM-dd}/{name}",
                        school.Register(session, starts.AddMinutes(5), pupil => told(school.Urn, session, pupil)), cancel);
                    posted++;
                }
            }
        }
        return posted;
    }

    /// <summary>A client with the school's own key, as its system has one.</summary>
    public HttpClient ClientOf(string urn)
    {
        var credentials = JsonSerializer.Deserialize(
            File.ReadAllText(Path.Combine(settings.Directory, DemoCredentials.FileName)), DemoJson.Default.DemoCredentials)!;
        var client = clients.CreateClient();
        client.BaseAddress = new Uri(credentials.BaseUrl);
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", credentials.ApiKeys.Single(key => key.Organisation == urn).Key);
        return client;
    }

    private async Task Put(HttpClient client, string path, object body, CancellationToken cancel)
    {
        using var answer = await client.PutAsJsonAsync(path, body, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            LogNotTaken(logger, path, (int)answer.StatusCode);
        }
    }

    [LoggerMessage(1301, LogLevel.Error, "The demo's feed was answered {Status} for {Path}.")]
    private static partial void LogNotTaken(ILogger logger, string path, int status);
}
