using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;

namespace Cme.Storage.Connections;

/// <summary>The filters of a query that were asked for: those whose value is not null.</summary>
internal sealed class Filters(params IEnumerable<(string Name, NpgsqlDbType Type, object? Value)> filters)
{
    private readonly ImmutableArray<(string Name, NpgsqlDbType Type, object? Value)> _asked = [.. filters.Where(one => one.Value is not null)];

    /// <summary>The statement without the lines of filters that were not asked for (<see cref="Sql.With"/>).</summary>
    public string In(string sql) => Sql.With(sql, _asked.Select(one => one.Name).ToHashSet(StringComparer.Ordinal));

    public void Bind(NpgsqlParameterCollection parameters)
    {
        foreach (var (name, type, value) in _asked)
        {
            parameters.AddNamed(name, type, value);
        }
    }
}
