using System.Collections.Immutable;
using Cme.Contracts.Schools;

namespace Cme.Web.Api;

/// <summary>How a batch is answered: 200 if every item was taken, 207 if some were rejected, 422 if all were.</summary>
internal static class Batch
{
    /// <summary>The status for a batch of which some items were taken.</summary>
    public static int Status(int taken, int rejected) => rejected == 0 ? 200 : taken > 0 ? 207 : 422;

    /// <summary>Every item was rejected: the problem names them both as items and as places in the body.</summary>
    /// <param name="list">The name of the list in the body.</param>
    public static ProblemResult AllRejected(string list, int rejected, ImmutableArray<ItemReport> items)
    {
        var problem = Problems.Of("all-rejected", $"None of the {rejected} items of '{list}' could be taken; 'items' says why. Nothing was changed.",
            items.Where(item => item.Status == "rejected").Select(item => new PlaceProblem($"/{list}/{item.Index}", item.Code, item.Detail)));
        return problem with { Document = problem.Document with { Rejected = rejected, Items = items } };
    }

    /// <summary>What the domain says of items, with what the edge found where it found the item unreadable, in order.</summary>
    public static ImmutableArray<ItemReport> Reports(ImmutableArray<ItemFault> fromDomain, IReadOnlyDictionary<int, ItemReport> fromEdge) =>
    [
        .. fromDomain.Where(fault => !fromEdge.ContainsKey(fault.Index))
            .Select(fault => new ItemReport(fault.Index, fault.Rejected ? "rejected" : "warning", fault.Code, fault.Detail))
            .Concat(fromEdge.Values)
            .OrderBy(report => report.Index),
    ];

    /// <summary>One report for an item that the edge could not read, however many of its places are wrong.</summary>
    public static ItemReport Unreadable(int index, IReadOnlyList<PlaceProblem> faults) =>
        new(index, "rejected", faults[0].Code, string.Join(' ', faults.Select(fault => fault.Detail).Distinct()));
}
