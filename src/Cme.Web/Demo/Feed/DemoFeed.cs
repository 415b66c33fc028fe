using System.Net.Http.Headers;
using System.Text.Json;
using Cme.Domain;
using Cme.Domain.Calendars;
using Cme.Storage.Registers;
using Cme.Storage.Schools;
using Cme.Web.Hosting;

namespace Cme.Web.Demo.Feed;

/// <summary>
/// Plays the management information systems of the demo's schools: sends calendars and rolls once, and registers when somebody
/// presses the button, all over HTTP with the schools' own keys. A school whose roll came from somebody else is left alone.
/// </summary>
internal sealed partial class DemoFeed(
    IHttpClientFactory clients, StartSettings settings, ISchools schools, IRegisters registers, BankHolidays bankHolidays,
    [FromKeyedServices(Clock.Business)] TimeProvider clock, ILogger<DemoFeed> logger) : IDemoFeed
{
    /// <summary>Sends the calendar and roll of each school that has no pupils yet.</summary>
    public async Task EnrolAsync(CancellationToken cancel)
    {
        foreach (var school in DemoSchoolData.All)
        {
            if ((await schools.ReadRollAsync(DemoAuthority.Code, school.Urn, cancel)).IsEmpty)
            {
                using var client = ClientOf(school.Urn);
                await Put(client, $"/api/v1/schools/{school.Urn}/calendar/2026-27", school.Calendar, cancel);
                await Put(client, $"/api/v1/schools/{school.Urn}/roll", school.Roll, cancel);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<int> PostDueRegistersAsync(CancellationToken cancel)
    {
        var posted = 0;
        foreach (var school in DemoSchoolData.All)
        {
            var roll = await schools.ReadRollAsync(DemoAuthority.Code, school.Urn, cancel);
            if (!roll.IsEmpty && roll.All(pupil => pupil.SchoolPupilId.StartsWith(DemoPupil.Prefix, StringComparison.Ordinal)))
            {
                posted += await PostDueAsync(school, cancel);
            }
        }
        return posted;
    }

    private async Task<int> PostDueAsync(DemoSchoolData school, CancellationToken cancel)
    {
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
                if (starts.AddMinutes(5) <= now && !held.Contains((day, name)) && await IsHeldAsync(school.Urn, session, cancel))
                {
                    await Put(client, $"/api/v1/schools/{school.Urn}/registers/{day:yyyy-MM-dd}/{name}", school.Register(session, starts.AddMinutes(5)), cancel);
                    posted++;
                }
            }
        }
        return posted;
    }

    private async Task<bool> IsHeldAsync(string urn, SessionOf session, CancellationToken cancel)
    {
        var records = await schools.CalendarsAsync(DemoAuthority.Code, urn, cancel: cancel);
        var years = records.Select(record => SchoolYear.Parse(
            JsonSerializer.Deserialize<SchoolYearDocument>(record.Body, JsonSerializerOptions.Web)!).Year).OfType<SchoolYear>().ToArray();
        return years.Length > 0 && SchoolCalendar.Of(urn, 1, years, bankHolidays).Holds(session);
    }

    private HttpClient ClientOf(string urn)
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
