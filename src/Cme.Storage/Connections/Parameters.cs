using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Connections;

/// <summary>Parameters with their types said, so that a null has one and a statement is prepared once. Unnamed ones are $1, $2, …</summary>
internal static class Parameters
{
    public static NpgsqlParameterCollection AddText(this NpgsqlParameterCollection parameters, string? value) =>
        parameters.AddTyped(NpgsqlDbType.Text, value);

    public static NpgsqlParameterCollection AddTexts(this NpgsqlParameterCollection parameters, IEnumerable<string?> values) =>
        parameters.AddTyped(NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray());

    public static NpgsqlParameterCollection AddTyped(this NpgsqlParameterCollection parameters, NpgsqlDbType type, object? value)
    {
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return parameters;
    }

    public static NpgsqlParameterCollection AddArray<T>(this NpgsqlParameterCollection parameters, NpgsqlDbType element, IEnumerable<T> values) =>
        parameters.AddTyped(NpgsqlDbType.Array | element, values.ToArray());

    /// <summary>A parameter written <c>@name</c> in a <c>.sql</c> file. (Npgsql's own <c>Add</c> would take a number for a size.)</summary>
    public static NpgsqlParameterCollection AddNamed(this NpgsqlParameterCollection parameters, string name, NpgsqlDbType type, object? value)
    {
        parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
        return parameters;
    }

    public static NpgsqlParameterCollection AddText(this NpgsqlParameterCollection parameters, string name, string? value) =>
        parameters.AddNamed(name, NpgsqlDbType.Text, value);

    /// <summary>An instant, which PostgreSQL takes as UTC only.</summary>
    public static NpgsqlParameterCollection AddInstant(this NpgsqlParameterCollection parameters, string name, DateTimeOffset at) =>
        parameters.AddNamed(name, NpgsqlDbType.TimestampTz, at.ToUniversalTime());
}
