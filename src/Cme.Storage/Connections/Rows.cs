using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;

namespace Cme.Storage.Connections;

/// <summary>Columns read by name.</summary>
internal static class Rows
{
    public static string Text(this NpgsqlDataReader row, string column) => row.GetString(row.GetOrdinal(column));

    public static string? TextOrNull(this NpgsqlDataReader row, string column) =>
        row.GetOrdinal(column) is var at && row.IsDBNull(at) ? null : row.GetString(at);

    public static int Int(this NpgsqlDataReader row, string column) => row.GetInt32(row.GetOrdinal(column));

    public static long Long(this NpgsqlDataReader row, string column) => row.GetInt64(row.GetOrdinal(column));

    public static bool Flag(this NpgsqlDataReader row, string column) => row.GetBoolean(row.GetOrdinal(column));

    public static DateOnly Day(this NpgsqlDataReader row, string column) => row.GetFieldValue<DateOnly>(row.GetOrdinal(column));

    public static DateOnly? DayOrNull(this NpgsqlDataReader row, string column) =>
        row.GetOrdinal(column) is var at && row.IsDBNull(at) ? null : row.GetFieldValue<DateOnly>(at);

    public static DateTimeOffset Instant(this NpgsqlDataReader row, string column) =>
        row.GetFieldValue<DateTimeOffset>(row.GetOrdinal(column));

    public static DateTimeOffset? InstantOrNull(this NpgsqlDataReader row, string column) =>
        row.GetOrdinal(column) is var at && row.IsDBNull(at) ? null : row.GetFieldValue<DateTimeOffset>(at);

    public static byte[]? Bytes(this NpgsqlDataReader row, string column) =>
        row.GetOrdinal(column) is var at && row.IsDBNull(at) ? null : row.GetFieldValue<byte[]>(at);

    public static ImmutableArray<string> Texts(this NpgsqlDataReader row, string column) =>
        ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<string[]>(row.GetOrdinal(column)));
}
