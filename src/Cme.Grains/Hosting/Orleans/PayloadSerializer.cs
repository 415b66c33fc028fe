using Cme.Storage.History;
using Orleans.Storage;

namespace Cme.Grains.Hosting;

/// <summary>The payload of every state row: <see cref="StateJson"/>, the same in both flavours.</summary>
internal sealed class PayloadSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(StateJson.Write(input));

    public T? Deserialize<T>(BinaryData input) => StateJson.Read<T>(input.ToMemory().Span);
}
