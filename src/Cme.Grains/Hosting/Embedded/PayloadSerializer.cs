using Cme.Runtime.Embedded.Storage;
using Cme.Storage.History;

namespace Cme.Grains.Hosting;

/// <summary>The payload of every state row: <see cref="StateJson"/>, the same in both flavours.</summary>
internal sealed class PayloadSerializer : IGrainStateSerializer
{
    public ReadOnlyMemory<byte> Serialize<TState>(TState state) => StateJson.Write(state);

    public TState Deserialize<TState>(ReadOnlyMemory<byte> payload) => StateJson.Read<TState>(payload.Span);
}
