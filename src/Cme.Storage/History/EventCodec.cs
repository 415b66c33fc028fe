using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cme.Domain.Episodes;

namespace Cme.Storage.History;

/// <summary>
/// Between the domain's events and the rows that keep them for ever. An event's name and its fields' names are published
/// language: a field may be added, none may be renamed or taken away.
/// </summary>
public static class EventCodec
{
    /// <summary>The version of the shape of today's events. An older one is read by the same fields.</summary>
    public const int Schema = 1;

    private static readonly FrozenDictionary<string, Type> Types =
        typeof(EpisodeEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(EpisodeEvent)))
            .ToFrozenDictionary(type => type.Name);

    /// <summary>Readable in psql: camelCase names, sessions by name. The two instants are columns of the row.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    public static StoredEvent Write(EpisodeEvent happened, long version) => new()
    {
        Type = happened.Name,
        Schema = Schema,
        Version = version,
        HappenedAt = happened.HappenedAt,
        KnownAt = happened.KnownAt,
        Actor = happened.Actor,
        Data = JsonSerializer.SerializeToElement(happened, happened.GetType(), Options),
    };

    /// <exception cref="JsonException">The row holds an event that this program does not know: it is older than the database.</exception>
    public static EpisodeEvent Read(string type, DateTimeOffset happenedAt, DateTimeOffset knownAt, JsonElement data) =>
        Types.TryGetValue(type, out var known)
            ? (EpisodeEvent)data.Deserialize(known, Options)! with { HappenedAt = happenedAt, KnownAt = knownAt }
            : throw new JsonException($"This program does not know the event '{type}'. Start a version at least as new as the one that wrote it.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(StateJson.Options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveInstantsToColumns } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveInstantsToColumns(JsonTypeInfo info)
    {
        if (!info.Type.IsSubclassOf(typeof(EpisodeEvent)))
        {
            return;
        }
        foreach (var property in info.Properties.Where(property => property.Name is "happenedAt" or "knownAt" or "name" or "actor"))
        {
            property.ShouldSerialize = static (_, _) => false;
        }
    }
}
