namespace Cme.Runtime.Embedded.Storage;

/// <summary>Turns grain state into the bytes that are stored, and back. One class does so for both runtimes, so that a database fits either.</summary>
public interface IGrainStateSerializer
{
    /// <summary>The bytes of a state.</summary>
    ReadOnlyMemory<byte> Serialize<TState>(TState state);

    /// <summary>The state of such bytes, never null.</summary>
    TState Deserialize<TState>(ReadOnlyMemory<byte> payload);
}
