using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cme.Web.Api;
using Cme.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.Api;

/// <summary>What holds for every answer, those that the framework makes included.</summary>
public sealed class EveryAnswerSpecs(EdgeHost host) : IClassFixture<EdgeHost>
{
    [Theory]
    [InlineData("GET", "/api/v1/nothing", null, 404, "not-found")]
    [InlineData("GET", "/api/nothing", null, 404, "not-found")]
    [InlineData("DELETE", "/api/v1/schools/900001", null, 405, "method-not-allowed")]
    [InlineData("PUT", "/api/v1/schools/900001", "text/plain", 415, "unsupported-media-type")]
    [InlineData("POST", "/demo/clock", "application/x-www-form-urlencoded", 415, "unsupported-media-type")]
    [InlineData("GET", "/health/nothing", null, 404, "not-found")]
    public async Task What_the_framework_refuses_is_a_problem_document_too(string method, string path, string? contentType, int status, string code)
    {
        using var client = host.Client(host.AuthorityKey);
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (contentType is not null) { request.Content = new StringContent("x", Encoding.UTF8, contentType); }
        using var answer = await client.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        await answer.ShouldBeProblem(code);
    }

    [Theory]
    [InlineData("/api/v1/schools")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/index.html")]
    [InlineData("/sign-in")]
    [InlineData("/desk")]
    [InlineData("/no-such-page")]
    [InlineData("/dist/site.css")]
    [InlineData("/live")]
    public async Task Every_answer_has_the_headers_that_protect_its_reader(string path)
    {
        using var client = host.Client();
        using var answer = await client.GetAsync(path);

        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        Header("Content-Security-Policy").ShouldNotContain("unsafe");
        Header("Server").ShouldBeEmpty();
        if (path != "/dist/site.css") { Header("Cache-Control").ShouldBe("no-store"); }
    }

    [Theory]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    [InlineData("/schools/900001/nothing", HttpStatusCode.NotFound)]
    public async Task A_page_that_is_not_there_is_told_as_a_page(string path, HttpStatusCode status)
    {
        using var client = host.Client();
        using var answer = await client.GetAsync(path);

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        var cookies = new List<string>();
        using var person = await host.PersonAsync("duty-desk", answer => cookies.AddRange(answer.Headers.GetValues("Set-Cookie")));

        var session = cookies.Single(cookie => cookie.StartsWith("cme-session=", StringComparison.Ordinal));
        session.ShouldContain("; httponly", Case.Insensitive);
        session.ShouldContain("; samesite=lax", Case.Insensitive);
        (await person.GetAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        using var client = host.Client();
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent([new("persona", "duty-desk")]));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task The_OpenAPI_document_is_of_version_3_1_and_describes_every_route_of_the_API()
    {
        var document = await host.Send(null, HttpMethod.Get, "/openapi/v1.json", null, HttpStatusCode.OK);

        ((string)document["openapi"]!).ShouldStartWith("3.1");
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")).ToList();
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.TrimStart('/') .Split('/') is ["api" or "health", ..] or ["demo", "clock", ..])
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"));
        described.ShouldBe(routes, ignoreOrder: true);
        foreach (var operation in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(entry => entry.Value!))
        {
            ((string?)operation["summary"]).ShouldNotBeNullOrWhiteSpace(operation.ToJsonString());
            var responses = operation["responses"]!.AsObject();
            responses["500"]!["content"]!["application/problem+json"].ShouldNotBeNull();
            if (operation["requestBody"] is { } body)
            {
                body["content"]!["application/json"]!["example"].ShouldNotBeNull((string?)operation["operationId"]);
                responses["422"].ShouldNotBeNull();
            }
        }
        document["components"]!["securitySchemes"]!["key"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_reference_within_the_OpenAPI_document_leads_somewhere()
    {
        var document = await host.Send(null, HttpMethod.Get, "/openapi/v1.json", null, HttpStatusCode.OK);

        foreach (var reference in References(document))
        {
            JsonNode? found = document;
            foreach (var step in reference.TrimStart('#', '/').Split('/')) { found = found?[step]; }
            found.ShouldNotBeNull(reference);
        }

        static IEnumerable<string> References(JsonNode? node) => node switch
        {
            JsonObject one => one.SelectMany(entry => entry.Key == "$ref" ? [(string)entry.Value!] : References(entry.Value)),
            JsonArray many => many.SelectMany(References),
            _ => [],
        };
    }

    [Fact]
    public async Task The_examples_of_the_OpenAPI_document_work_as_printed()
    {
        var document = await host.Send(null, HttpMethod.Get, "/openapi/v1.json", null, HttpStatusCode.OK);
        foreach (var (path, method, key) in new[]
        {
            ("/api/v1/schools/{urn}", "put", host.AuthorityKey), ("/api/v1/schools/{urn}/calendar/{schoolYear}", "put", host.KeyOf("900001")),
            ("/api/v1/schools/{urn}/roll", "put", host.KeyOf("900001")), ("/api/v1/schools/{urn}/roll", "patch", host.KeyOf("900001")),
            ("/demo/clock", "post", host.AuthorityKey), ("/api/v1/schools/{urn}/registers/{date}/{session}", "put", host.KeyOf("900001")),
            ("/api/v1/schools/{urn}/registers/{date}/{session}", "patch", host.KeyOf("900001")),
        })
        {
            var operation = document["paths"]![path]![method]!;
            var concrete = path.Replace("{urn}", "900001").Replace("{schoolYear}", "2026-27").Replace("{date}", "2026-09-07").Replace("{session}", "AM");
            await host.Send(key, HttpMethod.Parse(method), concrete,
                operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString(), HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task What_has_a_version_is_sent_again_only_when_it_changed()
    {
        var school = await host.NewSchoolAsync(1);
        using var client = host.Client(school.Key);
        using var first = await client.GetAsync(school.Path);
        var tag = first.Headers.ETag!;
        tag.IsWeak.ShouldBeFalse();

        client.DefaultRequestHeaders.IfNoneMatch.Add(tag);
        (await client.GetAsync(school.Path)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await host.Send(host.AuthorityKey, HttpMethod.Put, school.Path, """{"name":"Renamed"}""", HttpStatusCode.OK);
        (await client.GetAsync(school.Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Every_problem_code_is_spelt_as_published()
    {
        foreach (var (code, status, title) in Problems.All)
        {
            code.ShouldMatch("^[a-z]+(-[a-z]+)*$");
            status.ShouldBeInRange(400, 599);
            title.ShouldNotBeNullOrWhiteSpace();
        }
    }
}

/// <summary>Outside the demo there is nothing of it.</summary>
public sealed class NoDemoSpecs(RealHost host) : IClassFixture<RealHost>
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_clock_of_the_demo_does_not_exist(string method)
    {
        using var client = host.Client();
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Parse(method), "/demo/clock"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await answer.ShouldBeProblem("not-found");
    }

    [Fact]
    public void No_persona_can_sign_in() => host.Services.GetService<Cme.Web.Security.PersonaSignIn>().ShouldBeNull();

    [Fact]
    public async Task It_is_ready() => await host.Send(null, HttpMethod.Get, "/health/ready", null, HttpStatusCode.OK);
}
