using System.Globalization;
using System.Text;
using System.Text.Json;
using Cme.Storage.Connections;
using Cme.Storage.History;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.States;

/// <summary>
/// What the episodes of a batch bring, as the columns that <c>cme.store_states</c> takes: a head each, its events, and what is owed.
/// </summary>
internal static class EpisodeColumns
{
    /// <summary>Separates what is listed within one element. The function splits by it.</summary>
    private const char Separator = '\u001f';

    /// <summary>
    /// What of an episode is kept in its state row: to the byte what the function keeps of the whole payload when Orleans brings it.
    /// </summary>
    public static byte[] Kept(EpisodeWrite write)
    {
        var text = new StringBuilder(write.Snapshot.Length + (write.Snapshot.Length / 4) + 64);
        text.Append(CultureInfo.InvariantCulture, $"{{\"version\": {write.Version}, \"snapshot\": \"");
        foreach (var c in write.Snapshot)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }
        text.Append(CultureInfo.InvariantCulture, $"\", \"foldVersion\": {write.FoldVersion}}}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Adds the columns in the function's order.</summary>
    public static void Add(NpgsqlParameterCollection parameters, IReadOnlyList<StateWrite> batch)
    {
        var heads = Heads(batch);
        AddHeads(parameters, heads);
        AddEvents(parameters, [.. Numbered(heads).SelectMany(one => one.Write.Pending.Select(happened => (one.Place, happened)))]);
    }

    private static (int State, EpisodeWrite Write, EpisodeHead Head)[] Heads(IReadOnlyList<StateWrite> batch)
    {
        var heads = new List<(int, EpisodeWrite, EpisodeHead)>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].Episode is { } write)
            {
                heads.Add((i + 1, write, write.Head ?? throw new ArgumentException($"The write of {batch[i].Key} has no head.")));
            }
        }
        return [.. heads];
    }

    private static IEnumerable<(int Place, EpisodeWrite Write)> Numbered((int State, EpisodeWrite Write, EpisodeHead Head)[] heads) =>
        heads.Select((one, index) => (index + 1, one.Write));

    private static void AddHeads(NpgsqlParameterCollection parameters, (int State, EpisodeWrite Write, EpisodeHead Head)[] heads) => parameters
        .AddColumn(NpgsqlDbType.Integer, heads, one => one.State)
        .AddColumn(NpgsqlDbType.Bigint, heads, one => one.Write.Version)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Authority)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Urn)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.ChildId)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Kind)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Status)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Stage)
        .AddColumn(NpgsqlDbType.Date, heads, one => one.Head.FirstDayMissing)
        .AddColumn(NpgsqlDbType.TimestampTz, heads, one => Stored(one.Head.OpenedAt))
        .AddColumn(NpgsqlDbType.TimestampTz, heads, one => Stored(one.Head.ClosedAt))
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Closure)
        .AddColumn(NpgsqlDbType.Integer, heads, one => one.Head.Level)
        .AddColumn(NpgsqlDbType.Integer, heads, one => one.Head.OverdueCount)
        .AddColumn(NpgsqlDbType.Text, heads, one => string.Join(Separator, one.Head.Flags))
        .AddColumn(NpgsqlDbType.Boolean, heads, one => one.Head.Flagged)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Owner)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.ClaimedBy)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.Pack)
        .AddColumn(NpgsqlDbType.Integer, heads, one => one.Head.PackVersion)
        .AddColumn(NpgsqlDbType.Text, heads, one => one.Head.LastCode)
        .AddColumn(NpgsqlDbType.TimestampTz, heads, one => Stored(one.Head.NextAt))
        .AddColumn(NpgsqlDbType.Jsonb, heads, one => one.Head.NextObligation is { ValueKind: not JsonValueKind.Null } next ? next.GetRawText() : null)
        .AddColumn(NpgsqlDbType.TimestampTz, heads, one => Stored(one.Head.UpdatedAt))
        .AddColumn(NpgsqlDbType.Integer, heads, one => one.Write.Pending.Length)
        .AddColumn(NpgsqlDbType.Text, heads, one => string.Join(Separator, one.Write.Obligations.Select(owed => owed.Id)))
        .AddColumn(NpgsqlDbType.Text, heads, one => OwedRows.Write(one.Write.Obligations))
        .AddColumn(NpgsqlDbType.TimestampTz, heads, one => Open(one.Write).Min(owed => Stored(owed.NextAt)))
        .AddColumn(NpgsqlDbType.TimestampTz, heads, one => Open(one.Write).Min(owed => (DateTimeOffset?)Stored(owed.ActBy)))
        .AddColumn(NpgsqlDbType.Integer, heads, one => Open(one.Write).Min(owed => (int?)owed.CalendarVersion));

    private static IEnumerable<ObligationRecord> Open(EpisodeWrite write) => write.Obligations.Where(owed => owed.State == "open");

    private static void AddEvents(NpgsqlParameterCollection parameters, (int Head, StoredEvent Happened)[] events) => parameters
        .AddColumn(NpgsqlDbType.Integer, events, one => one.Head)
        .AddColumn(NpgsqlDbType.Bigint, events, one => one.Happened.Version)
        .AddColumn(NpgsqlDbType.Text, events, one => one.Happened.Type)
        .AddColumn(NpgsqlDbType.Integer, events, one => one.Happened.Schema)
        .AddColumn(NpgsqlDbType.TimestampTz, events, one => Stored(one.Happened.HappenedAt))
        .AddColumn(NpgsqlDbType.TimestampTz, events, one => Stored(one.Happened.KnownAt))
        .AddColumn(NpgsqlDbType.Text, events, one => one.Happened.Actor)
        .AddColumn(NpgsqlDbType.Jsonb, events, one => one.Happened.Data.GetRawText());

    private static NpgsqlParameterCollection AddColumn<TRow, TValue>(
        this NpgsqlParameterCollection parameters, NpgsqlDbType element, TRow[] rows, Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Length];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(rows[i]);
        }
        return parameters.AddTyped(NpgsqlDbType.Array | element, column);
    }

    private static DateTimeOffset? Stored(DateTimeOffset? at) => at is { } instant ? Stored(instant) : null;

    // PostgreSQL keeps microseconds and rounds what it reads as text; sent as a number the rest would be cut off.
    internal static DateTimeOffset Stored(DateTimeOffset at) => new(
        (at.UtcTicks + (TimeSpan.TicksPerMicrosecond / 2)) / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
