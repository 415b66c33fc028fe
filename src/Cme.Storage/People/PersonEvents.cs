using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.People;

/// <summary>What happened to people's ways in, in PostgreSQL.</summary>
public sealed class PersonEvents(StorageDatabase database) : IPersonEvents
{
    private static readonly string Add = Sql.Beside<PersonEvents>("AddEvent.sql");
    private static readonly string OfPerson = Sql.Beside<PersonEvents>("EventsOfPerson.sql");

    /// <inheritdoc/>
    public Task AddAsync(PersonEvent happened, CancellationToken cancel = default) => database.WriteAsync(
        Add,
        parameters => parameters.AddNamed("at", NpgsqlDbType.TimestampTz, happened.At).AddText("authority", happened.Authority)
            .AddText("actor", happened.Actor).AddText("person", happened.Person).AddText("what", happened.What).AddText("detail", happened.Detail),
        row => row.GetInt64(0), cancel);

    /// <inheritdoc/>
    public Task<ImmutableArray<PersonEvent>> OfPersonAsync(string person, int limit, CancellationToken cancel = default) => database.ReadOwnAsync(
        OfPerson, parameters => parameters.AddText("person", person).AddNamed("limit", NpgsqlDbType.Integer, limit),
        row => new PersonEvent(
            row.Instant("at"), row.TextOrNull("authority"), row.Text("actor"), row.TextOrNull("person"), row.Text("what"), row.Text("detail")),
        cancel);
}
