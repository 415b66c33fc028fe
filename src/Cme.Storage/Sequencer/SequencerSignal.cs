namespace Cme.Storage.Sequencer;

/// <summary>
/// The bell between those who commit and the sequencer. It stands alone, so that a writer need not know the sequencer, which
/// knows the boards, which know the writers.
/// </summary>
public sealed class SequencerSignal : ISequencerPoke
{
    private TaskCompletionSource _poked = New();

    /// <inheritdoc/>
    public void Poke() => Volatile.Read(ref _poked).TrySetResult();

    /// <summary>Waits for a poke since the last wait ended, at most so long.</summary>
    internal async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancel)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(Volatile.Read(ref _poked).Task, Task.Delay(longest, clock, rest.Token));
        await rest.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        Volatile.Write(ref _poked, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
