using System.Collections.Concurrent;

namespace Cme.Grains.EmbeddedTests.Runtime;

/// <summary>Where test and grains meet: gates that a grain waits at, places that it says it has reached, and what it noted.</summary>
public sealed class Stage
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _places = new();
    private readonly ConcurrentQueue<string> _notes = new();

    public IReadOnlyList<string> Notes => [.. _notes];

    public void Note(string note) => _notes.Enqueue(note);

    /// <summary>Waits until the test opens the gate.</summary>
    public Task At(string gate) => Named(_gates, gate).Task;

    public void Open(string gate) => Named(_gates, gate).TrySetResult();

    /// <summary>Says that a place was reached.</summary>
    public void Reach(string place) => Named(_places, place).TrySetResult();

    public Task Reached(string place) => Named(_places, place).Task;

    private static TaskCompletionSource Named(ConcurrentDictionary<string, TaskCompletionSource> all, string name) =>
        all.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
