using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cme.Web.Api.Episodes;

namespace Cme.Web.Live;

/// <summary>Everything on a board, as of a number.</summary>
public sealed record SnapshotMessage(
    string Board, string Epoch, long Number, ImmutableArray<EpisodeDocument> Rows, ImmutableArray<CountDocument>? Counts,
    ConcernsDocument? Concerns);

/// <summary>What changed on a board.</summary>
/// <param name="From">The number that this builds on: who stands at another has missed something and watches again.</param>
/// <param name="Removed">References that left the board.</param>
public sealed record ChangesMessage(
    string Board, string Epoch, long From, long To, ImmutableArray<EpisodeDocument> Rows, ImmutableArray<string> Removed,
    ImmutableArray<CountDocument>? Counts, ConcernsDocument? Concerns);

/// <summary>Says every five seconds that a board is up to date.</summary>
/// <param name="At">The business clock, which in a demo is not the reader's own.</param>
public sealed record HeartbeatMessage(string Board, long Number, DateTimeOffset At);

/// <summary>What the client holds means nothing any more: it watches again, from nothing.</summary>
public sealed record ResyncMessage(string Board, string Reason);

/// <summary>There is no such board for this viewer.</summary>
public sealed record DeniedMessage(string Board);

/// <summary>The board cannot be reached: what is shown may be old, until the next heartbeat or change.</summary>
public sealed record StaleMessage(string Board, string Reason);

/// <summary>For the duty desk: how many open episodes a school has that the desk does not list.</summary>
public sealed record CountDocument(string Urn, string Name, int Open, int Overdue);

/// <summary>For the duty desk: how many concerns of the public are open, and how many of them nobody has screened.</summary>
public sealed record ConcernsDocument(int Open, int Unscreened);

/// <summary>Writes what is pushed, as the API writes what is asked for.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SnapshotMessage))]
[JsonSerializable(typeof(ChangesMessage))]
[JsonSerializable(typeof(HeartbeatMessage))]
[JsonSerializable(typeof(ResyncMessage))]
[JsonSerializable(typeof(DeniedMessage))]
[JsonSerializable(typeof(StaleMessage))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long?))]
internal sealed partial class LiveJson : JsonSerializerContext;
