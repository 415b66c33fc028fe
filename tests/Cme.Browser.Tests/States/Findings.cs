using Cme.Browser.Tests.Looking;

namespace Cme.Browser.Tests.States;

/// <summary>What was seen, in which window, and what was wrong with it.</summary>
internal sealed class Findings
{
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _paths = [];
    private readonly Dictionary<string, string> _served = [];
    private int _seen;

    /// <summary>Each fault with where it is.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The paths that were looked at.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>The HTML that the service sent, by state.</summary>
    public IReadOnlyDictionary<string, string> Served => _served;

    public void Found(string where, IEnumerable<string> faults) => _faults.AddRange(faults.Select(fault => $"{where}: {fault}"));

    public void Keep(string state, string path, string html)
    {
        _paths.Add(path);
        _served[state] = html;
        _seen++;
    }

    /// <summary>
    /// The windows in which the next state is looked at. In the ordinary run a wide and a narrow one, with axe in either in turn; axe in
    /// every window where all are asked for.
    /// </summary>
    public IEnumerable<(Window Window, bool WithAxe)> NextWindows() => Window.Every
        ? Window.All.Select(window => (window, true))
        : _seen % 2 == 0 ? [(Window.Desk, true), (Window.Zoomed, false)] : [(Window.Tablet, false), (Window.Phone, true)];

    /// <summary>Whether the next state is looked at on paper too: every third in the ordinary run.</summary>
    public bool NextOnPaper() => Window.Every || _seen % 3 == 0;
}
