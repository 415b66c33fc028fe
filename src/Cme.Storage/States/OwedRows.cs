using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cme.Storage.History;

namespace Cme.Storage.States;

/// <summary>What an episode owes as the one text that its row in <c>cme.owed</c> holds: JSON, an array for each obligation.</summary>
internal static class OwedRows
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The view <c>cme.obligation</c> takes it apart by place. Instants are microseconds since 1970.</summary>
    public static string Write(ImmutableArray<ObligationRecord> owed)
    {
        var buffer = new ArrayBufferWriter<byte>(160 * (owed.Length + 1));
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartArray();
            foreach (var one in owed)
            {
                Write(writer, one);
            }
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, ObligationRecord owed)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(owed.Id);
        writer.WriteStringValue(owed.Step);
        writer.WriteStringValue(owed.Clause);
        writer.WriteStringValue(owed.Role);
        writer.WriteStringValue(owed.Org);
        Instant(writer, owed.DueAt);
        Instant(writer, owed.AlertAt == owed.DueAt ? null : owed.AlertAt);
        Instant(writer, owed.ActBy == owed.DueAt ? null : owed.ActBy);
        Instant(writer, owed.OverdueAt);
        writer.WriteNumberValue(owed.Level);
        writer.WriteStringValue(owed.State);
        Instant(writer, owed.NextAt);
        writer.WriteNumberValue(owed.PackVersion);
        writer.WriteNumberValue(owed.CalendarVersion);
        writer.WriteNumberValue(owed.EngineVersion);
        writer.WriteEndArray();
    }

    private static void Instant(Utf8JsonWriter writer, DateTimeOffset? at)
    {
        if (at is { } instant)
        {
            writer.WriteNumberValue((EpisodeColumns.Stored(instant) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
