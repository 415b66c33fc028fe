using System.Collections.Immutable;
using Cme.Storage.Connections;
using Cme.Storage.Reads;
using NpgsqlTypes;

namespace Cme.Storage.People;

/// <summary>What happened to people's ways in, among the entries of the chain (migration 0031).</summary>
public sealed class PersonEvents(StorageDatabase database, ReadChainSignal signal) : IPersonEvents
{
    private static readonly string Add = Sql.Beside<PersonEvents>("AddEvent.sql");
    private static readonly string OfPerson = Sql.Beside<PersonEvents>("EventsOfPerson.sql");

    /// <inheritdoc/>
    public async Task AddAsync(PersonEvent happened, DateTimeOffset businessAt, string source, CancellationToken cancel = default)
    {
        await database.WriteAsync(
            Add,
            parameters => parameters.AddNamed("at", NpgsqlDbType.TimestampTz, happened.At.ToUniversalTime())
                .AddNamed("businessAt", NpgsqlDbType.TimestampTz, businessAt.ToUniversalTime()).AddText("authority", happened.Authority)
                .AddText("actor", happened.Actor).AddText("person", happened.Person).AddText("what", happened.What).AddText("detail", happened.Detail)
                .AddText("source", source),
            row => row.GetInt64(0), cancel);
        signal.Poke();
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<PersonEvent>> OfPersonAsync(string authority, string person, int limit, CancellationToken cancel = default) =>
        database.ReadOwnAsync(
            OfPerson,
            parameters => parameters.AddText("authority", authority).AddText("person", person).AddNamed("limit", NpgsqlDbType.Integer, limit),
            row => new PersonEvent(row.Instant("at"), authority, row.Text("actor"), person, row.Text("what"), row.Text("detail")),
            cancel);
}
