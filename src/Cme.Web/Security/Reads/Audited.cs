using System.Collections.Frozen;
using Microsoft.AspNetCore.Authorization;

namespace Cme.Web.Security.Reads;

/// <summary>
/// What a route shows is written down: who was shown it, when and what. On a page the readings count, and what is changed through it as
/// well; <see cref="ReadAudit"/> does it, and the route says with <see cref="ReadNote"/> which rows it showed.
/// </summary>
/// <param name="what">One of <see cref="ReadKinds"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AuditedAttribute(string what) : Attribute
{
    public string What { get; } = what;
}

/// <summary>What can be read, as the log calls it.</summary>
public static class ReadKinds
{
    /// <summary>What happened to people's ways in and to keys; what it was follows after a colon.</summary>
    public const string People = "people";
    /// <summary>One episode, or a part of it such as its timeline.</summary>
    public const string Record = "record";
    /// <summary>What is held of one child.</summary>
    public const string Child = "child";
    /// <summary>A list of episodes or referrals.</summary>
    public const string List = "list";
    public const string Board = "board";
    public const string Search = "search";
    public const string Roll = "roll";
    /// <summary>Pupils of a roll who were looked for by name or number.</summary>
    public const string RollSearch = "roll-search";
    public const string Register = "register";
    public const string Referral = "referral";
    /// <summary>What people of the public reported, without who they were.</summary>
    public const string Concern = "concern";
    /// <summary>Who reported a concern.</summary>
    public const string Reporter = "reporter";
    public const string Print = "print";
    public const string Export = "export";
    /// <summary>A restricted record opened with a written reason.</summary>
    public const string BreakGlass = "break-glass";
    /// <summary>The log itself.</summary>
    public const string Log = "log";

    public static IReadOnlyList<string> All { get; } =
        [People, Record, Child, List, Board, Search, Roll, RollSearch, Register, Referral, Concern, Reporter, Print, Export, BreakGlass, Log];

    /// <summary>What is appended where something was changed and not only shown.</summary>
    public const string Changed = ":changed";
}

internal static class AuditedRoutes
{
    /// <summary>Pages of these rules show cases, and are audited without saying so.</summary>
    private static readonly FrozenDictionary<string, AuditedAttribute> ByPolicy = new Dictionary<string, AuditedAttribute>
    {
        [Policies.SchoolBoard] = new(ReadKinds.Board), [Policies.Desk] = new(ReadKinds.Board), [Policies.Lead] = new(ReadKinds.Board),
        [Policies.Episode] = new(ReadKinds.Record), [Policies.RecordAction] = new(ReadKinds.Record),
    }.ToFrozenDictionary();

    /// <summary>What a route is called in the log; null if what it shows is not written down.</summary>
    public static AuditedAttribute? AuditOf(this Endpoint endpoint) => endpoint.Metadata.GetMetadata<AuditedAttribute>()
        ?? endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(rule => ByPolicy.GetValueOrDefault(rule.Policy ?? "")).FirstOrDefault(kind => kind is not null);

    /// <summary>What the route shows is written down.</summary>
    public static TBuilder Audited<TBuilder>(this TBuilder route, string what) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AuditedAttribute(what));
}
