using System.Collections.Immutable;
using Cme.Contracts.Boards;

namespace Cme.Web.Live;

/// <summary>
/// A node's copy of a board: its rows under the sequencer's numbers, and what left it lately. Not safe for use by several at
/// once; the feed takes turns.
/// </summary>
internal sealed class BoardPicture
{
    /// <summary>How many departures are remembered. Who has missed more is told by the board itself.</summary>
    private const int DeparturesKept = 1_000;

    private readonly Dictionary<string, BoardRow> _rows = new(StringComparer.Ordinal);
    private readonly Queue<(long Number, string Reference)> _departures = new();

    public string Epoch { get; private set; } = "";
    public long Number { get; private set; }
    /// <summary>Whoever is at this number or above can be told from here what changed since.</summary>
    public long KnownSince { get; private set; }
    public ImmutableArray<SchoolCount> Counts { get; private set; } = [];
    public ConcernCount Concerns { get; private set; } = new();
    public IReadOnlyCollection<BoardRow> Rows => _rows.Values;

    /// <summary>Takes in what the board told.</summary>
    /// <returns>False if it has nothing new.</returns>
    public bool Take(BoardChanges changes)
    {
        var counted = !changes.Counts.SequenceEqual(Counts) || changes.Concerns != Concerns;
        (Counts, Concerns) = (changes.Counts, changes.Concerns);
        if (changes.Snapshot)
        {
            _rows.Clear();
            _departures.Clear();
            KnownSince = changes.To;
        }
        foreach (var row in changes.Rows) { _rows[row.Reference] = row; }
        foreach (var reference in changes.Removed)
        {
            if (_rows.Remove(reference)) { _departures.Enqueue((changes.To, reference)); }
        }
        while (_departures.Count > DeparturesKept) { KnownSince = _departures.Dequeue().Number; }
        var news = counted || changes.Snapshot || changes.To != Number && (!changes.Rows.IsEmpty || !changes.Removed.IsEmpty);
        (Epoch, Number) = (changes.Epoch, changes.To);
        return news;
    }

    public IEnumerable<BoardRow> ChangedAfter(long number) => _rows.Values.Where(row => row.Number > number);

    public IEnumerable<string> RemovedAfter(long number) =>
        _departures.Where(left => left.Number > number && !_rows.ContainsKey(left.Reference)).Select(left => left.Reference).Distinct();

    public bool Has(string reference) => _rows.ContainsKey(reference);
}
