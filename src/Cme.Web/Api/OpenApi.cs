using System.Text.Json.Nodes;
using Cme.Web.Api.Idempotency;
using Cme.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cme.Web.Api;

/// <summary>The OpenAPI 3.1 document and the page that shows it.</summary>
internal static class OpenApi
{
    private const string KeyScheme = "key";
    private const string Problem = nameof(ProblemDocument);

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => EdgeSecurity.IsForSystems("/" + description.RelativePath);
        options.AddDocumentTransformer(Introduce);
        options.AddOperationTransformer(DescribeOperation);
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    /// <summary>The page that shows the document, at <c>/docs</c>. It holds nothing about anybody, so anyone may read it.</summary>
    public static void UseApiPage(this IApplicationBuilder app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "docs";
        options.DocumentTitle = "CME tracking: the HTTP interface";
        options.SwaggerEndpoint("/openapi/v1.json", "v1");
    });

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = "CME tracking",
            Version = "v1",
            Description = "Children missing education: registers come in, episodes follow. Send your organisation's key as "
                + "`Authorization: Bearer cme_…`. Every 4xx and 5xx is a problem document (RFC 9457). Lists come in pages with a Link header. "
                + "Every reading has a strong ETag (`If-None-Match` answers 304); a change with `If-Match` is refused with 412 if what you read has "
                + "changed since, and a calendar that exists is changed only with it (428). Batches keep the good items and list the bad. The live boards are a SignalR hub at `/live`.",
        };
        document.Servers = [new() { Url = "/" }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "cme_…", Description = "The key of an organisation's system.",
            },
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Document!.Components?.Schemas?.ContainsKey(Problem) != true)
        {
            context.Document.AddComponent(Problem, await context.GetOrCreateSchemaAsync(typeof(ProblemDocument), null, cancel));
        }
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        IEnumerable<string> codes = metadata.OfType<RefusalMetadata>().Select(refusal => refusal.Code);
        var anonymous = metadata.OfType<IAllowAnonymous>().Any();
        var policies = metadata.OfType<IAuthorizeData>().Select(rule => rule.Policy).OfType<string>().ToArray();
        if (!anonymous)
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
            operation.Description = $"{operation.Description} Scope: {string.Join(", ", policies.Select(NameOf))}.".Trim();
        }
        foreach (var (name, text, example) in Examples.Parameters)
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(one => one.Name == name) ?? [])
            {
                parameter.Description ??= text;
                parameter.Example ??= JsonValue.Create(example);
            }
        }
        if (operation.OperationId is { } id && Examples.Bodies.TryGetValue(id, out var body) && operation.RequestBody?.Content is { } content)
        {
            foreach (var media in content.Values) { media.Example = JsonNode.Parse(body); }
        }
        foreach (var asked in metadata.OfType<QueryMetadata>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = asked.Name, In = ParameterLocation.Query, Description = asked.Text, Example = JsonValue.Create(asked.Example),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        if (context.Description is { HttpMethod: "POST" } && !anonymous)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotentPosts.Header, In = ParameterLocation.Header, Example = JsonValue.Create("3f1c6a52-8d0b-4a7e-9a51-6f5f2f1f7c10"),
                Description = "Your own name for this request, 1 to 255 characters. For 24 hours the same request under the same key is carried out "
                    + "once and answered alike, with `Idempotency-Replayed: true`; what failed with a 5xx may be sent again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            });
            codes = [.. codes, "invalid-idempotency-key", "idempotency-in-progress", "idempotency-key-reused"];
        }
        AddProblems(operation, context.Document!, codes, anonymous);
    }

    private static void AddProblems(OpenApiOperation operation, OpenApiDocument document, IEnumerable<string> codes, bool anonymous)
    {
        var schema = new OpenApiSchemaReference(Problem, document);
        string[] always = anonymous ? ["internal-error", "storage-unavailable"] : ["unauthenticated", "insufficient-scope", "internal-error", "storage-unavailable"];
        var table = Problems.All.ToDictionary(entry => entry.Code);
        operation.Responses ??= [];
        foreach (var status in codes.Concat(always).Distinct().Select(code => table[code]).GroupBy(entry => entry.Status).OrderBy(group => group.Key))
        {
            operation.Responses[status.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("; ", status.Select(entry => $"{entry.Title} (`{entry.Code}`)")),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = schema } },
            };
        }
    }

    private static string NameOf(string policy) => policy switch
    {
        Policies.AuthorityWrite => "school.write of an authority's key",
        Policies.AuthorityCases => "case.write of an authority's key",
        Policies.AuthorityReads => "case.read of an authority's key",
        _ => policy,
    };
}
