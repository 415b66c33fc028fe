using System.Collections.Immutable;

namespace Cme.Storage.Sequencer;

/// <summary>Is told what was numbered, to wake the boards concerned. The host calls grains from it.</summary>
/// <remarks>
/// What it throws is logged and not repeated: a board reads by number, so the next call, or its own poll, catches up.
/// </remarks>
public interface IPublishedListener
{
    Task PublishedAsync(Published published, CancellationToken cancel);
}

/// <param name="Number">The authority's last number.</param>
/// <param name="Urns">The schools whose episodes are among what was published.</param>
/// <param name="Desk">A row that is or was on the duty desk is among it. (The desk's counts change with every school.)</param>
/// <param name="Lead">A row that is or was on the lead's board is among it.</param>
public sealed record Published(string Authority, string Epoch, long Number, ImmutableArray<string> Urns, bool Desk, bool Lead);

/// <summary>Makes the sequencer look now instead of at its next turn.</summary>
public interface ISequencerPoke
{
    void Poke();
}
