using System.Net;
using System.Text;
using Cme.Storage.Auditor;
using Cme.Storage.Measures;
using Cme.Telemetry;
using Cme.TestSupport.Service;
using Cme.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Cme.Web.Tests.Telemetry;

/// <summary>Not beside other hosts: a meter's name means the whole process, and one that ends would take the frameworks' metrics of all with it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Measurements : ICollectionFixture<MeasuredHost>
{
    public const string Name = "measurements";
}

/// <summary>The program with everything measured, sent to a collector and asked by Prometheus, in which a child's whole story has been told.</summary>
public sealed class MeasuredHost : EdgeHost, IAsyncLifetime
{
    public const string Forename = "Zephyrina", Surname = "Quillfeather", Born = "2013-07-11", Upn = "A876543210987", Postcode = "ZZ97 7ZZ", Street = "Hollyhock Drive",
        Note = "Grandmother Ottoline says she is in Whitby", Reporter = "Bartholomew Nightjar", Phone = "01632 960771", Unknown = "Persephone";

    private Collector _collector = null!;

    /// <summary>What no measurement may hold: what is known of the child, its ids, and what anybody looked for.</summary>
    public IReadOnlyList<string> Private { get; private set; } = [];

    public string SentTraces => _collector.Traces;

    public string SentMetrics => _collector.Metrics;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
    {
        ["Metrics:Url"] = "http://127.0.0.1:0", ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>Where Prometheus asks.</summary>
    public Uri Management => new(Services.GetServices<IHostedService>().OfType<MetricsListener>().Single().Address);

    /// <summary>What Prometheus is answered.</summary>
    public async Task<string> ScrapeAsync()
    {
        using var prometheus = new HttpClient();
        return await prometheus.GetStringAsync(new Uri(Management, "/metrics"));
    }

    /// <summary>Has everything that was measured sent.</summary>
    public void Flush() => Services.GetRequiredService<Collection>().Flush();

    async Task IAsyncLifetime.InitializeAsync()
    {
        _collector = await Collector.StartAsync();
        await InitializeAsync();
        await TellAsync();
        await TellHealthAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _collector.DisposeAsync();
    }

    /// <summary>As the framework does every ten seconds, and for the first time a second after the start.</summary>
    private async Task TellHealthAsync()
    {
        var report = await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        foreach (var publisher in Services.GetServices<IHealthCheckPublisher>()) { await publisher.PublishAsync(report, CancellationToken.None); }
    }

    /// <summary>From the register to the search, with what goes wrong on the way: names where none belong, and a statement refused with them.</summary>
    private async Task TellAsync()
    {
        var school = await NewSchoolAsync(3);
        await Send(school.Key, HttpMethod.Patch, $"{school.Path}/roll", $$"""
            {"pupils":[{"schoolPupilId":"S","upn":"{{Upn}}","forename":"{{Forename}}","surname":"{{Surname}}","dateOfBirth":"{{Born}}","sex":"F","yearGroup":"7",
              "entryDate":"2025-09-03","address":{"lines":["1 {{Street}}"],"postcode":"{{Postcode}}"} }]}
            """, HttpStatusCode.OK);
        await ReachAsync("2026-09-07T09:00:00+01:00");
        await using var watcher = await HubClient.ConnectAsync(Address, school.Key);
        await school.Register("""{"schoolPupilId":"S","code":"N"}""");
        await school.Register($$"""{"schoolPupilId":"{{Surname}}","code":"N"}""", HttpStatusCode.UnprocessableEntity, day: "2026-09-07/PM");
        var episode = await school.OnlyEpisode();
        await Send(school.Key, HttpMethod.Post, $"/api/v1/episodes/{episode}/actions", school.Deed("call", "no-answer", more: $",\"note\":\"{Note}\""), HttpStatusCode.OK);
        await Send(null, HttpMethod.Post, "/api/v1/concerns", $$"""
            {"child":{"name":"{{Forename}} {{Surname}}","dateOfBirth":"{{Born}}","address":"1 {{Street}}","postcode":"{{Postcode}}"},"seen":"{{Note}}",
             "reporter":{"name":"{{Reporter}}","phone":"{{Phone}}"} }
            """, HttpStatusCode.Accepted);
        await SearchAsync(school);
        await LookAsync(school, episode);
        await ReachAsync("2026-09-09T09:00:00+01:00");               // Somebody ought to have done something by now.
        await Services.GetRequiredService<AuditorService>().AuditAsync();
        await Services.GetServices<IHostedService>().OfType<BacklogGauges>().Single().ReadAsync();
        Private =
        [
            Forename, Surname, Born, "11 July 2013", "11/07/2013", Upn, Postcode, Postcode.Replace(" ", "", StringComparison.Ordinal), Street, Note, "Ottoline", Reporter,
            "Nightjar", Phone, Unknown, episode, .. await Sql("select distinct child_id from cme.pupil union select reference from cme.concern union select reference from cme.episode"),
        ];
    }

    private async Task SearchAsync(TestSchool school)
    {
        using var client = Client(school.Key);
        foreach (var sought in new[] { $$"""{"name":"{{Surname}} {{Forename}}"}""", $$"""{"upn":"{{Upn}}"}""", $$"""{"postcode":"{{Postcode}}"}""" })
        {
            using var answer = await client.PostAsync("/api/v1/searches", new StringContent(sought, Encoding.UTF8, "application/json"));
            answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            await school.Get(answer.Headers.Location!.ToString());
        }
        // PostgreSQL quotes in its refusal what it refused.
        await Sql($"create function cme.refusing() returns trigger language plpgsql as $$ begin raise exception 'invalid input: {Unknown}'; end $$");
        await Sql("create trigger refusing before insert on cme.search for each row execute function cme.refusing()");
        using var broken = await client.PostAsync("/api/v1/searches", new StringContent($$"""{"name":"{{Unknown}}"}""", Encoding.UTF8, "application/json"));
        broken.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        await Sql("drop trigger refusing on cme.search");
    }

    private async Task LookAsync(TestSchool school, string episode)
    {
        using var client = Client(school.Key);
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"MIS/1.0 ({Surname})");
        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        client.DefaultRequestHeaders.Add("tracestate", $"mis={Surname}");
        client.DefaultRequestHeaders.Add("baggage", $"child={Forename}");
        foreach (var path in new[] { $"/api/v1/episodes/{episode}", $"/api/v1/children/{Surname}", $"/api/v1/episodes?name={Surname}", $"/{Forename}/{Surname}", $"/episodes/{Surname}" })
        {
            using var answer = await client.GetAsync(path);
        }
        using var dsl = await PersonAsync("duty-desk");
        foreach (var path in new[] { "/desk", $"/episodes/{episode}", $"/episodes/{episode}?back={Surname}" }) { using var page = await dsl.GetAsync(path); }
        using var found = await dsl.SubmitAsync("/search", ("Form.Name", $"{Forename} {Surname}"));
        (await dsl.GetStringAsync(found.Headers.Location)).ShouldContain(Surname);
    }
}
