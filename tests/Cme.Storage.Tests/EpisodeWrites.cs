using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cme.Storage.History;
using Cme.Storage.States;

namespace Cme.Storage.Tests;

/// <summary>Episode writes for tests, in one line each.</summary>
internal static class EpisodeWrites
{
    public const string Authority = "999";
    public static readonly DateTimeOffset Tuesday = DateTimeOffset.Parse("2026-09-08T08:30:00Z", CultureInfo.InvariantCulture);

    /// <summary>The write that opens an episode: one event, one open obligation.</summary>
    public static EpisodeWrite Opened(string child = "child1", string urn = "900001") => new()
    {
        Snapshot = "{\"opened\":true}",
        Version = 1,
        FoldVersion = 1,
        Pending = [Event(1, "episode-opened")],
        Obligations = [Owed("o1")],
        Head = new EpisodeHead
        {
            Authority = Authority,
            Urn = urn,
            ChildId = child,
            Kind = "whereabouts",
            Status = "open",
            Stage = "first-day",
            FirstDayMissing = new DateOnly(2026, 9, 8),
            OpenedAt = Tuesday,
            Pack = "northamptonshire",
            PackVersion = 1,
            LastCode = "N",
            NextAt = Tuesday.AddMinutes(60),
            NextObligation = Json("""{"id":"o1","step":"first-call"}"""),
            UpdatedAt = Tuesday,
        },
    };

    /// <summary>The next write: one event more, with what the test changes.</summary>
    public static EpisodeWrite Then(this EpisodeWrite before, string type, Func<EpisodeHead, EpisodeHead>? head = null) => before with
    {
        Version = before.Version + 1,
        Pending = [Event(before.Version + 1, type)],
        Head = head is null ? before.Head : head(before.Head!),
    };

    public static StoredEvent Event(long version, string type) => new()
    {
        Type = type,
        Version = version,
        HappenedAt = Tuesday.AddMinutes(version),
        KnownAt = Tuesday.AddMinutes(version),
        Actor = "product",
        Data = Json("""{"note":"called"}"""),
    };

    public static ObligationRecord Owed(string id, string state = "open") => new()
    {
        Id = id,
        Step = "first-call",
        Clause = "product",
        Role = "dsl",
        Org = "900001",
        DueAt = Tuesday.AddMinutes(30),
        AlertAt = Tuesday.AddMinutes(30),
        ActBy = Tuesday.AddMinutes(60),
        State = state,
        NextAt = state == "open" ? Tuesday.AddMinutes(60) : null,
        PackVersion = 1,
        CalendarVersion = 1,
        EngineVersion = 1,
    };

    public static Task<StateWritten> WriteEpisodeAsync(this StateWriter states, string reference, int? expected, EpisodeWrite write) =>
        states.WriteAsync(StateWrite.Of(reference, expected, write));

    public static string Reference(int number) => string.Create(CultureInfo.InvariantCulture, $"episode-{number:0000000000}-t");

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
