namespace Cme.Web.Api;

/// <summary>What a route takes, answers and refuses, for the OpenAPI document. A route is read as one sentence.</summary>
internal static class Described
{
    /// <summary>The body that the route takes.</summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder route) where TBody : notnull =>
        route.Accepts<TBody>("application/json").Refuses("malformed-json", "body-too-large", "unsupported-media-type", "invalid");

    /// <summary>The answers that are no refusal.</summary>
    public static RouteHandlerBuilder Answers<TAnswer>(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) { route.Produces<TAnswer>(status, "application/json"); }
        return route;
    }

    /// <summary>A parameter of the query that the route reads by itself.</summary>
    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder route, string name, string text, string example) =>
        route.WithMetadata(new QueryMetadata(name, text, example));

    /// <summary>The refusals that are particular to the route, by code.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<string> codes)
    {
        foreach (var code in codes) { route.WithMetadata(new RefusalMetadata(code)); }
        return route;
    }
}

/// <summary>A refusal that a route can give.</summary>
internal sealed record RefusalMetadata(string Code);

/// <summary>A parameter of the query that a route reads by itself.</summary>
internal sealed record QueryMetadata(string Name, string Text, string Example);
