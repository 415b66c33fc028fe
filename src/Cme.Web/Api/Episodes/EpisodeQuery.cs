using System.Collections.Frozen;
using Cme.Storage.Episodes;
using Cme.Web.Security;

namespace Cme.Web.Api.Episodes;

/// <summary>Reads the filters of a list of episodes.</summary>
internal static class EpisodeQuery
{
    private static readonly string[] Statuses = ["open", "closed", "all"];
    private static readonly string[] Kinds = ["whereabouts", "cme", "missing-person", "home-education"];
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "status", "kind", "stage", "school", "child", "owner", "overdue", "actBefore", "flag", "board", "updatedAfter", "limit", "cursor");

    public static EpisodeFilter Read(IQueryCollection query, Viewer viewer, List<PlaceProblem> faults)
    {
        // A filter that is misspelt would quietly list everything.
        foreach (var name in query.Keys.Where(name => !Known.Contains(name)))
        {
            faults.Add(new(name, "unknown-filter", $"There is no such filter. There are: {string.Join(", ", Known.Order())}."));
        }
        var board = Text("board") is { } name1 ? Board.Parse(name1) : null;
        if (Text("board") is not null && board is null) { faults.Add(Parameters.Wrong("board", "unknown-value", "must be desk, lead or school:URN")); }
        return new()
        {
            Scope = new CallerScope(viewer.Authority, viewer.School),
            Status = Choice("status", Statuses) ?? "open", Kind = Choice("kind", Kinds), Stage = Text("stage"),
            School = board is { Kind: BoardKind.School } ? board.Urn : Text("school"), ChildId = Text("child"), Owner = Text("owner"),
            Overdue = Choice("overdue", ["true", "false"]) is { } overdue ? overdue == "true" : null,
            ActBefore = Instant("actBefore"), Flag = Text("flag"),
            Board = board is { Kind: not BoardKind.School } ? board.Name : null, UpdatedAfter = Instant("updatedAfter"),
        };

        string? Text(string name) => query[name] is [{ Length: > 0 } text] ? text : null;

        string? Choice(string name, string[] choices)
        {
            if (Text(name) is not { } text || choices.Contains(text)) { return Text(name); }
            faults.Add(Parameters.Wrong(name, "unknown-value", $"must be one of: {string.Join(", ", choices)}"));
            return null;
        }

        DateTimeOffset? Instant(string name)
        {
            if (Text(name) is not { } text) { return null; }
            if (Parameters.Instant(text) is { } instant) { return instant; }
            faults.Add(Parameters.Wrong(name, "invalid-time", "must be a time with its offset, such as 2026-09-07T11:40:00+01:00"));
            return null;
        }
    }
}

/// <summary>Which states of obligations are wanted.</summary>
internal static class ObligationStates
{
    private static readonly string[] All = ["pending", "due", "overdue", "satisfied", "suppressed", "superseded"];
    private static readonly string[] Usual = ["pending", "due", "overdue", "suppressed"];

    public static IReadOnlyCollection<string> Read(string? sent, List<PlaceProblem> faults)
    {
        if (sent is null) { return Usual; }
        if (sent == "all") { return All; }
        var wanted = sent.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length > 0 && wanted.All(All.Contains)) { return wanted; }
        faults.Add(Parameters.Wrong("state", "unknown-value", $"must be all, or some of: {string.Join(", ", All)}"));
        return Usual;
    }
}
