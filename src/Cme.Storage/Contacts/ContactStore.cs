using System.Collections.Immutable;
using Cme.Storage.Connections;
using NpgsqlTypes;

namespace Cme.Storage.Contacts;

/// <summary>Contacts of schools in PostgreSQL.</summary>
public sealed class ContactStore(StorageDatabase database) : IContacts
{
    private static readonly string Named = Sql.Beside<ContactStore>("Named.sql");
    private static readonly string Add = Sql.Beside<ContactStore>("Add.sql");

    /// <inheritdoc/>
    public async Task<ImmutableArray<ContactsOfSchool>> ReadAsync(string authority, string? urn, CancellationToken cancel = default)
    {
        var asked = new Filters(("urn", NpgsqlDbType.Text, urn));
        var rows = await database.ReadAsync(
            asked.In(Named),
            parameters => asked.Bind(parameters.AddText("authority", authority)),
            row => (
                Urn: row.Text("urn"), Name: row.Text("school_name"), Kind: row.Text("kind"),
                Contact: row.TextOrNull("role") is { } role
                    ? new ContactRecord(role, row.Int("version"), row.TextOrNull("name"), row.TextOrNull("phone"), row.TextOrNull("email"), row.Day("confirmed_on")) : null),
            cancel);
        return
        [
            .. rows.GroupBy(row => (row.Urn, row.Name, row.Kind))
                .Select(school => new ContactsOfSchool(school.Key.Urn, school.Key.Name, school.Key.Kind, [.. school.Select(row => row.Contact).OfType<ContactRecord>()])),
        ];
    }

    /// <inheritdoc/>
    public async Task<int> AddAsync(
        string authority, string urn, IReadOnlyCollection<ContactRecord> contacts, DateTimeOffset at, string by, CancellationToken cancel = default) =>
        (await database.WriteAsync(
            Add,
            parameters => parameters.AddText("authority", authority).AddText("urn", urn)
                .AddNamed("roles", NpgsqlDbType.Array | NpgsqlDbType.Text, contacts.Select(contact => contact.Role).ToArray())
                .AddNamed("versions", NpgsqlDbType.Array | NpgsqlDbType.Integer, contacts.Select(contact => contact.Version).ToArray())
                .AddNamed("names", NpgsqlDbType.Array | NpgsqlDbType.Text, contacts.Select(contact => contact.Name).ToArray())
                .AddNamed("phones", NpgsqlDbType.Array | NpgsqlDbType.Text, contacts.Select(contact => contact.Phone).ToArray())
                .AddNamed("emails", NpgsqlDbType.Array | NpgsqlDbType.Text, contacts.Select(contact => contact.Email).ToArray())
                .AddNamed("on", NpgsqlDbType.Date, contacts.First().ConfirmedOn)
                .AddNamed("at", NpgsqlDbType.TimestampTz, at.ToUniversalTime()).AddText("by", by),
            row => row.Text("role"),
            cancel)).Length;
}
